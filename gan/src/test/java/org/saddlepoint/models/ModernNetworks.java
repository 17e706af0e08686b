package org.saddlepoint.models;

import java.util.List;
import java.util.function.Function;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.SelfAttention;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/** The rest of {@link Networks}: self-attention and networks with it, BigGAN's, and the "standard CNN". */
final class ModernNetworks {
    private static final Initialization NORMAL =
            new Initialization(Initializer.normal(0, 0.5), Initializer.normal(0, 0.5), Initializer.normal(1, 0.2));
    private static final InitialWeights DEFAULT = new InitialWeights.PytorchDefault();
    private static final Latent LATENT = new Latent(3, Latent.Distribution.NORMAL);
    private static final Latent LONGER = new Latent(5, Latent.Distribution.NORMAL);
    private static final Shape IMAGE = Shape.of(1, 8, 8);
    private static final ConditionShape CLASSES = ConditionShape.Classes.of(3);

    private ModernNetworks() {}

    static List<Networks.Case> all() {
        ResNetGeneratorConfig resNet = new ResNetGeneratorConfig(
                1,
                ResNet.Growth.CONSTANT,
                List.of(2, 8, 3),
                ResNet.Upsampling.NEAREST,
                true,
                false,
                List.of(4),
                true,
                DEFAULT,
                1);
        ResNetDiscriminatorConfig judge = new ResNetDiscriminatorConfig(
                1,
                ResNet.Growth.CONSTANT,
                List.of(8, 2, 3),
                1,
                ResNet.Widening.FIRST,
                ResNet.Pooling.SUM,
                true,
                List.of(4),
                DEFAULT,
                1);
        GeneratorConfig dcgan = new DcganGeneratorConfig(8, Upsampling.NEAREST, List.of(4), true);
        DiscriminatorConfig dcganJudge = new DcganDiscriminatorConfig(8, Normalization.NONE, List.of(4));
        return List.of(
                new Networks.Case("SelfAttention", r -> moved(new SelfAttention(8, NORMAL, r), r), normal(2, 8, 4, 4)),
                generator("ResNetGenerator with attention", resNet, LATENT, CLASSES),
                discriminator("ResNetDiscriminator with attention", judge),
                generator("DcganGenerator with attention", dcgan, LATENT, ConditionShape.none()),
                discriminator("DcganDiscriminator with attention", dcganJudge),
                generator("BigGanGenerator", bigGan(2, true), LONGER, CLASSES),
                generator("BigGanGenerator without classes", bigGan(0, true), LONGER, ConditionShape.none()),
                generator("BigGanGenerator of tables", bigGan(0, false), LONGER, CLASSES),
                generator("FastGanGenerator", new FastGanGeneratorConfig(1, 1, false), LATENT, CLASSES),
                generator("CnnGenerator", new CnnGeneratorConfig(1, DEFAULT), LATENT, CLASSES),
                discriminator("CnnDiscriminator", new CnnDiscriminatorConfig(2, Nonlinearity.LEAKY_RELU, 0.1, DEFAULT)),
                new Networks.Case(
                        "MapDecoder", r -> moved(new MapDecoder(List.of(2, 1), 1, false, r), r), normal(2, 2, 8, 8)),
                new Networks.Case(
                                "FastGanDiscriminator",
                                r -> new FastGanDiscriminatorConfig(1, Normalization.BATCH, false)
                                        .create(Shape.of(1, 32, 32), r),
                                normal(2, 1, 32, 32))
                        .whole());
    }

    private static GeneratorConfig bigGan(int sharedSize, boolean hierarchical) {
        return new BigGanGeneratorConfig(
                8, ResNet.Growth.CONSTANT, sharedSize, hierarchical, List.of(8), sharedSize > 0, DEFAULT);
    }

    private static Networks.Case generator(
            String name, GeneratorConfig config, Latent latent, ConditionShape condition) {
        return new Networks.Case(
                        name,
                        r -> moved(config.create(latent, condition, IMAGE, r), r),
                        normal(3, latent.size()),
                        condition)
                .whole();
    }

    private static Networks.Case discriminator(String name, DiscriminatorConfig config) {
        return new Networks.Case(name, r -> moved(config.create(IMAGE, r), r), normal(2, 1, 8, 8)).whole();
    }

    private static <N extends Network> N moved(N network, RandomGenerator random) {
        return Networks.moved(network, random);
    }

    private static Function<RandomGenerator, Tensor> normal(long... shape) {
        return random -> random.normal(DType.FLOAT64, shape);
    }
}
