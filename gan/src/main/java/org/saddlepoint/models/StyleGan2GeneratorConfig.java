package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Generators of StyleGAN2 (Karras et al. 2020, configuration F) for square images, from a base of 4 or more.
 *
 * @param channelBase channels at a side are this over the side, at least the image's side; 32768 in configuration F, half of it in E
 * @param channelMax but at most this; 512 in the paper
 * @param styleSize numbers of a style w; 512 in the paper
 * @param mappingLayers layers of the mapping network; 8 in the paper, 2 for small images (Karras et al. 2020, "Training Generative
 *     Adversarial Networks with Limited Data", section 4)
 * @param styleMixing probability with which the samples of a pass in training have two latents, in [0, 1]; 0.9 in the paper
 */
public record StyleGan2GeneratorConfig(
        int channelBase, int channelMax, int styleSize, int mappingLayers, double styleMixing)
        implements GeneratorConfig {
    public StyleGan2GeneratorConfig {
        new StyleGan2(channelBase, channelMax); // checks
        Require.atLeast(1, "styleSize", styleSize);
        Require.atLeast(1, "mappingLayers", mappingLayers);
        Require.within(0, 1, "styleMixing", styleMixing);
    }

    StyleGan2 shared() {
        return new StyleGan2(channelBase, channelMax);
    }

    @Override
    public boolean mapsConditions() {
        return true;
    }

    @Override
    public StyleGan2Generator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        return new StyleGan2Generator(this, latent, condition, sample, random);
    }
}
