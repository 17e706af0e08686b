package org.saddlepoint.data.synthetic;

import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.data.SplitMix;
import org.saddlepoint.input.Require;

/**
 * {@code swissroll}: the spiral of Gulrajani et al. (2017), "Improved Training of Wasserstein GANs", {@code gan_toy.py}.
 *
 * <p>It is scikit-learn's {@code make_swiss_roll} (Marsland, "Machine Learning: An Algorithmic Perspective") with noise
 * 0.25, seen from the side and divided by 7.5:
 *
 * <pre>x = (t cos t + 0.25 n₁, t sin t + 0.25 n₂) / 7.5,   t = 1.5 π (1 + 2u),   u ~ U[0, 1),   n ~ N(0, I)</pre>
 */
public final class SwissRoll {
    /** Standard deviation of the noise, before scaling. */
    public static final double NOISE = 0.25;

    /** What the roll is divided by. */
    public static final double SCALE = 7.5;

    private SwissRoll() {}

    /**
     * Draws {@code count} points of the plane.
     *
     * @throws IllegalArgumentException when {@code count} is below 1
     */
    public static PointDataset sample(int count, long seed) {
        Require.atLeast(1, "count", count);
        SplitMix random = new SplitMix(seed);
        float[] values = new float[Math.multiplyExact(count, 2)];
        for (int i = 0; i < count; i++) {
            double t = 1.5 * Math.PI * (1 + 2 * random.nextDouble());
            values[2 * i] = (float) ((t * StrictMath.cos(t) + NOISE * random.nextGaussian()) / SCALE);
            values[2 * i + 1] = (float) ((t * StrictMath.sin(t) + NOISE * random.nextGaussian()) / SCALE);
        }
        return PointDataset.of("swissroll", new PointShape(2), values);
    }
}
