package org.saddlepoint.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.OptimizerKernels;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Changes the parameters of one network along gradients.
 *
 * <ul>
 *   <li>{@link #minimize} differentiates a loss with respect to these parameters only, and steps.
 *   <li>{@link #state} is everything that an identical continuation needs besides the parameters and the learning rate.
 *   <li>An optimizer owns its state and never the parameters.
 * </ul>
 */
public abstract class Optimizer implements AutoCloseable {
    private final Map<String, Parameter> parameters;
    private final Map<String, Retained> state = new LinkedHashMap<>();
    private final Schedule rates;
    private final List<GradientTransform> transforms = new ArrayList<>();
    private double learningRate;

    /**
     * An optimizer of these parameters, with the learning rate of the settings and with what they do with gradients.
     *
     * @throws IllegalArgumentException if there are no parameters
     */
    protected Optimizer(Map<String, Parameter> parameters, OptimizerConfig config) {
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("an optimizer needs at least one parameter but was given none");
        }
        this.parameters = new LinkedHashMap<>(parameters);
        this.rates = config.learningRate();
        learningRate = rates.at(Progress.START);
        config.gradients().transforms().forEach(this::transform);
    }

    /**
     * One step down this loss, a scalar; the loss's graph is freed.
     *
     * @throws NonFiniteException if the loss, a gradient or a weight is infinite or NaN
     */
    public final void minimize(Tensor loss) {
        minimize(loss, List.of(this));
    }

    /**
     * One step of several optimizers down one loss, a scalar, which is differentiated once; its graph is freed.
     *
     * @throws NonFiniteException if the loss, a gradient or a weight is infinite or NaN
     */
    public static void minimize(Tensor loss, List<Optimizer> optimizers) {
        List<Tensor> all = new ArrayList<>();
        optimizers.forEach(optimizer -> all.addAll(optimizer.weights()));
        List<Tensor> gradients = Autograd.grad(loss, all);
        try {
            int first = 0;
            for (Optimizer optimizer : optimizers) {
                int count = optimizer.parameters.size();
                optimizer.step(gradients.subList(first, first + count));
                first += count;
            }
        } catch (NonFiniteException e) {
            throw new NonFiniteException("the loss is " + (float) loss.item() + ", " + e.getMessage());
        }
    }

    /**
     * One step along these gradients, given in the order of {@link #weights}.
     *
     * @throws NonFiniteException if a gradient or a changed weight is infinite or NaN
     */
    public final void step(List<Tensor> gradients) {
        List<Tensor> weights = weights();
        if (gradients.size() != weights.size()) {
            throw new IllegalArgumentException(
                    "expected " + weights.size() + " gradients, one a parameter, but were " + gradients.size());
        }
        try (TensorScope scratch = TensorScope.open()) {
            Optional<List<Tensor>> transformed = Optional.of(gradients);
            for (GradientTransform transform : transforms) {
                transformed = transformed.flatMap(transform::apply);
            }
            if (transformed.isEmpty()) {
                return;
            }
            update(weights, transformed.get());
            // Enough for the gradients, too: one that is infinite or NaN makes its weight so, under any of the rules.
            if (!OptimizerKernels.allFinite(weights)) {
                throw nonFinite(transformed.get());
            }
        }
    }

    private NonFiniteException nonFinite(List<Tensor> gradients) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        int index = 0;
        for (String name : parameters.keySet()) {
            named.put("the gradient of " + name, gradients.get(index++));
        }
        parameters.forEach((name, parameter) -> named.put("the weight " + name, parameter.tensor()));
        List<String> wrong = new ArrayList<>();
        named.forEach((name, tensor) -> {
            long count = tensor.countNonFinite();
            if (count > 0) {
                wrong.add(name + ": " + count + " of " + tensor.shape().elements());
            }
        });
        return new NonFiniteException("infinite or NaN numbers in "
                + String.join(", ", wrong.subList(0, Math.min(3, wrong.size())))
                + (wrong.size() > 3 ? " and " + (wrong.size() - 3) + " more" : ""));
    }

    /**
     * Lets gradients of each step pass through this before the update, behind those that were added before: the one place
     * between gradient and update. The optimizer owns it from now on, and its memory is part of {@link #state}.
     *
     * @throws IllegalArgumentException if another transform uses the same name for its memory
     */
    public final void transform(GradientTransform transform) {
        transform(transforms.size(), transform);
    }

    /** As {@link #transform}, before all others: for what makes gradients whole that the others then change. */
    public final void transformFirst(GradientTransform transform) {
        transform(0, transform);
    }

    private void transform(int place, GradientTransform transform) {
        Map<String, Retained> memory = transform.memory(parameters);
        for (String name : memory.keySet()) {
            if (state.containsKey(name)) {
                memory.values().forEach(Retained::close);
                throw new IllegalArgumentException("the optimizer's state has " + name
                        + " already; give it one transform of each kind that keeps gradients");
            }
        }
        state.putAll(memory);
        transforms.add(place, transform);
    }

    /**
     * Sets the scheduled settings to their values at this moment.
     *
     * @param factor by which the scheduled learning rate is multiplied
     */
    public final void at(Progress progress, double factor) {
        learningRate(rates.at(progress) * factor);
        schedule(progress);
    }

    /** Sets all scheduled settings except the learning rate. */
    protected void schedule(Progress progress) {}

    /** Changes the weights in place. */
    protected abstract void update(List<Tensor> weights, List<Tensor> gradients);

    /** The parameters' tensors, in order. */
    public final List<Tensor> weights() {
        List<Tensor> weights = new ArrayList<>(parameters.size());
        parameters.values().forEach(parameter -> weights.add(parameter.tensor()));
        return weights;
    }

    /** Size of a step. */
    public final double learningRate() {
        return learningRate;
    }

    /** Sets the size of a step, as schedules do. */
    public final void learningRate(double rate) {
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the learning rate must be >= 0 and finite but was " + rate);
        }
        learningRate = rate;
    }

    /** The state's live tensors, named parameter.kind. */
    public final Map<String, Tensor> state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        state.forEach((name, value) -> tensors.put(name, value.tensor()));
        return tensors;
    }

    /**
     * Overwrites the state with saved values.
     *
     * @throws IllegalArgumentException if a name or a shape differs; nothing was changed then
     */
    public final void load(Map<String, Tensor> values) {
        if (!values.keySet().equals(state.keySet())) {
            throw new IllegalArgumentException(
                    "the optimizer state does not fit: expected " + state.keySet() + " but was " + values.keySet());
        }
        Map<String, Tensor> own = state();
        own.forEach((name, tensor) -> {
            Tensor value = values.getOrDefault(name, tensor);
            if (!value.shape().equals(tensor.shape())) {
                throw new IllegalArgumentException("the optimizer state does not fit: " + name + ": expected shape "
                        + tensor.shape() + " but was " + value.shape());
            }
        });
        own.forEach((name, tensor) -> tensor.assign(values.getOrDefault(name, tensor)));
    }

    /** Registers a zero-initialized state tensor for each parameter, of its shape or scalar; returns the tensors. */
    protected final List<Tensor> zeros(String kind, boolean scalar) {
        List<Tensor> tensors = new ArrayList<>();
        try (TensorScope scope = TensorScope.open()) {
            parameters.forEach((name, parameter) -> {
                Retained value = Retained.copyOf(
                        scalar
                                ? Tensors.scalar(0).to(parameter.tensor().device())
                                : Tensors.zerosLike(parameter.tensor()));
                state.put(name + "." + kind, value);
                tensors.add(value.tensor());
            });
        }
        return tensors;
    }

    /** Frees the state. */
    @Override
    public final void close() {
        state.values().forEach(Retained::close);
        transforms.forEach(GradientTransform::close);
    }
}
