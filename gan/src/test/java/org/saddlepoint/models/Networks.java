package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.BatchNorm;
import org.saddlepoint.nn.ConditionalBatchNorm;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.ConvTranspose2d;
import org.saddlepoint.nn.Dropout;
import org.saddlepoint.nn.Embedding;
import org.saddlepoint.nn.FunctionLayer;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.InstanceNorm;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.ReflectionPad;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.nn.SpectralNorm;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.nn.WeightNorm;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Small instances of all layers and networks: each new one is listed here and inherits the tests. */
final class Networks {
    private static final Initialization NORMAL =
            new Initialization(Initializer.normal(0, 0.5), Initializer.normal(0, 0.5), Initializer.normal(1, 0.2));
    private static final Latent LATENT = new Latent(3, Latent.Distribution.NORMAL);
    private static final Shape IMAGE = Shape.of(1, 8, 8);
    private static final Shape SMALL = Shape.of(1, 4, 4); // enough for networks that do not look at neighbours
    private static final Shape POINT = Shape.of(2);
    private static final InitialWeights UNIFORM = new InitialWeights.Uniform(0.9);
    private static final InitialWeights DEFAULT = new InitialWeights.PytorchDefault();
    private static final DiscriminatorConfig LEAKY = MlpDiscriminatorConfig.of(List.of(6, 5), UNIFORM);

    private Networks() {}

    /**
     * How to make one, and what to give it.
     *
     * @param name what it is called in reports
     * @param build makes it; weights and, in training, dropout come from the generator
     * @param input makes a batch for it, float64 or indices
     * @param differences whether finite differences can check its gradients; otherwise a golden test does
     */
    record Case(
            String name,
            Function<RandomGenerator, Network> build,
            Function<RandomGenerator, Tensor> input,
            ConditionShape condition,
            boolean differences) {
        Case(String name, Function<RandomGenerator, Network> build, Function<RandomGenerator, Tensor> input) {
            this(name, build, input, ConditionShape.none());
        }

        Case(
                String name,
                Function<RandomGenerator, Network> build,
                Function<RandomGenerator, Tensor> input,
                ConditionShape condition) {
            this(name, build, input, condition, true);
        }

        /** The same, of so many weights and units that differences step over the kinks of some. */
        Case whole() {
            return new Case(name, build, input, condition, false);
        }

        Tensor forward(Network network, Tensor batch) {
            Conditioning asked = Conditions.of(condition, batch.size(0), batch.dtype());
            if (network instanceof Generator generator) {
                return generator.forward(batch, asked);
            }
            if (network instanceof ImageTranslator translator) {
                return translator.translate(batch);
            }
            if (network instanceof Discriminator discriminator) {
                DiscriminatorOutput output = discriminator.discriminate(batch, asked);
                Tensor classes = output.classLogits();
                return classes == null
                        ? output.logits()
                        : Tensors.cat(List.of(output.logits().unsqueeze(1), classes), 1);
            }
            return asked instanceof Conditioning.Labels labels
                    ? ((Layer) network).forward(batch, labels.classes())
                    : ((Layer) network).forward(batch);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> all() {
        List<Case> all = new ArrayList<>(Conditions.networks());
        all.addAll(layers());
        all.addAll(generators());
        all.addAll(ModernNetworks.all());
        all.addAll(discriminators());
        all.addAll(translation());
        all.addAll(constrained());
        return all;
    }

    private static List<Case> layers() {
        return List.of(
                new Case("Linear", r -> new Linear(3, 2, NORMAL, r), normal(4, 3)),
                new Case("Linear without bias", r -> new Linear(3, 2, false, NORMAL, r), normal(4, 3)),
                new Case(
                        "Conv2d", r -> new Conv2d(ConvConfig.of(2, 3, 3).strided(2, 1), NORMAL, r), normal(2, 2, 5, 5)),
                new Case(
                        "ConvTranspose2d",
                        r -> new ConvTranspose2d(ConvConfig.of(2, 3, 4).strided(2, 1), NORMAL, r),
                        normal(2, 2, 3, 3)),
                new Case(
                        "ConvTranspose2d with output padding",
                        r -> new ConvTranspose2d(ConvConfig.of(2, 3, 3).strided(2, 1), 1, NORMAL, r),
                        normal(2, 2, 3, 2)),
                new Case("InstanceNorm", r -> new InstanceNorm(3, NORMAL, r), normal(2, 3, 2, 3)),
                new Case("InstanceNorm without weights", r -> InstanceNorm.withoutWeights(), normal(2, 3, 2, 3)),
                new Case("ReflectionPad", r -> new ReflectionPad(2), normal(2, 2, 3, 4)),
                new Case("BatchNorm", r -> new BatchNorm(3, NORMAL, r), normal(4, 3, 2, 2)),
                new Case(
                        "ConditionalBatchNorm",
                        r -> new ConditionalBatchNorm(2, 3, NORMAL, r),
                        normal(4, 3, 2, 2),
                        ConditionShape.Classes.of(2)),
                new Case("Embedding", r -> new Embedding(5, 2, NORMAL, r), r -> r.integers(5, 6)),
                new Case("Dropout", r -> new Dropout(0.3, r), normal(4, 6)),
                new Case("Activation", r -> Activation.leakyRelu(0.1), normal(4, 6)),
                new Case("FunctionLayer", Networks::bumps, normal(4, 2)),
                new Case(
                        "Sequential",
                        r -> new Sequential(
                                new Linear(4, 6, NORMAL, r),
                                new BatchNorm(6, NORMAL, r),
                                Activation.maxout(2),
                                new Dropout(0.3, r),
                                new Linear(3, 2, NORMAL, r)),
                        normal(5, 4)));
    }

    /** Σ aᵢ exp(−|x − cᵢ|²) of points. */
    private static FunctionLayer bumps(RandomGenerator random) {
        return FunctionLayer.with(random)
                .weight("c", Initializer.normal(0, 1), 3, 2)
                .weight("a", Initializer.normal(0, 1), 3)
                .computing((weights, input) -> input.unsqueeze(1)
                        .sub(weights.get("c"))
                        .square()
                        .sum(false, 2)
                        .neg()
                        .exp()
                        .matmul(weights.get("a")));
    }

    /** With other weights: those that start at 0 would hide what lies before them. */
    static <N extends Network> N moved(N network, RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            for (Tensor weight : network.weights()) {
                weight.assign(weight.detach()
                        .add(random.normal(weight.shape().toArray()).mul(0.3)));
            }
        }
        return network;
    }

    private static List<Case> generators() {
        GeneratorConfig dcgan = new DcganGeneratorConfig(2);
        GeneratorConfig deep = new MlpGeneratorConfig(List.of(6, 5), UNIFORM);
        GeneratorConfig mlp = new MlpGeneratorConfig(List.of(7), UNIFORM);
        ResNetGeneratorConfig constant =
                new ResNetGeneratorConfig(3, ResNet.Growth.CONSTANT, ResNet.Upsampling.NEAREST, DEFAULT, 1.5);
        ResNetGeneratorConfig doubling =
                new ResNetGeneratorConfig(2, ResNet.Growth.DOUBLING, ResNet.Upsampling.BILINEAR, DEFAULT, 1);
        return List.of(
                new Case("DcganGenerator", r -> dcgan.create(LATENT, IMAGE, r), normal(3, 3)),
                new Case(
                        "GeneratorBlock",
                        r -> new GeneratorBlock(constant.parts(normalized(r)), 2, 3, r),
                        normal(3, 2, 3, 3)),
                new Case(
                        "GeneratorBlock bilinear",
                        r -> new GeneratorBlock(doubling.parts(normalized(r)), 2, 2, r),
                        normal(3, 2, 3, 3)),
                new Case("ResNetGenerator", r -> constant.create(LATENT, IMAGE, r), normal(3, 3)),
                new Case("ResNetGenerator deeper", r -> doubling.create(LATENT, Shape.of(2, 16, 16), r), normal(3, 3)),
                new Case(
                        "R3GanGenerator",
                        r -> moved(new R3GanGeneratorConfig(2, 4, 1, 2).create(LATENT, IMAGE, r), r),
                        normal(3, 3)),
                new Case(
                        "StyleGan2Generator",
                        r -> new StyleGan2GeneratorConfig(16, 3, 3, 1, 0.9).create(LATENT, IMAGE, r),
                        normal(3, 3)),
                new Case("R3GanBlock", r -> moved(new R3Gan(2, 4, 1, 2).block(0, 2, r), r), normal(3, 2, 3, 3)),
                new Case("MlpGenerator of images", r -> deep.create(LATENT, SMALL, r), normal(3, 3)),
                new Case("MlpGenerator of points", r -> mlp.create(LATENT, POINT, r), normal(3, 3)),
                new Case(
                        "LayerGenerator",
                        r -> Generator.of(LATENT, ConditionShape.none(), POINT, new Linear(3, 2, NORMAL, r)),
                        normal(3, 3)));
    }

    private static IntFunction<Layer> normalized(RandomGenerator random) {
        return channels -> new BatchNorm(channels, NORMAL, random);
    }

    private static List<Case> discriminators() {
        DiscriminatorConfig dcgan = new DcganDiscriminatorConfig(2, Normalization.BATCH);
        DiscriminatorConfig instance = new DcganDiscriminatorConfig(2, Normalization.INSTANCE);
        DiscriminatorConfig plain = new DcganDiscriminatorConfig(2, Normalization.NONE);
        DiscriminatorConfig maxout = new MlpDiscriminatorConfig(List.of(4, 3), UNIFORM, 3, 0.2, 0.2, 0.5);
        ResNetDiscriminatorConfig constant = new ResNetDiscriminatorConfig(
                2, ResNet.Growth.CONSTANT, 1, ResNet.Widening.FIRST, ResNet.Pooling.MEAN, true, DEFAULT, 1.5);
        ResNetDiscriminatorConfig doubling = new ResNetDiscriminatorConfig(
                2, ResNet.Growth.DOUBLING, 1, ResNet.Widening.SECOND, ResNet.Pooling.SUM, false, DEFAULT, 1);
        return List.of(
                new Case("DcganDiscriminator", r -> dcgan.create(IMAGE, r), normal(3, 1, 8, 8)),
                new Case("DcganDiscriminator deeper", r -> dcgan.create(Shape.of(1, 16, 16), r), normal(2, 1, 16, 16)),
                new Case(
                        "DcganDiscriminator of instances",
                        r -> instance.create(Shape.of(2, 16, 16), r),
                        normal(2, 2, 16, 16)),
                new Case("DcganDiscriminator not normalized", r -> plain.create(IMAGE, r), normal(3, 1, 8, 8)),
                new Case(
                        "DiscriminatorBlock first",
                        r -> new DiscriminatorBlock(doubling, 0, 1, true, r),
                        normal(2, 1, 4, 4)),
                new Case(
                        "DiscriminatorBlock wider",
                        r -> new DiscriminatorBlock(doubling, 1, 2, false, r),
                        normal(2, 2, 4, 4)),
                new Case(
                        "DiscriminatorBlock flat",
                        r -> new DiscriminatorBlock(constant, 2, 2, false, r),
                        normal(2, 2, 3, 3)),
                new Case("ResNetDiscriminator", r -> constant.create(IMAGE, r), normal(3, 1, 8, 8)),
                new Case(
                        "ResNetDiscriminator deeper",
                        r -> doubling.create(Shape.of(2, 12, 12), r),
                        normal(2, 2, 12, 12)),
                new Case(
                        "R3GanDiscriminator",
                        r -> moved(new R3GanDiscriminatorConfig(2, 4, 1, 2).create(IMAGE, r), r),
                        normal(3, 1, 8, 8)),
                new Case("MlpDiscriminator of images", r -> maxout.create(SMALL, r), normal(3, 1, 4, 4)),
                new Case(
                        "StyleGan2Discriminator",
                        r -> new StyleGan2DiscriminatorConfig(16, 3, true, 4).create(IMAGE, r),
                        normal(3, 1, 8, 8)),
                new Case("MlpDiscriminator of points", r -> LEAKY.create(POINT, r), normal(5, 2)),
                new Case("LayerDiscriminator", r -> Discriminator.of(bumps(r)), normal(5, 2)));
    }

    private static List<Case> constrained() {
        DiscriminatorConfig pieces = new MlpDiscriminatorConfig(List.of(4, 3), UNIFORM, 3, 0.2, 0, 0);
        return List.of(
                new Case("SpectralNorm of Linear", r -> spectral(new Linear(3, 4, NORMAL, r), r), normal(4, 3)),
                new Case(
                        "SpectralNorm of Conv2d",
                        r -> spectral(new Conv2d(ConvConfig.of(2, 3, 3), NORMAL, r), r),
                        normal(2, 2, 4, 4)),
                new Case(
                        "SpectralNorm of ConvTranspose2d",
                        r -> spectral(new ConvTranspose2d(ConvConfig.of(2, 3, 2), NORMAL, r), r),
                        normal(2, 2, 3, 3)),
                new Case(
                        "SpectralNorm of Embedding",
                        r -> spectral(new Embedding(5, 2, NORMAL, r), r),
                        r -> r.integers(5, 6)),
                new Case("WeightNorm of Linear", r -> lengths(new Linear(3, 4, NORMAL, r)), normal(4, 3)),
                new Case(
                        "WeightNorm of ConvTranspose2d",
                        r -> lengths(new ConvTranspose2d(ConvConfig.of(2, 3, 2), NORMAL, r)),
                        normal(2, 2, 3, 3)),
                new Case("GradientNormalization of points", r -> normalized(LEAKY, POINT, r), normal(5, 2)),
                new Case("GradientNormalization of images", r -> normalized(pieces, SMALL, r), normal(3, 1, 4, 4)));
    }

    /** U-Nets begin at five halvings: as blocks they are small enough for finite differences, as a whole they are not. */
    private static List<Case> translation() {
        InitialWeights weights = new InitialWeights.XavierNormal(1.5);
        UNetConfig unet = new UNetConfig(6, 1, Normalization.BATCH, true, false, weights);
        UNetConfig instance = new UNetConfig(5, 1, Normalization.INSTANCE, false, false, weights);
        ResNetTranslatorConfig resNet = new ResNetTranslatorConfig(1, 1, Normalization.INSTANCE, true, false, weights);
        ResNetTranslatorConfig shallow = new ResNetTranslatorConfig(0, 1, Normalization.BATCH, false, false, weights);
        UNetConfig nearest = new UNetConfig(5, 1, Upsampling.NEAREST, Normalization.BATCH, false, false, weights);
        ResNetTranslatorConfig bilinear =
                new ResNetTranslatorConfig(0, 1, Upsampling.BILINEAR, Normalization.INSTANCE, false, false, weights);
        ResNetTranslatorConfig skipped = new ResNetTranslatorConfig(0, 1, Normalization.NONE, false, true, weights);
        return List.of(
                new Case("UNetBlock innermost", r -> UNetBlock.innermost(instance, r), normal(1, 8, 4, 4)),
                new Case(
                        "UNetBlock between",
                        r -> UNetBlock.between(unet, 5, UNetBlock.innermost(unet, r), r),
                        normal(2, 8, 4, 4)),
                new Case("UNetBlock innermost, nearest", r -> UNetBlock.innermost(nearest, r), normal(1, 8, 4, 4)),
                new Case("UNetTranslator, nearest", r -> nearest.create(1, 2, r), normal(1, 1, 32, 32)).whole(),
                new Case("ResNetTranslator, bilinear", r -> bilinear.create(1, 2, r), normal(1, 1, 8, 8)),
                new Case("UNetTranslator", r -> unet.create(1, 2, r), normal(1, 1, 64, 64)).whole(),
                new Case("UNetTranslator of instances", r -> instance.create(2, 1, r), normal(1, 2, 32, 64)).whole(),
                new Case("TranslatorBlock", r -> new TranslatorBlock(resNet, 2, r), normal(2, 2, 3, 4)),
                new Case("ResNetTranslator", r -> resNet.create(1, 2, r), normal(1, 1, 8, 8)),
                new Case("ResNetTranslator without blocks", r -> shallow.create(2, 1, r), normal(2, 2, 8, 8)),
                new Case("ResNetTranslator with a global skip", r -> skipped.create(2, 2, r), normal(2, 2, 8, 8)),
                new Case(
                        "PatchGanDiscriminator",
                        r -> new PatchGanConfig(1, 2, Normalization.INSTANCE, weights).create(2, r),
                        normal(2, 2, 8, 10)),
                new Case(
                        "PatchGanDiscriminator deeper",
                        r -> new PatchGanConfig(2, 1, Normalization.BATCH, weights).create(1, r),
                        normal(2, 1, 16, 16)),
                new Case(
                        "PatchGanDiscriminator of pixels",
                        r -> new PatchGanConfig(0, 2, Normalization.BATCH, weights).create(2, r),
                        normal(2, 2, 3, 3)));
    }

    /** From the first pass in training on u and v have converged, which is when the derivative is that of the value. */
    private static WeightLayer spectral(WeightLayer layer, RandomGenerator random) {
        layer.parametrize((weight, outputAxis) -> new SpectralNorm(weight, outputAxis, 200, 0, random));
        return layer;
    }

    private static WeightLayer lengths(WeightLayer layer) {
        layer.parametrize(WeightNorm::new);
        return layer;
    }

    private static Discriminator normalized(DiscriminatorConfig config, Shape sample, RandomGenerator random) {
        return GradientNormalization.PAPER.apply(config.create(sample, random), sample, random);
    }

    private static Function<RandomGenerator, Tensor> normal(long... shape) {
        return random -> random.normal(DType.FLOAT64, shape);
    }
}
