package org.saddlepoint.constraints;

import java.util.Arrays;
import java.util.OptionalInt;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** The points at which a {@link GradientPenalty} computes the gradient. */
public sealed interface PenaltyPoints {
    /** One point per sample, [N, …]. */
    Tensor draw(Tensor real, Tensor fake, RandomGenerator random);

    /** Which half of the samples that D is shown, real and then generated ones, these points are: 0 or 1; empty for others. */
    default OptionalInt shownHalf() {
        return OptionalInt.empty();
    }

    /** On real samples: R1 (Mescheder et al. 2018, equation 9). */
    record Real() implements PenaltyPoints {
        @Override
        public Tensor draw(Tensor real, Tensor fake, RandomGenerator random) {
            return real;
        }

        @Override
        public OptionalInt shownHalf() {
            return OptionalInt.of(0);
        }
    }

    /** On generated samples: R2 (Mescheder et al. 2018, equation 10). */
    record Fake() implements PenaltyPoints {
        @Override
        public Tensor draw(Tensor real, Tensor fake, RandomGenerator random) {
            return fake;
        }

        @Override
        public OptionalInt shownHalf() {
            return OptionalInt.of(1);
        }
    }

    /** Between pairs (Gulrajani et al. 2017, Algorithm 1): x̂ = ε x + (1 − ε) G(z), one ε ~ U(0, 1) a sample. */
    record Between() implements PenaltyPoints {
        @Override
        public Tensor draw(Tensor real, Tensor fake, RandomGenerator random) {
            return fake.add(perSample(real, random).mul(real.sub(fake)));
        }
    }

    /**
     * Around real samples: DRAGAN (Kodali et al. 2017).
     *
     * <pre>
     * normal:            x̂ = x + scale · n,               n ~ N(0, I)     (the paper's equation)
     * batch deviations:  x̂ = x + ε · scale · std(x) · u,  u ~ U(0, 1) a number, ε ~ U(0, 1) a sample   (the authors' code)
     * </pre>
     *
     * @param noise which of the two
     * @param scale of the noise, > 0
     */
    record AroundReal(Noise noise, double scale) implements PenaltyPoints {
        /** How points are spread around the real ones. */
        public enum Noise {
            /** N(0, scale²). */
            NORMAL,
            /** Uniform, up to scale standard deviations of the whole batch. */
            BATCH_DEVIATIONS
        }

        public AroundReal {
            Require.positive("scale", scale);
        }

        @Override
        public Tensor draw(Tensor real, Tensor fake, RandomGenerator random) {
            long[] shape = real.shape().toArray();
            if (noise == Noise.NORMAL) {
                return real.add(random.normal(real.dtype(), shape).mul(scale).to(real.device()));
            }
            Tensor uniform = random.uniform(real.dtype(), 0, 1, shape).to(real.device());
            Tensor deviation = real.flatten(0).var(false, false, 0).sqrt();
            return real.add(perSample(real, random).mul(uniform.mul(deviation).mul(scale)));
        }
    }

    /** U(0, 1), one a sample, [N, 1, …]. */
    private static Tensor perSample(Tensor samples, RandomGenerator random) {
        long[] shape = samples.shape().toArray();
        Arrays.fill(shape, 1, shape.length, 1);
        return random.uniform(samples.dtype(), 0, 1, shape).to(samples.device());
    }
}
