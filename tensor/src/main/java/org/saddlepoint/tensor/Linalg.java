package org.saddlepoint.tensor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;

/** Linear algebra on matrices, batched over leading axes. */
public final class Linalg {
    /** Columns from which on a second thread pays for itself. */
    private static final int LARGE = 512;

    private Linalg() {}

    /**
     * Eigenvalues, ascending, and orthonormal eigenvectors in columns.
     *
     * @param values [*, n]
     * @param vectors [*, n, n]
     */
    public record Eigen(Tensor values, Tensor vectors) {}

    /** Singular values, descending, [*, min(m, n)]. */
    public static Tensor singularValues(Tensor matrix) {
        return Native.run("singularValues", () -> torch.linalg_svdvals(matrix.handle), matrix);
    }

    /** Eigen-decomposition of symmetric matrices [*, n, n]. */
    public static Eigen eigenSymmetric(Tensor matrix) {
        T_TensorTensor_T[] pair = new T_TensorTensor_T[1];
        Native.runVoid("eigenSymmetric", () -> pair[0] = torch.linalg_eigh(matrix.handle), matrix);
        return new Eigen(Native.adoptElement(pair[0].get0()), Native.adoptElement(pair[0].get1()));
    }

    /** The factors Q with orthonormal columns and R upper triangular, as (values = R, vectors = Q). */
    public static QR qr(Tensor matrix) {
        T_TensorTensor_T[] pair = new T_TensorTensor_T[1];
        Native.runVoid("qr", () -> pair[0] = torch.linalg_qr(matrix.handle), matrix);
        return new QR(Native.adoptElement(pair[0].get0()), Native.adoptElement(pair[0].get1()));
    }

    /**
     * A matrix [*, m, n] as q · r.
     *
     * @param q orthonormal columns [*, m, min(m, n)]
     * @param r upper triangular [*, min(m, n), n]
     */
    public record QR(Tensor q, Tensor r) {}

    /** The x with matrix · x = right, for square matrices of full rank. */
    public static Tensor solve(Tensor matrix, Tensor right) {
        return Native.run("solve", () -> torch.linalg_solve(matrix.handle, right.handle), matrix, right);
    }

    /** The lower triangular L with L Lᵀ = matrix, symmetric and positive definite. */
    public static Tensor cholesky(Tensor matrix) {
        return Native.run("cholesky", () -> torch.linalg_cholesky(matrix.handle), matrix);
    }

    /** Eigenvalues of symmetric matrices [*, n, n], ascending, [*, n]; a third of the time of {@link #eigenSymmetric}. */
    public static Tensor eigenvaluesSymmetric(Tensor matrix) {
        return Native.run("eigenvaluesSymmetric", () -> torch.linalg_eigvalsh(matrix.handle), matrix);
    }

    /**
     * The lower triangle of matrixᵀ · matrix, above it 0: half the products of {@link Tensor#matmul}, and all that
     * {@link #eigenSymmetric}, {@link #eigenvaluesSymmetric} and {@link #cholesky} read. On the CPU, not differentiable.
     *
     * @param matrix [m, n], float64
     * @return [n, n]
     * @throws IllegalArgumentException if the shape or the type differs
     */
    public static Tensor lowerGram(Tensor matrix) {
        requireMatrix("lowerGram", matrix);
        GraphRecorder.refuse("lowerGram", "use it", matrix);
        try (TensorScope scratch = TensorScope.open()) {
            Tensor rows = matrix.detach().contiguous();
            int m = Math.toIntExact(rows.size(0));
            int n = Math.toIntExact(rows.size(1));
            Tensor lower = Tensors.zeros(DType.FLOAT64, n, n);
            if (m > 0 && n > 0) {
                fillLowerGram(rows.handle.data_ptr_double(), lower.handle.data_ptr_double(), m, n);
            }
            return scratch.promote(lower);
        }
    }

    /** The lower triangle, from two threads where it is large: above and below the line that halves its area. */
    private static void fillLowerGram(DoublePointer rows, DoublePointer lower, int m, int n) {
        int cut = n < LARGE || Engine.threads() == 1 ? n : (int) Math.round(n * Math.sqrt(0.5));
        CompletableFuture<Void> above = CompletableFuture.runAsync(
                () -> syrk(rows, lower, m, n, cut), cut == n ? Runnable::run : ForkJoinPool.commonPool());
        if (cut < n) {
            DoublePointer right = rows.getPointer(cut);
            DoublePointer below = lower.getPointer((long) cut * n);
            openblas.cblas_dgemm(
                    openblas.CblasRowMajor,
                    openblas.CblasTrans,
                    openblas.CblasNoTrans,
                    n - cut,
                    cut,
                    m,
                    1,
                    right,
                    n,
                    rows,
                    n,
                    0,
                    below,
                    n);
            syrk(right, below.getPointer(cut), m, n, n - cut);
        }
        above.join();
    }

    /** The lower triangle of the Gram matrix of the first columns of m rows, both of this stride. */
    private static void syrk(DoublePointer rows, DoublePointer lower, int m, int stride, int columns) {
        openblas.cblas_dsyrk(
                openblas.CblasRowMajor,
                openblas.CblasLower,
                openblas.CblasTrans,
                columns,
                m,
                1,
                rows,
                stride,
                0,
                lower,
                stride);
    }

    /**
     * An A with A · Aᵀ = matrix, of as many columns as the matrix has rank: Cholesky's factor, largest pivots first,
     * with its rows back in order (LAPACK's pstrf; Higham (1990), "Analysis of the Cholesky decomposition of a
     * semi-definite matrix"). On the CPU, not differentiable.
     *
     * @param matrix [n, n], float64, symmetric and positive semi-definite
     * @param tolerance pivots up to this count as 0
     * @return [n, rank]
     * @throws IllegalArgumentException if the shape or the type differs
     */
    public static Tensor pivotedCholesky(Tensor matrix, double tolerance) {
        requireMatrix("pivotedCholesky", matrix);
        Shapes.require(matrix, "pivotedCholesky", matrix.size(1), matrix.size(1));
        try (TensorScope scratch = TensorScope.open()) {
            int n = Math.toIntExact(matrix.size(0));
            Tensor factor = matrix.detach().contiguous().copy();
            IntPointer pivots = new IntPointer(n);
            IntPointer rank = new IntPointer(1);
            // LAPACK's upper triangle by columns is the lower one by rows.
            openblas.LAPACKE_dpstrf(
                    openblas.LAPACK_COL_MAJOR,
                    (byte) 'U',
                    n,
                    factor.handle.data_ptr_double(),
                    n,
                    pivots,
                    rank,
                    Math.max(tolerance, 0)); // below 0 would ask for LAPACK's own tolerance
            long[] rowOf = new long[n];
            for (int i = 0; i < n; i++) {
                rowOf[pivots.get(i) - 1] = i;
            }
            Tensor lower = Native.run("pivotedCholesky", () -> factor.handle.tril(0), factor)
                    .narrow(1, 0, rank.get());
            return scratch.promote(lower.indexSelect(0, Tensors.of(rowOf, n)));
        }
    }

    private static void requireMatrix(String operation, Tensor matrix) {
        Shapes.require(matrix, operation, Shapes.ANY, Shapes.ANY);
        if (matrix.dtype() != DType.FLOAT64 || !matrix.device().equals(Device.CPU)) {
            throw new IllegalArgumentException(operation + ": expected float64 on the CPU but was " + matrix);
        }
    }
}
