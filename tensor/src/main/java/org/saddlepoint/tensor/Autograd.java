package org.saddlepoint.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Reverse-mode differentiation. Gradients are results, not state: {@link #grad} returns them and accumulates nothing, so
 * a step asks for the gradients of one network's parameters and libtorch computes no others.
 */
public final class Autograd {
    private Autograd() {}

    /**
     * Gradients of the output with respect to each input; the graph is freed.
     *
     * @param output any shape; a tensor that is no scalar counts as the sum of its elements
     * @param inputs tensors that require gradients and that the output depends on
     * @return one gradient an input, of the input's shape, in the current scope
     * @throws TensorException if the output does not depend on an input
     */
    public static List<Tensor> grad(Tensor output, List<Tensor> inputs) {
        return grad(List.of(output), inputs, false);
    }

    /**
     * As {@link #grad(Tensor, List)} for several outputs, summed. With createGraph the gradients are themselves
     * differentiable, as gradient penalties need.
     */
    public static List<Tensor> grad(List<Tensor> outputs, List<Tensor> inputs, boolean createGraph) {
        List<Tensor> seeds = new ArrayList<>(outputs.size());
        for (Tensor output : outputs) {
            seeds.add(Tensors.onesLike(output));
        }
        return grad(outputs, inputs, seeds, createGraph);
    }

    /** As above with the outputs' own gradients given: the products of these with the Jacobian. */
    public static List<Tensor> grad(
            List<Tensor> outputs, List<Tensor> inputs, List<Tensor> outputGradients, boolean createGraph) {
        Native.enter();
        TensorScope.current();
        try {
            TensorVector gradients = torch.grad(
                    Native.vector(outputs),
                    Native.vector(inputs),
                    Native.vector(outputGradients),
                    new BoolOptional(createGraph),
                    createGraph,
                    false);
            List<Tensor> results = new ArrayList<>(inputs.size());
            for (int i = 0; i < inputs.size(); i++) {
                results.add(Native.adoptElement(gradients.get(i)));
            }
            return results;
        } catch (RuntimeException e) {
            throw TensorException.of("grad", e, outputs.toArray(Tensor[]::new));
        }
    }

    /** While open, operations of this thread record nothing for differentiation. */
    public static Recording noGrad() {
        return new Recording(false);
    }

    /** While open, operations of this thread are recorded for differentiation, even inside {@link #noGrad}. */
    public static Recording withGrad() {
        return new Recording(true);
    }

    /** Whether operations of this thread are recorded for differentiation. */
    public static boolean isRecording() {
        Engine.load();
        return GradMode.is_enabled();
    }

    /** Restores the recording mode when closed; made by {@link #noGrad} and {@link #withGrad}. */
    public static final class Recording implements AutoCloseable {
        private final boolean before;

        private Recording(boolean on) {
            // Not libtorch's guard object: the enclosing scope would own it, and the mode would last as long as that.
            before = isRecording();
            GradMode.set_enabled(on);
        }

        @Override
        public void close() {
            GradMode.set_enabled(before);
        }
    }
}
