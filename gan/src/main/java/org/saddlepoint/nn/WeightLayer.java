package org.saddlepoint.nn;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A layer with one weight that is a matrix, or would be if its kernel were written out in a row: one row an output.
 * Parameters {@code weight} and, if any, {@code bias}; a {@link Parametrization} replaces the first.
 */
public abstract class WeightLayer extends Layer {
    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final int outputAxis;
    private final Scaling scaling;
    private @Nullable Parametrization parametrization;

    /**
     * What stored numbers are multiplied with each time they are used, see {@link Equalized}.
     *
     * @param weight of the weight
     * @param bias of the bias
     */
    record Scaling(double weight, double bias) {
        static final Scaling NONE = new Scaling(1, 1);

        static Tensor apply(Tensor stored, double factor) {
            return factor == 1 ? stored : stored.mul(factor);
        }
    }

    /**
     * Draws the weight and then the bias.
     *
     * @param shape sizes of the weight
     * @param outputAxis which of its axes counts the outputs
     * @param outputs how many numbers the bias has, 0 for none
     */
    protected WeightLayer(
            long[] shape, int outputAxis, int outputs, Initialization initialization, RandomGenerator random) {
        this(shape, outputAxis, outputs, initialization, Scaling.NONE, random);
    }

    /** @param scaling of what is stored */
    WeightLayer(
            long[] shape,
            int outputAxis,
            int outputs,
            Initialization initialization,
            Scaling scaling,
            RandomGenerator random) {
        this.outputAxis = outputAxis;
        this.scaling = scaling;
        try (TensorScope scope = TensorScope.open()) {
            Initializer.Fan fan = Initializer.Fan.of(shape);
            weight = parameter("weight", initialization.weight().create(random, fan, shape));
            bias = outputs > 0 ? parameter("bias", initialization.bias().create(random, fan, outputs)) : null;
        }
    }

    /** The weight that the layer works with, computed where it is parametrized. */
    public final Tensor weight() {
        return parametrization == null ? Scaling.apply(weight.tensor(), scaling.weight()) : parametrization.weight();
    }

    /** The weight as a matrix [outputs, inputs · kernel]. */
    public final Tensor matrix() {
        return matrix(weight(), outputAxis);
    }

    /** The matrix [outputs, inputs · kernel] of what is trained: of the weight before it is divided by its norm, if it is. */
    public final Tensor trainedMatrix() {
        return matrix(parametrization == null ? weight.tensor() : parametrization.trained(), outputAxis);
    }

    /** Whether the weight is a table of vectors to choose from, not a linear map of the layer's input. */
    public boolean isTable() {
        return false;
    }

    static Tensor matrix(Tensor weight, int outputAxis) {
        return (outputAxis == 0 ? weight : weight.transpose(0, outputAxis)).flatten(1);
    }

    /** The bias, or null. */
    protected final @Nullable Tensor bias() {
        return bias == null ? null : Scaling.apply(bias.tensor(), scaling.bias());
    }

    /** Makes a parametrization. */
    @FunctionalInterface
    public interface Factory {
        /**
         * A parametrization that begins at this weight.
         *
         * @param outputAxis which of the weight's axes counts the outputs
         */
        Parametrization create(Tensor weight, int outputAxis);
    }

    /**
     * From now on computes the weight, and trains what it is computed from.
     *
     * @throws IllegalStateException if it is computed already
     */
    public final void parametrize(Factory factory) {
        if (parametrization != null) {
            throw new IllegalStateException("this layer's weight is computed already, by "
                    + parametrization.getClass().getSimpleName());
        }
        try (TensorScope scope = TensorScope.open()) {
            Parametrization made = factory.create(weight().detach(), outputAxis);
            made.train(isTraining());
            remove("weight");
            parametrization = child("parametrizations.weight", made);
        }
    }

    @Override
    public final boolean isPiecewiseLinear() {
        return true;
    }
}
