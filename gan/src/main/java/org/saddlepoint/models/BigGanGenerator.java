package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.BatchNorm;
import org.saddlepoint.nn.ConditionalBatchNorm;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Embedding;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The generator of BigGAN (Brock et al. 2019, appendix B): {@link GeneratorBlock}s whose convolutions have biases and whose
 * normalizations are conditional; the last normalization is not.
 *
 * <pre>
 * z = [z₀, z₁, …, z_n]        hierarchical: z₀ for the first layer, z_i for block i, of ⌊size / (n + 1)⌋ numbers
 * condition of block i:  [e(y), z_i]
 * </pre>
 *
 * <p>z₀ has what is left where the parts do not divide the latent. Without a condition, normalizations depend on z_i alone, or on
 * nothing.
 *
 * <p>State: {@code shared} the embedding e, {@code linear}, {@code blocks.0} …, {@code output.0} and {@code output.2}.
 * Self-attention counts among the blocks.
 */
public final class BigGanGenerator extends LatentGenerator {
    private final int channels;
    private final int base;
    private final int first;
    private final int part;
    private final @Nullable Embedding shared;
    private final Linear linear;
    private final List<Stage> stages = new ArrayList<>();
    private final Sequential output;

    /** @param block which block's condition the layer gets; layers without normalization ignore it */
    private record Stage(Layer layer, int block) {}

    BigGanGenerator(
            BigGanGeneratorConfig config,
            Latent latent,
            ConditionShape condition,
            Shape sample,
            RandomGenerator random) {
        super(latent, condition);
        int doublings = Dcgan.halvings(sample);
        Attention.requirePresent(config.attention(), config.channelsBySide(sample, doublings));
        boolean classes = !condition.isNone();
        requireParts(config, latent, classes, doublings);
        part = config.hierarchical() ? latent.size() / (doublings + 1) : 0;
        first = latent.size() - part * doublings;
        channels = config.channels(doublings);
        base = (int) sample.size(1) >> doublings;
        shared = classes && config.sharedSize() > 0
                ? child("shared", new Embedding(count(condition), config.sharedSize(), config.initialization(), random))
                : null;
        linear = child("linear", new Linear(first, channels * base * base, config.initialization(), random));
        GeneratorBlock.Parts parts = new GeneratorBlock.Parts(
                ResNet.Upsampling.NEAREST,
                true,
                normalization(config, condition, random),
                config.initialization(),
                config.initialization());
        for (int halving = doublings - 1; halving >= 0; halving--) {
            int out = config.channels(halving);
            int side = (int) sample.size(1) >> halving;
            List<Layer> added = new ArrayList<>();
            added.add(new GeneratorBlock(parts, config.channels(halving + 1), out, random));
            Attention.addTo(added, config.attention(), side, out, config.initialization(), random);
            int block = doublings - 1 - halving;
            added.forEach(layer -> stages.add(new Stage(layer, block)));
        }
        child("blocks", new Sequential(stages.stream().map(Stage::layer).toList()));
        ConvConfig last =
                ConvConfig.of(config.channels(0), (int) sample.size(0), 3).strided(1, 1);
        output = child(
                "output",
                new Sequential(
                        new BatchNorm(config.channels(0), config.initialization(), random),
                        Activation.relu(),
                        new Conv2d(last, config.initialization(), random),
                        Activation.tanh()));
        if (config.spectral()) {
            Spectral.normalize(this, random);
        }
    }

    private static int count(ConditionShape condition) {
        return condition.requireClasses("a shared embedding").count();
    }

    private static void requireParts(BigGanGeneratorConfig config, Latent latent, boolean classes, int doublings) {
        if (!config.hierarchical()) {
            return;
        }
        if (latent.size() <= doublings) {
            throw new IllegalArgumentException("hierarchical latents need a number for each of " + doublings
                    + " blocks and one for the first layer, but latent.size was " + latent.size() + "; set it to "
                    + (doublings + 1) + " or more");
        }
        if (classes && config.sharedSize() == 0) {
            throw new IllegalArgumentException("hierarchical latents are joined with an embedding of the class, but"
                    + " sharedSize was 0; set it to 128, or hierarchical to false");
        }
    }

    /** The normalization of blocks: of class and part of the latent, of one of them, or of neither. */
    private IntFunction<Layer> normalization(
            BigGanGeneratorConfig config, ConditionShape condition, RandomGenerator random) {
        int size = part + (shared == null ? 0 : config.sharedSize());
        return width -> size > 0
                ? ConditionalBatchNorm.ofVectors(size, width, config.initialization(), random)
                : normalization(condition, width, config.initialization(), random);
    }

    @Override
    protected Tensor generate(Tensor z, @Nullable Tensor classes) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor known = shared == null || classes == null ? classes : shared.forward(classes);
            Tensor small = linear.forward(z.narrow(1, 0, first)).reshape(-1, channels, base, base);
            Tensor ordered = ResNet.prefersChannelsLast(z.size(0)) ? small.channelsLast() : small;
            return scratch.promote(output.forward(after(stages.size(), ordered, z, known)));
        }
    }

    /** The output of the first so many layers; as in {@link Sequential} each frees what it made on the way, and its input. */
    private Tensor after(int count, Tensor start, Tensor z, @Nullable Tensor known) {
        if (count == 0) {
            return start;
        }
        try (TensorScope scratch = TensorScope.open()) {
            Stage stage = stages.get(count - 1);
            Tensor input = after(count - 1, start, z, known);
            return scratch.promote(stage.layer().forward(input, condition(stage.block(), z, known)));
        }
    }

    private @Nullable Tensor condition(int block, Tensor z, @Nullable Tensor known) {
        if (part == 0) {
            return known;
        }
        Tensor own = z.narrow(1, first + (long) block * part, part);
        return known == null ? own : Tensors.cat(List.of(known, own), 1);
    }
}
