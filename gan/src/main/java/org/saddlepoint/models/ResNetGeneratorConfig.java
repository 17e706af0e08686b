package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Residual generators of SN-GAN (Miyato et al. 2018, appendix B.4) and GN-GAN (Wu et al. 2021) for square images: the side
 * is doubled by one block of two 3×3 convolutions a time, past which a shortcut leads.
 *
 * @param width channels next to the image; with {@link ResNet.Growth#CONSTANT} everywhere
 * @param growth how channels change from block to block
 * @param upsampling how the side is doubled
 * @param weights how all layers start
 * @param residualGain factor of the initial weights of the blocks' 3×3 convolutions: √2 in SN-GAN, 1 in GN-GAN
 */
public record ResNetGeneratorConfig(
        int width, ResNet.Growth growth, ResNet.Upsampling upsampling, InitialWeights weights, double residualGain)
        implements GeneratorConfig {

    public ResNetGeneratorConfig {
        Require.atLeast(1, "width", width);
        Require.positive("residualGain", residualGain);
    }

    @Override
    public ResNetGenerator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        return new ResNetGenerator(this, latent, condition, sample, random);
    }

    /** How all layers start but the 3×3 convolutions of blocks. */
    Initialization initialization() {
        return weights.initialization();
    }

    /** How the 3×3 convolutions of blocks start. */
    Initialization residualInitialization() {
        return residualGain == 1 ? initialization() : initialization().withGain(residualGain);
    }

    /** How often the side is doubled: from a base of 4 or more. */
    static int doublings(Shape sample) {
        return Dcgan.halvings(sample);
    }

    /** Channels where the side is the image's halved this often. */
    int channels(int halving) {
        return ResNet.channels(width, growth, halving);
    }
}
