package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;

/**
 * PatchGAN (Isola et al. 2017, section 6.1.2), layer by layer as in the authors' PyTorch code: convolutions with LeakyReLU,
 * the last of which makes a map of logits, one for each patch of {@link PatchGanConfig#receptiveField} pixels.
 *
 * <p>State: {@code model.N}, or {@code net.N} where it sees single pixels, counting all layers, also those without weights.
 */
public final class PatchGanDiscriminator extends NeuralModule implements Discriminator {
    private static final double SLOPE = 0.2;

    private final PatchGanConfig config;
    private final int channels;
    private final Sequential model;

    PatchGanDiscriminator(PatchGanConfig config, int channels, RandomGenerator random) {
        this.config = config;
        this.channels = channels;
        Initialization start = Normalization.start(config.weights());
        List<ConvConfig> convolutions = config.convolutions(channels);
        List<Layer> stack = new ArrayList<>();
        for (int i = 0; i < convolutions.size(); i++) {
            ConvConfig convolution = convolutions.get(i);
            boolean last = i == convolutions.size() - 1;
            stack.add(new Conv2d(convolution, start, random));
            if (i > 0 && !last) {
                stack.add(config.normalization().layer(convolution.out(), start, random));
            }
            if (!last) {
                stack.add(Activation.leakyRelu(SLOPE));
            }
        }
        model = child(config.layers() == 0 ? "net" : "model", new Sequential(stack));
    }

    /**
     * A map of logits.
     *
     * @param samples [N, C, H, W]
     * @return [N, 1, h, w], see {@link PatchGanConfig#mapSide}
     * @throws IllegalArgumentException if the images have other channels or are too small
     */
    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        ConditionShape.none().require(conditioning, samples.size(0));
        Shapes.require(samples, "images", Shapes.ANY, channels, Shapes.ANY, Shapes.ANY);
        if (Math.min(config.mapSide(samples.size(2)), config.mapSide(samples.size(3))) < 1) {
            throw new IllegalArgumentException("images of " + samples.size(3) + "x" + samples.size(2)
                    + " are too small for a PatchGAN of " + config.layers() + " layers, which needs width and height"
                    + " of at least " + config.smallest() + "; choose fewer layers or larger images");
        }
        return model.forward(samples);
    }

    @Override
    public boolean hasPatchLogits() {
        return true;
    }
}
