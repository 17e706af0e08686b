package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ProductCounterTest {
    private TensorScope scope;
    private ProductCounter counter;

    @BeforeEach
    void open() {
        scope = TensorScope.open();
        counter = ProductCounter.open();
    }

    @AfterEach
    void close() {
        counter.close();
        scope.close();
    }

    private static Tensor learned(long... sizes) {
        return Tensors.full(0.1, DType.FLOAT32, sizes).withGrad(true);
    }

    /** Multiplications since the last call. */
    private long more() {
        long before = counted;
        counted = counter.multiplications();
        return counted - before;
    }

    private long counted;

    @Test
    void eachGradientOfAProductTakesAsMuchAsTheProduct() {
        Tensor x = learned(2, 3);
        Tensor w = learned(4, 3);
        Tensor bias = learned(4);
        Tensor y = Functional.linear(x, w, bias);
        assertThat(more()).isEqualTo(2 * 3 * 4);
        Autograd.grad(List.of(y), List.of(w), true);
        assertThat(more()).isEqualTo(2 * 3 * 4);
        Autograd.grad(List.of(y), List.of(bias), true);
        assertThat(more()).isZero();
        Autograd.grad(y, List.of(x, w, bias));
        assertThat(more()).isEqualTo(2 * 2 * 3 * 4);
        x.detach().matmul(w.transpose(0, 1));
        assertThat(more()).isEqualTo(2 * 3 * 4);
        assertThatThrownBy(ProductCounter::open).hasMessageContaining("close it first");
    }

    @Test
    void convolutionsAreCountedByTheirResults() {
        Tensor images = Tensors.full(1, DType.FLOAT32, 2, 4, 8, 8);
        Tensor halved = Functional.conv2d(images, learned(6, 2, 3, 3), null, new Functional.Convolution(2, 1, 1, 2));
        assertThat(more()).isEqualTo(2 * 6 * 4 * 4 * (2 * 9));
        Tensor doubled = Functional.convTranspose2d(halved, learned(6, 5, 4, 4), null, 2, 1, 0);
        assertThat(doubled.shape()).isEqualTo(Shape.of(2, 5, 8, 8));
        assertThat(more()).isEqualTo(2 * 6 * 4 * 4 * (5 * 16));
        assertThat(counter.products()).hasSize(2);
        counter.products().forEach((product, multiplications) -> {
            Tensor again = product.compute(
                    Tensors.full(1, DType.FLOAT32, product.input().toArray()),
                    Tensors.full(1, DType.FLOAT32, product.weight().toArray()));
            assertThat(product.multiplications(again.shape())).isEqualTo(multiplications);
        });
    }

    @Test
    void whatNeedsNoGradientIsNotCountedAgain() {
        Tensor w = learned(4, 3);
        Tensor fixed =
                Functional.linear(Tensors.full(1, DType.FLOAT32, 2, 3), w, null).detach();
        Tensor y = Functional.linear(fixed, learned(5, 4), null);
        more();
        Tensor v = learned(5, 5);
        Tensor z = Functional.linear(y, v, null);
        assertThat(more()).isEqualTo(2 * 5 * 5);
        Autograd.grad(z, List.of(v));
        assertThat(more()).as("of the last layer alone").isEqualTo(2 * 5 * 5);
    }

    @Test
    void aPenaltyOnGradientsIsDifferentiatedTwice() {
        long first = 2 * 3 * 4;
        long second = 2 * 4 * 5;
        // ∇ₓ: both products. Its own gradient: of the second product's weight, and of the first one's both operands.
        assertThat(penalty(Tensor::relu)).isEqualTo(first + second + (first + second) + (2 * first + second));
        // A curved activation's slope moves with the first layer, whose weight gets that gradient, too.
        assertThat(penalty(Tensor::tanh)).isEqualTo(first + second + (first + second) + (3 * first + second));
    }

    private long penalty(UnaryOperator<Tensor> activation) {
        Tensor x = learned(2, 3);
        Tensor w = learned(4, 3);
        Tensor v = learned(5, 4);
        more();
        Tensor y = Functional.linear(activation.apply(Functional.linear(x, w, null)), v, null);
        Tensor slopes = Autograd.grad(List.of(y), List.of(x), true).get(0);
        Autograd.grad(slopes.square().sum(), List.of(w, v));
        return more();
    }
}
