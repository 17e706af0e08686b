package org.saddlepoint.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Residual generators of SN-GAN (Miyato et al. 2018, appendix B.4), GN-GAN (Wu et al. 2021) and SAGAN (Zhang et al. 2019) for
 * square images: the side is doubled by one block of two 3×3 convolutions a time, past which a shortcut leads.
 *
 * @param width channels next to the image; with {@link ResNet.Growth#CONSTANT} everywhere
 * @param growth how channels change from block to block
 * @param widths channels out of the first layer and of each block, which then count in place of {@code width} and
 *     {@code growth}: n of them double the side n − 1 times; none for the rule of these two, with a base of 4 or more
 * @param upsampling how the side is doubled
 * @param biases whether the blocks' convolutions have biases, as in the authors' code; the normalizations behind them cancel them
 * @param conditionalOutput whether the last normalization depends on the class as the others do; it does not in the papers' code
 * @param attention sides at which a {@link org.saddlepoint.nn.SelfAttention} follows the block
 * @param spectral whether weights are under spectral normalization, as in SAGAN
 * @param weights how all layers start
 * @param residualGain factor of the initial weights of the blocks' 3×3 convolutions: √2 in SN-GAN, 1 in GN-GAN
 */
public record ResNetGeneratorConfig(
        int width,
        ResNet.Growth growth,
        List<Integer> widths,
        ResNet.Upsampling upsampling,
        boolean biases,
        boolean conditionalOutput,
        List<Integer> attention,
        boolean spectral,
        InitialWeights weights,
        double residualGain)
        implements GeneratorConfig {

    public ResNetGeneratorConfig {
        Require.atLeast(1, "width", width);
        widths = ResNet.requireWidths(widths);
        if (widths.size() == 1) {
            throw new IllegalArgumentException("widths must name the channels of the first layer and of each block, or"
                    + " nothing, but was " + widths);
        }
        attention = Attention.requireSides(attention);
        Require.positive("residualGain", residualGain);
    }

    /** Without attention and spectral normalization, and with the widths of a growth. */
    public ResNetGeneratorConfig(
            int width,
            ResNet.Growth growth,
            ResNet.Upsampling upsampling,
            InitialWeights weights,
            double residualGain) {
        this(width, growth, List.of(), upsampling, false, true, List.of(), false, weights, residualGain);
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
    private Initialization residualInitialization() {
        return residualGain == 1 ? initialization() : initialization().withGain(residualGain);
    }

    /** What all blocks have in common, with these normalizations. */
    GeneratorBlock.Parts parts(IntFunction<Layer> normalization) {
        return new GeneratorBlock.Parts(upsampling, biases, normalization, initialization(), residualInitialization());
    }

    /** How often the side is doubled: from a base of 4 or more, or as often as there are widths. */
    int doublings(Shape sample) {
        return widths.isEmpty() ? Dcgan.halvings(sample) : ResNet.statedHalvings(sample, widths.size() - 1, widths);
    }

    /** Channels where the side is the image's halved this often, of a network with so many doublings. */
    int channels(int halving, int doublings) {
        return widths.isEmpty() ? ResNet.channels(width, growth, halving) : widths.get(doublings - halving);
    }

    /** Channels behind the blocks, by the side there. */
    Map<Integer, Integer> channelsBySide(Shape sample, int doublings) {
        Map<Integer, Integer> channels = new LinkedHashMap<>();
        for (int halving = doublings - 1; halving >= 0; halving--) {
            channels.put((int) sample.size(1) >> halving, channels(halving, doublings));
        }
        return channels;
    }
}
