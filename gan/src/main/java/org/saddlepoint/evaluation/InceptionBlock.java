package org.saddlepoint.evaluation;

import static org.saddlepoint.evaluation.ConvolutionUnit.Window.same;
import static org.saddlepoint.evaluation.ConvolutionUnit.Window.valid;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.saddlepoint.evaluation.ConvolutionUnit.Window;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * A block of Inception-v3 (Szegedy et al. 2016, figures 5 to 7): branches side by side whose channels are joined. The
 * kinds are named as torchvision names them, and the units as in its state dict.
 */
final class InceptionBlock extends NeuralModule {
    private final List<UnaryOperator<Tensor>> branches = new ArrayList<>();

    private InceptionBlock() {}

    /** 1×1, 5×5 and two 3×3 on 35×35 pixels; out 224 + pooled channels. */
    static InceptionBlock a(int in, int pooled) {
        InceptionBlock block = new InceptionBlock();
        block.chain(block.unit("branch1x1", in, 64, same(1, 1)));
        block.chain(block.unit("branch5x5_1", in, 48, same(1, 1)), block.unit("branch5x5_2", 48, 64, same(5, 5)));
        block.chain(
                block.unit("branch3x3dbl_1", in, 64, same(1, 1)),
                block.unit("branch3x3dbl_2", 64, 96, same(3, 3)),
                block.unit("branch3x3dbl_3", 96, 96, same(3, 3)));
        return block.means(in, pooled);
    }

    /** From 35×35 to 17×17 pixels; out 480 + in. */
    static InceptionBlock b(int in) {
        InceptionBlock block = new InceptionBlock();
        block.chain(block.unit("branch3x3", in, 384, valid(3, 2)));
        block.chain(
                block.unit("branch3x3dbl_1", in, 64, same(1, 1)),
                block.unit("branch3x3dbl_2", 64, 96, same(3, 3)),
                block.unit("branch3x3dbl_3", 96, 96, valid(3, 2)));
        block.branches.add(images -> Functional.maxPool2d(images, 3, 2, 0));
        return block;
    }

    /** 7×7 kernels as rows and columns on 17×17 pixels; out 768. */
    static InceptionBlock c(int in, int inner) {
        InceptionBlock block = new InceptionBlock();
        block.chain(block.unit("branch1x1", in, 192, same(1, 1)));
        block.chain(
                block.unit("branch7x7_1", in, inner, same(1, 1)),
                block.unit("branch7x7_2", inner, inner, same(1, 7)),
                block.unit("branch7x7_3", inner, 192, same(7, 1)));
        block.chain(
                block.unit("branch7x7dbl_1", in, inner, same(1, 1)),
                block.unit("branch7x7dbl_2", inner, inner, same(7, 1)),
                block.unit("branch7x7dbl_3", inner, inner, same(1, 7)),
                block.unit("branch7x7dbl_4", inner, inner, same(7, 1)),
                block.unit("branch7x7dbl_5", inner, 192, same(1, 7)));
        return block.means(in, 192);
    }

    /** From 17×17 to 8×8 pixels; out 512 + in. */
    static InceptionBlock d(int in) {
        InceptionBlock block = new InceptionBlock();
        block.chain(block.unit("branch3x3_1", in, 192, same(1, 1)), block.unit("branch3x3_2", 192, 320, valid(3, 2)));
        block.chain(
                block.unit("branch7x7x3_1", in, 192, same(1, 1)),
                block.unit("branch7x7x3_2", 192, 192, same(1, 7)),
                block.unit("branch7x7x3_3", 192, 192, same(7, 1)),
                block.unit("branch7x7x3_4", 192, 192, valid(3, 2)));
        block.branches.add(images -> Functional.maxPool2d(images, 3, 2, 0));
        return block;
    }

    /**
     * 3×3 kernels as a row beside a column on 8×8 pixels; out 2048.
     *
     * @param maximum whether the pooled branch takes maxima: the last block of the network of 2015 does, by mistake,
     *     and its published numbers contain that
     */
    static InceptionBlock e(int in, boolean maximum) {
        InceptionBlock block = new InceptionBlock();
        block.chain(block.unit("branch1x1", in, 320, same(1, 1)));
        block.fork("branch3x3_2", block.unit("branch3x3_1", in, 384, same(1, 1)));
        block.fork(
                "branch3x3dbl_3",
                block.unit("branch3x3dbl_1", in, 448, same(1, 1)),
                block.unit("branch3x3dbl_2", 448, 384, same(3, 3)));
        if (maximum) {
            ConvolutionUnit pool = block.unit("branch_pool", in, 192, same(1, 1));
            block.branches.add(images -> pool.forward(Functional.maxPool2d(images, 3, 1, 1)));
            return block;
        }
        return block.means(in, 192);
    }

    private ConvolutionUnit unit(String name, int in, int out, Window window) {
        return child(name, new ConvolutionUnit(in, out, window));
    }

    private InceptionBlock means(int in, int out) {
        ConvolutionUnit pool = unit("branch_pool", in, out, same(1, 1));
        branches.add(pool::forwardOfMeans);
        return this;
    }

    private void chain(ConvolutionUnit... units) {
        branches.add(images -> through(images, units));
    }

    /** Two branches with a common beginning. */
    private void fork(String name, ConvolutionUnit... beginning) {
        ConvolutionUnit row = unit(name + "a", 384, 384, same(1, 3));
        ConvolutionUnit column = unit(name + "b", 384, 384, same(3, 1));
        branches.add(images -> {
            Tensor common = through(images, beginning);
            return Tensors.cat(List.of(row.forward(common), column.forward(common)), 1);
        });
    }

    private static Tensor through(Tensor images, ConvolutionUnit... units) {
        Tensor output = images;
        for (ConvolutionUnit unit : units) {
            try (TensorScope scratch = TensorScope.open()) {
                output = scratch.promote(unit.forward(output));
            }
        }
        return output;
    }

    /** The block's output, in the current scope. */
    Tensor forward(Tensor images) {
        try (TensorScope scratch = TensorScope.open()) {
            List<Tensor> outputs =
                    branches.stream().map(branch -> branch.apply(images)).toList();
            return scratch.promote(Tensors.cat(outputs, 1));
        }
    }
}
