package org.saddlepoint.views;

import org.saddlepoint.tensor.Tensor;

/**
 * Noise of one level of 8-bit pixels on real images, so that their values are no lattice that D could tell from generated
 * ones (the code of Gulrajani et al. 2017 and of Miyato et al. 2018).
 *
 * <pre>x + U(0, 2/255), for pixels in [−1, 1]</pre>
 */
public record Dequantization() implements View {
    /** One level of 8-bit pixels in [−1, 1]. */
    private static final double LEVEL = 2 / 255.0;

    @Override
    public Tensor apply(Tensor samples, Sight sight) {
        if (sight.origin() == Sight.Origin.FAKE) {
            return samples;
        }
        Tensor noise = sight.random()
                .uniform(samples.dtype(), 0, LEVEL, samples.shape().toArray());
        return samples.add(noise.to(samples.device()));
    }
}
