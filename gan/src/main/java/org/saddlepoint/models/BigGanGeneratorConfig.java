package org.saddlepoint.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Generators of BigGAN (Brock et al. 2019, appendix B) for square images: residual blocks whose normalizations take a vector made of
 * the class and a part of the latent. The discriminator of BigGAN is a {@link ResNetDiscriminatorConfig} of the same growth.
 *
 * @param width channels next to the image: 96 for 128 pixels; 256 of constant growth in the authors' code for CIFAR-10
 * @param growth how channels change from block to block
 * @param sharedSize numbers of the embedding of a class that all normalizations share, 128 in the paper; 0 for a gain and a bias of each
 *     class in each normalization, as in the authors' code for CIFAR-10
 * @param hierarchical whether each block gets a part of the latent of its own, as in the paper for 128 pixels and more
 * @param attention sides at which a {@link org.saddlepoint.nn.SelfAttention} follows the block
 * @param spectral whether weights are under spectral normalization, as in the paper; not the shared embedding
 * @param weights how all layers start
 */
public record BigGanGeneratorConfig(
        int width,
        ResNet.Growth growth,
        int sharedSize,
        boolean hierarchical,
        List<Integer> attention,
        boolean spectral,
        InitialWeights weights)
        implements GeneratorConfig {

    public BigGanGeneratorConfig {
        Require.atLeast(1, "width", width);
        Require.atLeast(0, "sharedSize", sharedSize);
        attention = Attention.requireSides(attention);
    }

    @Override
    public BigGanGenerator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        return new BigGanGenerator(this, latent, condition, sample, random);
    }

    Initialization initialization() {
        return weights.initialization();
    }

    int channels(int halving) {
        return ResNet.channels(width, growth, halving);
    }

    /** Channels behind the blocks, by the side there. */
    Map<Integer, Integer> channelsBySide(Shape sample, int doublings) {
        Map<Integer, Integer> channels = new LinkedHashMap<>();
        for (int halving = doublings - 1; halving >= 0; halving--) {
            channels.put((int) sample.size(1) >> halving, channels(halving));
        }
        return channels;
    }
}
