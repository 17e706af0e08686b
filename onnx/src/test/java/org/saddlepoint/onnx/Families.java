package org.saddlepoint.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.saddlepoint.models.BigGanGeneratorConfig;
import org.saddlepoint.models.CnnGeneratorConfig;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.FastGanGeneratorConfig;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.GeneratorConditioning;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.R3GanGeneratorConfig;
import org.saddlepoint.models.ResNet;
import org.saddlepoint.models.ResNetGeneratorConfig;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.models.StyleGan2GeneratorConfig;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.models.UNetConfig;
import org.saddlepoint.models.Upsampling;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Small networks of all families, in use, with weights and statistics as after a training; a new family is listed here. */
final class Families {
    private static final Latent LATENT = new Latent(12, Latent.Distribution.NORMAL);
    private static final Shape IMAGE = Shape.of(3, 16, 16);
    private static final Shape POINT = Shape.of(2);
    private static final InitialWeights DEFAULT = new InitialWeights.PytorchDefault();

    /** Enough for norms of weights to settle. */
    private static final int PASSES = 10;

    private Families() {}

    /**
     * A network and what it computes.
     *
     * @param network belongs to the caller
     * @param computation what is exported of it
     */
    record Made(Network network, Computation computation) implements AutoCloseable {
        @Override
        public void close() {
            network.close();
        }
    }

    /**
     * How one is made.
     *
     * @param name what it is called in reports
     * @param family its settings
     * @param create makes it
     */
    record Case(String name, Object family, Function<RandomGenerator, Made> create) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> all() {
        List<Case> all = new ArrayList<>(generators());
        all.addAll(conditional());
        all.addAll(translators());
        return all;
    }

    private static List<Case> generators() {
        return List.of(
                generator("mlp of points", new MlpGeneratorConfig(List.of(16), DEFAULT), POINT),
                generator("mlp", new MlpGeneratorConfig(List.of(16), DEFAULT), IMAGE),
                generator("dcgan", new DcganGeneratorConfig(4), IMAGE),
                generator(
                        "dcgan nearest, attention, spectral",
                        new DcganGeneratorConfig(8, Upsampling.NEAREST, List.of(8), true),
                        IMAGE),
                generator("dcgan bilinear", new DcganGeneratorConfig(4, Upsampling.BILINEAR), IMAGE),
                generator("cnn", new CnnGeneratorConfig(4, DEFAULT), IMAGE),
                generator("resnet", resnet(ResNet.Upsampling.NEAREST), IMAGE),
                generator("resnet bilinear", resnet(ResNet.Upsampling.BILINEAR), IMAGE),
                generator("biggan", biggan(0), IMAGE),
                generator("fastgan", new FastGanGeneratorConfig(2, 2, true), IMAGE),
                generator("r3gan", new R3GanGeneratorConfig(4, 8, 1, 2), IMAGE),
                generator("stylegan2", style(), IMAGE),
                noisy("stylegan2 with noise as inputs", style()));
    }

    private static List<Case> conditional() {
        ConditionShape classes = ConditionShape.Classes.of(5);
        return List.of(
                conditional("dcgan of classes", new DcganGeneratorConfig(4), classes, bn()),
                conditional(
                        "mlp of classes behind the latent",
                        new MlpGeneratorConfig(List.of(16), DEFAULT),
                        classes,
                        new GeneratorConditioning.Concatenation()),
                conditional(
                        "cnn of embedded classes",
                        new CnnGeneratorConfig(4, DEFAULT),
                        classes,
                        new GeneratorConditioning.Embedded(3)),
                conditional(
                        "r3gan of vectors",
                        new R3GanGeneratorConfig(4, 8, 1, 2),
                        new ConditionShape.Vector(3),
                        new GeneratorConditioning.Embedded(3)),
                conditional(
                        "dcgan times classes",
                        new DcganGeneratorConfig(4),
                        classes,
                        new GeneratorConditioning.Multiplied()),
                conditional("biggan of classes", biggan(6), classes, bn()),
                conditional("stylegan2 of classes", style(), classes, new GeneratorConditioning.Mapped()),
                conditional(
                        "stylegan2 of vectors",
                        style(),
                        new ConditionShape.Vector(3),
                        new GeneratorConditioning.Mapped()));
    }

    private static List<Case> translators() {
        return List.of(
                translator("unet", unet(Normalization.BATCH, false), false),
                translator("unet of instances, global skip", unet(Normalization.INSTANCE, true), false),
                translator("unet in training mode, with dropout", unet(Normalization.BATCH, false), true),
                translator(
                        "unet by nearest neighbours",
                        new UNetConfig(5, 2, Upsampling.NEAREST, Normalization.BATCH, false, false, DEFAULT),
                        false),
                translator(
                        "resnet translator, bilinear",
                        new ResNetTranslatorConfig(
                                1, 4, Upsampling.BILINEAR, Normalization.BATCH, false, false, DEFAULT),
                        false),
                translator("resnet translator", translator(Normalization.INSTANCE), false),
                translator("resnet translator of batches", translator(Normalization.BATCH), false));
    }

    private static GeneratorConditioning bn() {
        return new GeneratorConditioning.BatchNormalized();
    }

    private static ResNetGeneratorConfig resnet(ResNet.Upsampling upsampling) {
        return new ResNetGeneratorConfig(4, ResNet.Growth.DOUBLING, upsampling, DEFAULT, 1);
    }

    private static BigGanGeneratorConfig biggan(int shared) {
        return new BigGanGeneratorConfig(8, ResNet.Growth.DOUBLING, shared, true, List.of(8), true, DEFAULT);
    }

    private static StyleGan2GeneratorConfig style() {
        return new StyleGan2GeneratorConfig(64, 8, 6, 2, 0.9);
    }

    private static UNetConfig unet(Normalization normalization, boolean skip) {
        return new UNetConfig(5, 2, normalization, true, skip, DEFAULT);
    }

    private static ResNetTranslatorConfig translator(Normalization normalization) {
        return new ResNetTranslatorConfig(2, 4, normalization, true, false, DEFAULT);
    }

    private static Case generator(String name, GeneratorConfig family, Shape sample) {
        return new Case(
                name,
                family,
                random -> made(family.create(LATENT, sample, random), ConditionShape.none(), false, random));
    }

    private static Case noisy(String name, GeneratorConfig family) {
        return new Case(
                name,
                family,
                random -> made(family.create(LATENT, IMAGE, random), ConditionShape.none(), true, random));
    }

    private static Case conditional(
            String name, GeneratorConfig family, ConditionShape condition, GeneratorConditioning way) {
        return new Case(
                name,
                family,
                random -> made(way.build(family, condition, LATENT, IMAGE, random), condition, false, random));
    }

    private static Made made(Generator generator, ConditionShape condition, boolean noise, RandomGenerator random) {
        return trained(generator, Computations.of(generator, LATENT, condition, noise), random);
    }

    private static Case translator(String name, TranslatorConfig family, boolean training) {
        return new Case(name, family, random -> {
            ImageTranslator translator = family.create(3, 3, random);
            Made made = trained(
                    translator, Computations.of(translator, Pictures.noise(family, 3), training, false), random);
            translator.train(training);
            return made;
        });
    }

    /** With weights and running statistics of which none is what it starts as: those would hide mistakes. */
    private static Made trained(Network network, Computation computation, RandomGenerator random) {
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            for (Map.Entry<String, Tensor> entry : network.stateDict().entrySet()) {
                Tensor tensor = entry.getValue();
                long[] shape = tensor.shape().toArray();
                if (tensor.dtype().isFloatingPoint() && !entry.getKey().matches(".*(running_|\\._).*")) {
                    tensor.assign(tensor.detach().add(random.normal(shape).mul(0.1)));
                }
            }
            Map<String, Long> sizes = Free.points(computation.free()).get(0);
            for (int pass = 0; pass < PASSES; pass++) {
                try (TensorScope step = TensorScope.open()) {
                    Map<String, Tensor> inputs = new LinkedHashMap<>();
                    computation.ports().forEach(port -> inputs.put(port.name(), port.example(random, sizes)));
                    computation.function().apply(inputs);
                }
            }
        }
        network.train(false);
        return new Made(network, computation);
    }
}
