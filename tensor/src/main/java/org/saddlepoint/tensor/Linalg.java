package org.saddlepoint.tensor;

import java.util.function.Supplier;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;

/**
 * Linear algebra on matrices, batched over leading axes. Decompositions of large matrices use as many cores as
 * {@link Engine#threads()} says.
 */
public final class Linalg {
    /** Rows from which on threads of their own pay for LAPACK's calls. */
    private static final long LARGE = 512;

    private static final Object LAPACK_THREADS = new Object();

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
        return Native.run(
                "singularValues", () -> onAllCores(matrix, () -> torch.linalg_svdvals(matrix.handle)), matrix);
    }

    /** Eigen-decomposition of symmetric matrices [*, n, n]. */
    public static Eigen eigenSymmetric(Tensor matrix) {
        T_TensorTensor_T[] pair = new T_TensorTensor_T[1];
        Native.runVoid(
                "eigenSymmetric", () -> pair[0] = onAllCores(matrix, () -> torch.linalg_eigh(matrix.handle)), matrix);
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
        return Native.run("cholesky", () -> onAllCores(matrix, () -> torch.linalg_cholesky(matrix.handle)), matrix);
    }

    /** OpenBLAS is held to one thread ({@link Engine#load}), which is right for all but single calls of seconds. */
    private static <T> T onAllCores(Tensor matrix, Supplier<T> decomposition) {
        if (matrix.shape().rank() < 2 || matrix.size(-1) < LARGE || matrix.size(-2) < LARGE) {
            return decomposition.get();
        }
        synchronized (LAPACK_THREADS) {
            openblas.blas_set_num_threads(Engine.threads());
            try {
                return decomposition.get();
            } finally {
                openblas.blas_set_num_threads(1);
            }
        }
    }
}
