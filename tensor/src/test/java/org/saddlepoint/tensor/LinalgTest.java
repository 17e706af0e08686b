package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class LinalgTest {
    @Test
    void singularValuesDescendAndAreNotNegative() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor matrix = Tensors.of(new double[] {0, -2, 5, 0, 0, 0}, 3, 2);
            assertThat(Linalg.singularValues(matrix).toDoubleArray())
                    .containsExactly(new double[] {5, 2}, offset(1e-12));
        }
    }

    @Test
    void eigenvaluesAscendAndTheVectorsRebuildTheMatrix() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor matrix = Tensors.of(new double[] {2, 1, 1, 2}, 2, 2);
            Linalg.Eigen eigen = Linalg.eigenSymmetric(matrix);
            assertThat(eigen.values().toDoubleArray()).containsExactly(new double[] {1, 3}, offset(1e-12));
            Tensor v = eigen.vectors();
            requireClose(v.mul(eigen.values()).matmul(v.transpose(0, 1)), matrix);
            requireClose(v.transpose(0, 1).matmul(v), Tensors.eye(2, DType.FLOAT64));
        }
    }

    @Test
    void eigenvaluesAloneAreTheSame() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            Tensor matrix = gram(random.normal(DType.FLOAT64, 9, 6));
            requireClose(
                    Linalg.eigenvaluesSymmetric(matrix),
                    Linalg.eigenSymmetric(matrix).values());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 3", "3, 7", "0, 4", "300, 200", "40, 513"})
    void lowerGramIsTheTriangleOfTheProductWithTheTransposed(int rows, int columns) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            Tensor matrix = random.normal(DType.FLOAT64, rows, columns);
            requireClose(gram(matrix), matrix.transpose(0, 1).matmul(matrix));
            Tensor transposed = random.normal(DType.FLOAT64, columns, rows).transpose(0, 1); // not row-major
            requireClose(gram(transposed), transposed.transpose(0, 1).matmul(transposed));
            assertThatIllegalArgumentException().isThrownBy(() -> Linalg.lowerGram(matrix.to(DType.FLOAT32)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 5", "5, 2", "200, 200", "200, 77", "6, 0"})
    void pivotedCholeskyRebuildsTheMatrixFromAsManyColumnsAsItsRank(int n, int rank) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5)) {
            Tensor matrix = gram(random.normal(DType.FLOAT64, rank, n));
            Tensor factor = Linalg.pivotedCholesky(matrix, n * 1e-15 * n);
            assertThat(factor.shape()).isEqualTo(Shape.of(n, rank));
            requireClose(factor.matmul(factor.transpose(0, 1)), matrix);
            assertThatIllegalArgumentException().isThrownBy(() -> Linalg.pivotedCholesky(factor.to(DType.FLOAT32), 0));
        }
    }

    @Test
    void qrIsOrthonormalTimesUpperTriangular() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor matrix = random.normal(DType.FLOAT64, 2, 5, 3);
            Linalg.QR qr = Linalg.qr(matrix);
            assertThat(qr.q().shape()).isEqualTo(Shape.of(2, 5, 3));
            assertThat(qr.r().shape()).isEqualTo(Shape.of(2, 3, 3));
            requireClose(qr.q().matmul(qr.r()), matrix);
            requireClose(
                    qr.q().transpose(1, 2).matmul(qr.q()),
                    Tensors.eye(3, DType.FLOAT64).expand(2, 3, 3));
            double[] r = qr.r().select(0, 0).toDoubleArray();
            assertThat(new double[] {r[3], r[6], r[7]}).containsOnly(0);
        }
    }

    @Test
    void solveAndCholeskyUndoProducts() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2)) {
            Tensor a = random.normal(DType.FLOAT64, 3, 3);
            Tensor x = random.normal(DType.FLOAT64, 3, 2);
            requireClose(Linalg.solve(a, a.matmul(x)), x);
            Tensor positive = a.matmul(a.transpose(0, 1));
            Tensor lower = Linalg.cholesky(positive);
            requireClose(lower.matmul(lower.transpose(0, 1)), positive);
            assertThat(lower.select(0, 0).narrow(0, 1, 2).toDoubleArray()).containsOnly(0);
        }
    }

    private static void requireClose(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double largest = actual.sub(expected).abs().max().item(); // NaN where a difference is
        assertThat(largest).as("largest difference").isLessThanOrEqualTo(1e-10);
    }

    private static Tensor gram(Tensor matrix) {
        Tensor lower = Linalg.lowerGram(matrix);
        Tensor diagonal = lower.mul(Tensors.eye(lower.size(0), DType.FLOAT64));
        return lower.add(lower.transpose(0, 1)).sub(diagonal);
    }
}
