package org.saddlepoint.tensor;

import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;

/** Linear algebra on matrices, batched over leading axes. */
public final class Linalg {
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
}
