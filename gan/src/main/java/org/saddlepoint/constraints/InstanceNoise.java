package org.saddlepoint.constraints;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * Instance noise (Sønderby et al. 2017; Arjovsky and Bottou 2017): all that D sees, real and
 * generated, is blurred by noise that fades, so that the two distributions overlap while they are far apart.
 *
 * <pre>x + σ_t n,   n ~ N(0, I),   σ_t = σ₀ max(0, 1 − t / steps)</pre>
 *
 * @param deviation σ₀, >= 0, in units of the samples; 0 for no noise
 * @param steps training steps until the noise is gone, at least 1
 */
public record InstanceNoise(double deviation, long steps) {
    /** No noise. */
    public static final InstanceNoise NONE = new InstanceNoise(0, 1);

    public InstanceNoise {
        Settings.requireNotNegative("deviation", deviation);
        Settings.requireAtLeast("steps", 1, steps);
    }

    /** σ_t after this many steps. */
    public double deviationAt(long step) {
        return deviation * Math.max(0, 1 - (double) step / steps);
    }

    /** The samples as D sees them after this many steps; without noise, the samples themselves. */
    public Tensor add(Tensor samples, long step, RandomGenerator random) {
        double sigma = deviationAt(step);
        if (sigma == 0) {
            return samples;
        }
        Tensor noise = random.normal(samples.dtype(), samples.shape().toArray());
        return samples.add(noise.mul(sigma).to(samples.device()));
    }
}
