package org.saddlepoint.views;

import org.saddlepoint.input.Require;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.Tensor;

/**
 * Instance noise (Sønderby et al. 2017; Arjovsky and Bottou 2017): all that D sees, real and generated, is blurred by noise
 * that fades, so that the two distributions overlap while they are far apart.
 *
 * <pre>x + σ_t n,   n ~ N(0, I)</pre>
 *
 * @param deviation σ_t, >= 0, in units of the samples
 */
public record InstanceNoise(Schedule deviation) implements View {
    public InstanceNoise {
        deviation.requireNotNegative("deviation");
    }

    /**
     * Noise that fades in a line.
     *
     * <pre>σ_t = σ₀ max(0, 1 − t / steps)</pre>
     *
     * @param deviation σ₀
     * @param steps training steps until the noise is gone, at least 1
     */
    public static InstanceNoise fading(double deviation, long steps) {
        Require.atLeast(1, "steps", steps); // 0 would mean the training's end
        return new InstanceNoise(new Schedule.Linear(deviation, 0, 0, steps, Unit.STEPS));
    }

    /** σ_t. */
    public double deviationAt(Progress progress) {
        return deviation.at(progress);
    }

    /** The samples with noise; where there is none, the samples themselves. */
    @Override
    public Tensor apply(Tensor samples, Sight sight) {
        double sigma = deviation.at(sight.progress());
        if (sigma == 0) {
            return samples;
        }
        Tensor noise = sight.random().normal(samples.dtype(), samples.shape().toArray());
        return samples.add(noise.mul(sigma).to(samples.device()));
    }
}
