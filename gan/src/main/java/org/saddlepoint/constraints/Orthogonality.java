package org.saddlepoint.constraints;

import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** How far the rows of a matrix are from orthonormal. */
final class Orthogonality {
    private Orthogonality() {}

    /**
     * ‖R Rᵀ − I‖²_F of the rows R, or ‖R Rᵀ ⊙ (1 − I)‖²_F.
     *
     * @param offDiagonalOnly whether the lengths of the rows are left free
     */
    static Tensor excess(Tensor rows, boolean offDiagonalOnly) {
        if (rows.size(0) > rows.size(1)) {
            return excessOfMany(rows, offDiagonalOnly);
        }
        Tensor gram = rows.matmul(rows.transpose(0, 1));
        Tensor identity = Tensors.eye(rows.size(0), gram.dtype()).to(gram.device());
        Tensor distance = offDiagonalOnly ? gram.mul(identity.neg().add(1)) : gram.sub(identity);
        return distance.square().sum();
    }

    /**
     * The same of more rows than columns, which the first layer of a generator has: its 24,576 rows would make a matrix of 2.4 GB.
     * ‖R Rᵀ‖ = ‖Rᵀ R‖, and of R Rᵀ the trace is ‖R‖² and the diagonal is the squared lengths.
     */
    private static Tensor excessOfMany(Tensor rows, boolean offDiagonalOnly) {
        Tensor all = rows.transpose(0, 1).matmul(rows).square().sum();
        Tensor squares = rows.square();
        return offDiagonalOnly
                ? all.sub(squares.sum(false, 1).square().sum())
                : all.sub(squares.sum().mul(2)).add((double) rows.size(0));
    }
}
