package org.saddlepoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.FiniteDifferences;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** The printed weights of the filter, also at the border, and what the two directions are to each other. */
@ExtendWith({LeakCheck.class, OneThread.class})
class FirResamplingTest {
    private static double at(double[] line, int i) {
        return i < 0 || i >= line.length ? 0 : line[i];
    }

    /** Along one axis, where the other has one row of equal ones: the filter of the rows is applied by hand too. */
    private static double[] up(double[] x) {
        double[] y = new double[2 * x.length];
        for (int i = 0; i < x.length; i++) {
            y[2 * i] = 0.75 * x[i] + 0.25 * at(x, i - 1);
            y[2 * i + 1] = 0.75 * x[i] + 0.25 * at(x, i + 1);
        }
        return y;
    }

    private static double[] down(double[] x) {
        double[] y = new double[x.length / 2];
        for (int i = 0; i < y.length; i++) {
            y[i] = (at(x, 2 * i - 1) + 3 * x[2 * i] + 3 * x[2 * i + 1] + at(x, 2 * i + 2)) / 8;
        }
        return y;
    }

    private static void requireOuter(Tensor actual, double[] rows, double[] columns) {
        assertThat(actual.shape()).isEqualTo(Shape.of(1, 2, rows.length, columns.length));
        double[] values = actual.toDoubleArray();
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < columns.length; j++) {
                    assertThat(values[(c * rows.length + i) * columns.length + j])
                            .isCloseTo((c + 1) * rows[i] * columns[j], within(1e-14));
                }
            }
        }
    }

    @Test
    void bothAreTheFilterOfThePaperWithZerosOutside() {
        double[] rows = {1, -2, 0.5, 3};
        double[] columns = {2, 0, -1, 4, 1, 7};
        try (TensorScope scope = TensorScope.open()) {
            double[] image = new double[2 * 24];
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < 24; i++) {
                    image[c * 24 + i] = (c + 1) * rows[i / 6] * columns[i % 6];
                }
            }
            Tensor images = Tensors.of(image, 1, 2, 4, 6);
            requireOuter(FirResampling.up(images), up(rows), up(columns));
            requireOuter(FirResampling.down(images), down(rows), down(columns));
        }
    }

    @Test
    void upIsFourTimesTheTransposeOfDown() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            Tensor small = random.normal(DType.FLOAT64, 2, 3, 5, 4);
            Tensor large = random.normal(DType.FLOAT64, 2, 3, 10, 8);
            double one = FirResampling.up(small).mul(large).sum().item();
            double other = FirResampling.down(large).mul(small).sum().item();
            assertThat(one).isCloseTo(4 * other, within(1e-12));
        }
    }

    @Test
    void gradientsAreThoseOfTheValues() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            Tensor images = random.normal(DType.FLOAT64, 2, 2, 4, 4);
            assertThat(FiniteDifferences.check("up", x -> FirResampling.up(x.get(0)), List.of(images))
                            .largest())
                    .isGreaterThan(0.1);
            assertThat(FiniteDifferences.check("down", x -> FirResampling.down(x.get(0)), List.of(images))
                            .largest())
                    .isGreaterThan(0.01);
        }
    }

    @Test
    void oddSidesCannotBeHalved() {
        try (TensorScope scope = TensorScope.open()) {
            assertThatThrownBy(() -> FirResampling.down(Tensors.ones(1, 1, 4, 5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("images to halve must have even sides but were [1, 1, 4, 5]");
        }
    }
}
