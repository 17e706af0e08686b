package org.saddlepoint.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A function with parameters as a layer: named weights θ and a function of them and of the input.
 *
 * <pre>y = f(θ, x)</pre>
 *
 * <p>The weights are trained, saved and loaded under their names, as those of any layer; the function
 * has no other state. For example x Wᵀ + b, from [N, 2] to [N, 64]:
 *
 * <pre>{@code
 * Layer layer = FunctionLayer.with(random)
 *         .weight("weight", Initializer.kaimingUniform(), 64, 2)
 *         .weight("bias", Initializer.constant(0), 64)
 *         .piecewiseLinear()
 *         .computing((w, x) -> Functional.linear(x, w.get("weight"), w.get("bias")));
 * }</pre>
 *
 * <p>Constraints that compute weights, such as spectral normalization, need {@link WeightLayer}s and refuse this one, since
 * they cannot tell which of its weights is a matrix.
 */
public final class FunctionLayer extends Layer {
    /** Weights by their names. */
    @FunctionalInterface
    public interface Weights {
        /**
         * The weight of this name, of the shape and in the type and on the device that the layer has now.
         *
         * @throws IllegalArgumentException if there is none; names those that there are
         */
        Tensor get(String name);
    }

    /** What a layer computes; differentiable where it is made of operations on tensors. */
    @FunctionalInterface
    public interface Function {
        /**
         * The output, in the current scope.
         *
         * @param weights θ
         * @param input x, [N, …]
         */
        Tensor apply(Weights weights, Tensor input);
    }

    private record Start(Initializer initializer, Shape shape) {}

    /** The weights of a layer to be, in the order in which they are drawn; {@link #computing} makes the layer. */
    public static final class Builder {
        private final RandomGenerator random;
        private final Map<String, Start> weights = new LinkedHashMap<>();
        private boolean piecewiseLinear;
        private Coupling coupling = Coupling.NONE;

        private Builder(RandomGenerator random) {
            this.random = random;
        }

        /**
         * One more weight.
         *
         * @param name under which it is saved; without dots, which join the names of modules
         * @param initializer how it starts. Inputs and outputs of a unit are counted as for a layer with such a weight; of a
         *     vector, and of a scalar, both are how many numbers it has
         * @param shape its sizes; none for a scalar
         * @throws IllegalArgumentException if the name is empty, has a dot or is taken, or a size is below 1
         */
        public Builder weight(String name, Initializer initializer, long... shape) {
            if (name.isEmpty() || name.contains(".")) {
                throw new IllegalArgumentException(
                        "the name of a weight must have letters and no dots but was \"" + name + "\"");
            }
            for (long size : shape) {
                if (size < 1) {
                    throw new IllegalArgumentException(
                            "the weight " + name + " must have sizes >= 1 but was given " + Shape.of(shape));
                }
            }
            if (weights.putIfAbsent(name, new Start(initializer, Shape.of(shape))) != null) {
                throw new IllegalArgumentException("the weight " + name + " is there already; name each once");
            }
            return this;
        }

        /** Says that each output is a piecewise linear function of its own example alone; by default it is assumed not to be. */
        public Builder piecewiseLinear() {
            piecewiseLinear = true;
            return this;
        }

        /** Says how far the examples of a batch depend on each other; by default they are assumed to be independent. */
        public Builder coupling(Coupling value) {
            coupling = value;
            return this;
        }

        /**
         * Draws the weights, in the order in which they were named, and makes the layer.
         *
         * @throws IllegalArgumentException if an initializer gives values of another shape
         */
        public FunctionLayer computing(Function function) {
            return new FunctionLayer(this, function);
        }
    }

    private final Map<String, Parameter> weights = new LinkedHashMap<>();
    private final Function function;
    private final boolean piecewiseLinear;
    private final Coupling coupling;

    private FunctionLayer(Builder builder, Function function) {
        this.function = function;
        this.piecewiseLinear = builder.piecewiseLinear;
        this.coupling = builder.coupling;
        try (TensorScope scope = TensorScope.open()) {
            builder.weights.forEach((name, start) -> weights.put(name, parameter(name, drawn(name, start, builder))));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Tensor drawn(String name, Start start, Builder builder) {
        Shape expected = start.shape();
        Initializer.Fan fan = expected.rank() > 1
                ? Initializer.Fan.of(expected.toArray())
                : new Initializer.Fan(expected.elements(), expected.elements());
        Tensor values = start.initializer().create(builder.random, fan, expected.toArray());
        if (!values.shape().equals(expected)) {
            throw new IllegalArgumentException("the weight " + name + ": expected initial values of shape " + expected
                    + " but was given " + values.shape());
        }
        return values;
    }

    /**
     * A layer whose weights are drawn from here.
     *
     * @param random of the network, so that its seed says how this layer starts
     */
    public static Builder with(RandomGenerator random) {
        return new Builder(random);
    }

    @Override
    public Tensor forward(Tensor input) {
        return function.apply(this::weight, input);
    }

    private Tensor weight(String name) {
        Parameter weight = weights.get(name);
        if (weight == null) {
            List<String> known = new ArrayList<>(weights.keySet());
            throw new IllegalArgumentException("there is no weight \"" + name + "\" in this layer; there are "
                    + (known.isEmpty() ? "none" : String.join(", ", known)));
        }
        return weight.tensor();
    }

    @Override
    public boolean isPiecewiseLinear() {
        return piecewiseLinear;
    }

    @Override
    public Coupling ownCoupling() {
        return coupling;
    }
}
