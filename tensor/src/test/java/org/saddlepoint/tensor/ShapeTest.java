package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.saddlepoint.tensor.Shapes.ANY;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ShapeTest {
    @Test
    void hasSizesByAxisFromEitherEnd() {
        Shape shape = Shape.of(2, 3, 4);
        assertThat(shape.rank()).isEqualTo(3);
        assertThat(shape.elements()).isEqualTo(24);
        assertThat(shape.size(0)).isEqualTo(2);
        assertThat(shape.size(2)).isEqualTo(4);
        assertThat(shape.size(-1)).isEqualTo(4);
        assertThat(shape.size(-3)).isEqualTo(2);
        for (int axis : new int[] {3, -4}) {
            assertThatThrownBy(() -> shape.size(axis))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("axis " + axis + " of shape [2, 3, 4]");
        }
        assertThat(shape).hasToString("[2, 3, 4]");
    }

    @Test
    void scalarsAndEmptyTensorsAreShapesToo() {
        assertThat(Shape.of().rank()).isZero();
        assertThat(Shape.of().elements()).isEqualTo(1);
        assertThat(Shape.of()).hasToString("[]");
        assertThat(Shape.of(3, 0).elements()).isZero();
    }

    @Test
    void cannotBeChangedFromOutside() {
        long[] sizes = {2, 3};
        Shape shape = Shape.of(sizes);
        sizes[0] = 9;
        shape.toArray()[1] = 9;
        assertThat(shape).isEqualTo(Shape.of(2, 3));
    }

    @Test
    void isEqualByItsSizes() {
        assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
        assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(2, 3, 1));
        assertThat(Shape.of(2, 3)).isNotEqualTo("[2, 3]");
    }

    @Test
    void refusesNegativeSizesAndCountsBeyondLong() {
        assertThatThrownBy(() -> Shape.of(2, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a size must be >= 0 but the shape was [2, -1]");
        assertThatThrownBy(() -> Shape.of(1L << 40, 1L << 40).elements()).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void requireReturnsWhatFitsAndNamesWhatDoesNot() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor images = Tensors.zeros(16, 1, 4, 4);
            assertThat(Shapes.require(images, "images", 16, 1, 4, 4)).isSameAs(images);
            assertThat(Shapes.require(images, "images", ANY, 1, ANY, ANY)).isSameAs(images);
            assertThatThrownBy(() -> Shapes.require(images, "images", ANY, 3, 4, 4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("images: expected [*, 3, 4, 4] but was [16, 1, 4, 4]");
            assertThatThrownBy(() -> Shapes.require(images, "logits", ANY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("logits: expected [*] but was [16, 1, 4, 4]");
            assertThatThrownBy(() -> Shapes.require(images, "images", 16, 1, 4, 4, ANY))
                    .isInstanceOf(IllegalArgumentException.class);
            Tensor scalar = Tensors.scalar(1);
            assertThat(Shapes.require(scalar, "loss")).isSameAs(scalar);
        }
    }
}
