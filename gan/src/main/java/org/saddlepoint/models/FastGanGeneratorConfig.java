package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Generators of FastGAN (Liu et al. 2021, section 3.1), for few pictures: shallow blocks with gated linear units, and
 * {@link org.saddlepoint.nn.SkipExcitation} from small features to large ones.
 *
 * @param width ngf of the authors' code: 16 times as many channels at the base, then 8, 4, 2, 2, 1, ½, ¼; 64 there
 * @param skipDoublings how many doublings lie between features and those that they excite: 4 in the article, from 4 to 64 pixels;
 *     smaller images need fewer, or have no such skip
 * @param spectral whether weights are under spectral normalization, as in the authors' code
 */
public record FastGanGeneratorConfig(int width, int skipDoublings, boolean spectral) implements GeneratorConfig {
    private static final int[] QUARTERS = {64, 32, 16, 8, 8, 4, 2, 1};

    public FastGanGeneratorConfig {
        Require.atLeast(1, "width", width);
        Require.atLeast(1, "skipDoublings", skipDoublings);
    }

    @Override
    public FastGanGenerator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        return new FastGanGenerator(this, latent, condition, sample, random);
    }

    /** Channels after this many doublings of the base, at least 1. */
    int channels(int doublings) {
        return Math.max(1, width * QUARTERS[Math.min(doublings, QUARTERS.length - 1)] / 4);
    }
}
