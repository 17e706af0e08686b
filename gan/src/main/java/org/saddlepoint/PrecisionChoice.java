package org.saddlepoint;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.TrainingSetup;

/**
 * The arithmetic of a run: as it was asked for, with a warning where that is slow here, or the faster one as measured.
 *
 * <p>Half precision is not always faster: a processor without instructions for it computes a convolution twenty times slower,
 * and one that has them still loses on networks of few channels, where converting costs more than it saves.
 */
public final class PrecisionChoice {
    /** bfloat16 has to take at most this share of the time of float32 to be chosen, since it is less exact. */
    static final double WORTH_IT = 0.9;

    /** Where one convolution takes this many times as long, steps are not tried: they could take minutes. */
    public static final double HOPELESS = 3;

    private static final int WARM_UP = 1;
    private static final int MEASURED = 3;

    private PrecisionChoice() {}

    /** The options with a precision, which is said if it was measured. Trains for some steps on networks that are thrown away. */
    static RunOptions resolve(Recipe recipe, Dataset data, RunOptions options, RunListener listener) {
        if (options.precision().equals(Optional.of(Precision.FLOAT32))) {
            return options;
        }
        double ratio = convolutionRatio(options.device());
        String what = "a convolution";
        if (ratio < HOPELESS) {
            ratio = step(recipe, data, options, Precision.BFLOAT16) / step(recipe, data, options, Precision.FLOAT32);
            what = "a step";
        }
        return decide(options, what, ratio, listener);
    }

    /** How many times as long a convolution takes in bfloat16 as in float32 on this device: 25 where it has no instructions for it. */
    public static double convolutionRatio(Device device) {
        return convolution(device, Precision.BFLOAT16) / convolution(device, Precision.FLOAT32);
    }

    /** @param ratio how many times as long bfloat16 takes for this */
    static RunOptions decide(RunOptions options, String what, double ratio, RunListener listener) {
        String measured =
                String.format(Locale.ROOT, "%s in bfloat16 takes %.2f times as long as in float32 here", what, ratio);
        if (options.precision().isPresent()) {
            if (ratio > 1) {
                listener.onNote("warning: " + measured + "; --precision float32 is faster and more exact");
            }
            return options;
        }
        Precision chosen = ratio <= WORTH_IT ? Precision.BFLOAT16 : Precision.FLOAT32;
        listener.onNote("precision: " + chosen + " (" + measured + ")");
        return options.precision(chosen);
    }

    /** Seconds of a convolution of 64 by 64 channels on 16 × 16 pixels; the least of some, after one. */
    private static double convolution(Device device, Precision precision) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor input = Tensors.full(0.5, DType.FLOAT32, 8, 64, 16, 16).to(device);
            Tensor weight = Tensors.full(0.01, DType.FLOAT32, 64, 64, 3, 3).to(device);
            return least(() -> precision
                    .forward(input.device(), () -> Functional.conv2d(input, weight, null, 1, 1))
                    .mean()
                    .item()); // waits for the device
        }
    }

    /** Seconds of a step of the recipe; the least of some, after one. */
    private static double step(Recipe recipe, Dataset data, RunOptions options, Precision precision) {
        TrainingSetup setup = TrainingSetup.of(options.seed(), options.device(), precision);
        try (Training trial = recipe.train(data, setup)) {
            return least(() -> trial.trainer(List.of()).runUntil(trial.state().step() + 1));
        }
    }

    private static double least(Runnable work) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            long start = System.nanoTime();
            work.run();
            if (i >= WARM_UP) {
                least = Math.min(least, Math.max(1, System.nanoTime() - start) * 1e-9);
            }
        }
        return least;
    }
}
