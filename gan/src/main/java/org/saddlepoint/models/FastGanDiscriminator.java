package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.nn.SkipExcitation;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The discriminator of FastGAN (Liu et al. 2021, section 3.2; details of the authors' code): a halving is the mean of two paths, a 4×4
 * convolution of stride 2 and a 3×3 one, and a pooled 1×1 convolution. Maps three halvings apart are joined by skip-layer excitation.
 * A second, plain stack sees the image at half its side. Each ends in 5×5 logits of an 8×8 map.
 *
 * <p>In the authors' code the second stack sees the generator's own output of 128 pixels where the sample is generated; here the
 * generator has one output, and both kinds of samples are halved alike.
 *
 * <p>State: {@code stem}, {@code long.N} and {@code short.N} of the N-th halving, {@code skips.N}, {@code logits}, {@code small} and
 * {@code smallLogits}.
 */
public final class FastGanDiscriminator extends NeuralModule implements Discriminator, FeatureMaps {
    private static final Initialization START = Initialization.DCGAN;
    private static final double SLOPE = 0.2;

    /** Halvings between the ends of a skip, as from 2 to 16 in the authors' code. */
    private static final int SKIPPED = 3;

    private final FastGanDiscriminatorConfig config;
    private final Shape sample;
    private final Sequential stem;
    private final List<Sequential> longPaths = new ArrayList<>();
    private final List<Sequential> shortPaths = new ArrayList<>();
    private final Map<Integer, SkipExcitation> skips = new LinkedHashMap<>();
    private final Sequential logits;
    private final Sequential small;
    private final Sequential smallLogits;

    FastGanDiscriminator(FastGanDiscriminatorConfig config, Shape sample, RandomGenerator random) {
        this.config = config;
        this.sample = sample;
        int halvings = FastGanDiscriminatorConfig.halvings(sample);
        int side = (int) sample.size(1);
        int colours = (int) sample.size(0);
        stem = child(
                "stem",
                new Sequential(
                        convolution(colours, config.channels(side), 3, 1, 1, random), Activation.leakyRelu(SLOPE)));
        for (int number = 0; number < halvings; number++) {
            int in = config.channels(side >> number);
            int out = config.channels(side >> (number + 1));
            List<Layer> longPath = new ArrayList<>();
            addBlock(longPath, convolution(in, out, 4, 2, 1, random), out, random);
            addBlock(longPath, convolution(out, out, 3, 1, 1, random), out, random);
            longPaths.add(child("long." + number, new Sequential(longPath)));
            List<Layer> shortPath = new ArrayList<>();
            shortPath.add(Activation.of("mean of 2x2", true, input -> Functional.avgPool2d(input, 2, 2, 0, false)));
            addBlock(shortPath, convolution(in, out, 1, 1, 0, random), out, random);
            shortPaths.add(child("short." + number, new Sequential(shortPath)));
            int from = number + 1 - SKIPPED;
            if (from >= 0) {
                int low = config.channels(side >> from);
                skips.put(number, child("skips." + number, new SkipExcitation(low, out, 4, START, random)));
            }
        }
        int last = config.channels(FastGanDiscriminatorConfig.BASE);
        List<Layer> head = new ArrayList<>();
        addBlock(head, convolution(last, 2 * last, 1, 1, 0, random), 2 * last, random);
        head.add(convolution(2 * last, 1, 4, 1, 0, random));
        logits = child("logits", new Sequential(head));

        List<Layer> stack = new ArrayList<>();
        stack.add(convolution(colours, config.channels(side / 2), 4, 2, 1, random));
        stack.add(Activation.leakyRelu(SLOPE));
        for (int at = side / 8; at >= FastGanDiscriminatorConfig.BASE; at /= 2) {
            int out = config.channels(2 * at);
            addBlock(stack, convolution(config.channels(4 * at), out, 4, 2, 1, random), out, random);
        }
        small = child("small", new Sequential(stack));
        smallLogits = child(
                "smallLogits",
                new Sequential(convolution(config.channels(2 * FastGanDiscriminatorConfig.BASE), 1, 4, 1, 0, random)));
        if (config.spectral()) {
            Spectral.normalize(this, random);
        }
    }

    private static Conv2d convolution(int in, int out, int kernel, int stride, int padding, RandomGenerator random) {
        ConvConfig config = ConvConfig.of(in, out, kernel).strided(stride, padding);
        return new Conv2d(config.withoutBias(), START, random);
    }

    private void addBlock(List<Layer> layers, Conv2d convolution, int out, RandomGenerator random) {
        layers.add(convolution);
        layers.add(config.normalization().layer(out, START, random));
        layers.add(Activation.leakyRelu(SLOPE));
    }

    /**
     * Logits of overlapping patches of each image, and of its copy of half the side.
     *
     * @param samples [N, C, S, S]
     * @return [N, 1, 10, 5]: those of the image above those of its small copy
     */
    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        ConditionShape.none().require(conditioning, samples.size(0));
        try (TensorScope scratch = TensorScope.open()) {
            List<Tensor> maps = maps(samples);
            Tensor both = Tensors.cat(List.of(logits.forward(maps.get(1)), smallLogits.forward(maps.get(2))), 2);
            return scratch.promote(both);
        }
    }

    @Override
    public boolean hasPatchLogits() {
        return true;
    }

    @Override
    public Optional<FeatureMaps> featureMaps() {
        return Optional.of(this);
    }

    /** The map of side 16, the last one, of side 8, and that of the small copy, of side 8. */
    @Override
    public List<Tensor> maps(Tensor samples) {
        Shapes.require(samples, "images", Shapes.ANY, sample.size(0), sample.size(1), sample.size(2));
        List<Tensor> all = new ArrayList<>();
        all.add(stem.forward(samples));
        for (int number = 0; number < longPaths.size(); number++) {
            Tensor before = all.get(number);
            Tensor joined = longPaths
                    .get(number)
                    .forward(before)
                    .add(shortPaths.get(number).forward(before))
                    .mul(0.5);
            SkipExcitation skip = skips.get(number);
            all.add(skip == null ? joined : skip.forward(all.get(number + 1 - SKIPPED), joined));
        }
        Tensor copy = small.forward(Functional.avgPool2d(samples, 2, 2, 0, false));
        return List.of(all.get(all.size() - 2), all.get(all.size() - 1), copy);
    }

    @Override
    public List<MapDecoder> decoders(int side, RandomGenerator random) {
        int base = FastGanDiscriminatorConfig.BASE;
        List<Integer> inputs = List.of(config.channels(2 * base), config.channels(base), config.channels(2 * base));
        List<MapDecoder> decoders = new ArrayList<>();
        for (int input : inputs) {
            List<Integer> channels = new ArrayList<>(List.of(input));
            for (int made = 2 * base; made <= side; made *= 2) {
                channels.add(config.decoderChannels(made));
            }
            decoders.add(new MapDecoder(channels, (int) sample.size(0), config.spectral(), random));
        }
        return decoders;
    }
}
