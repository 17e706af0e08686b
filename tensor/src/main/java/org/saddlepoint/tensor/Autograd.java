package org.saddlepoint.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

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
        GraphRecorder.refuse("grad", "differentiate", outputs.toArray(Tensor[]::new));
        long began = OperationProfile.begin();
        try {
            TensorVector gradients = torch.grad(
                    Native.vector(outputs),
                    Native.vector(inputs),
                    Native.vector(outputGradients),
                    new BoolOptional(createGraph),
                    createGraph,
                    false);
            OperationProfile.end("grad", began);
            List<Tensor> results = new ArrayList<>(inputs.size());
            for (int i = 0; i < inputs.size(); i++) {
                results.add(Native.adoptElement(gradients.get(i)));
            }
            if (createGraph) {
                InputGradient.lost(outputs.toArray(Tensor[]::new));
            }
            ProductCounter.differentiated(outputs, inputs, createGraph ? results : List.of());
            return results;
        } catch (RuntimeException e) {
            throw GradientHook.failure().orElseGet(() -> TensorException.of("grad", e, outputs.toArray(Tensor[]::new)));
        }
    }

    /**
     * Changes the gradient that arrives at a tensor while something is differentiated, before it flows on from there. Several
     * processes thus add up what each of them knows of a gradient.
     *
     * <ul>
     *   <li>What the change throws is thrown by {@link #grad}, as it is.
     *   <li>The change sees a gradient without its graph, and none is recorded of what it does: where gradients are themselves
     *       differentiated ({@code createGraph}), second derivatives do not flow through this tensor's gradient.
     * </ul>
     *
     * @param tensor part of a graph; the change lasts as long as the outermost open scope, which must outlive the graph
     * @param change called on the thread that differentiates, with a scope open; returns a tensor of the same shape
     */
    public static void onGradient(Tensor tensor, UnaryOperator<Tensor> change) {
        GradientHook hook = new GradientHook(change);
        TensorScope.current().keepToTheEnd(hook); // a layer's own scope is closed before anything is differentiated
        Native.runVoid("onGradient", () -> tensor.handle.register_hook(hook), tensor);
    }

    private static final class GradientHook extends TensorTensorHook {
        /** What hooks of a thread threw, maybe on a thread of libtorch, since native code passes on the message alone. */
        private static final ThreadLocal<AtomicReference<@Nullable RuntimeException>> FAILURE =
                ThreadLocal.withInitial(AtomicReference::new);

        private final transient UnaryOperator<Tensor> change;
        private final transient AtomicReference<@Nullable RuntimeException> failure = FAILURE.get();

        GradientHook(UnaryOperator<Tensor> change) {
            this.change = change;
        }

        /** What a hook of this thread threw last, once. */
        static Optional<RuntimeException> failure() {
            return Optional.ofNullable(FAILURE.get().getAndSet(null));
        }

        @Override
        public TensorBase call(TensorBase gradient) {
            try (TensorScope scope = TensorScope.open()) {
                return changed(scope, gradient);
            } catch (RuntimeException e) {
                failure.set(e);
                throw e;
            }
        }

        private TensorBase changed(TensorScope scope, TensorBase gradient) {
            Tensor changed = change.apply(
                    scope.adopt(new org.bytedeco.pytorch.Tensor(gradient)).detach());
            scope.release(changed); // libtorch takes it over when this returns
            return changed.handle;
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
