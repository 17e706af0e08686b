package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensors;

/** Every way to condition a network, on every family and kind of condition it works with: a new way is listed here. */
public final class Conditions {
    private static final Latent LATENT = new Latent(3, Latent.Distribution.NORMAL);
    private static final Shape IMAGE = Shape.of(1, 8, 8);
    private static final Shape POINT = Shape.of(2);
    private static final InitialWeights UNIFORM = new InitialWeights.Uniform(0.9);
    private static final InitialWeights DEFAULT = new InitialWeights.PytorchDefault();
    private static final Families MLP = new Families(
            "mlp", new MlpGeneratorConfig(List.of(6), UNIFORM), MlpDiscriminatorConfig.of(List.of(5), UNIFORM));
    private static final Families DCGAN =
            new Families("dcgan", new DcganGeneratorConfig(2), new DcganDiscriminatorConfig(2, Normalization.NONE));
    private static final Families RESNET = new Families(
            "resnet",
            new ResNetGeneratorConfig(2, ResNet.Growth.CONSTANT, ResNet.Upsampling.NEAREST, DEFAULT, 1.5),
            new ResNetDiscriminatorConfig(
                    2, ResNet.Growth.CONSTANT, 0, ResNet.Widening.FIRST, ResNet.Pooling.MEAN, true, DEFAULT, 1.5));

    /** Its groups of 3 are the batches here. */
    private static final Families STYLE = new Families(
            "stylegan2",
            new StyleGan2GeneratorConfig(16, 2, 2, 2, 0),
            new StyleGan2DiscriminatorConfig(8, 2, false, 3));

    /** Three classes, two numbers, an image as large as the samples. */
    static final ConditionShape CLASSES = ConditionShape.Classes.of(3);

    static final ConditionShape UNLABELLED = new ConditionShape.Classes(2, true);
    static final ConditionShape VECTOR = new ConditionShape.Vector(2);
    static final ConditionShape PICTURE = new ConditionShape.Image(Shape.of(2, 8, 8));

    private Conditions() {}

    /** Generators and discriminators of one kind. */
    private record Families(String name, GeneratorConfig generators, DiscriminatorConfig discriminators) {}

    /** A network that takes a condition in some way. */
    private record Built(Families family, Shape sample, ConditionShape condition) {
        private Networks.Case generator(GeneratorConditioning way) {
            return new Networks.Case(
                    family.name() + " G by " + way + " of " + condition,
                    random -> way.build(family.generators(), condition, LATENT, sample, random),
                    random -> random.normal(DType.FLOAT64, 3, LATENT.size()),
                    condition);
        }

        private Networks.Case discriminator(DiscriminatorConditioning way) {
            long[] batch = sample.rank() == 1
                    ? new long[] {3, sample.size(0)}
                    : new long[] {3, sample.size(0), sample.size(1), sample.size(2)};
            return new Networks.Case(
                    family.name() + " D by " + way + " of " + condition,
                    random -> way.build(family.discriminators(), condition, sample, random),
                    random -> random.normal(DType.FLOAT64, batch),
                    condition);
        }
    }

    /** All that work, as cases of the laws of networks. */
    static List<Networks.Case> networks() {
        List<Networks.Case> all = new ArrayList<>();
        for (ConditionShape condition : List.of(CLASSES, UNLABELLED, VECTOR)) {
            for (Built built : List.of(
                    new Built(MLP, POINT, condition),
                    new Built(MLP, IMAGE, condition),
                    new Built(DCGAN, IMAGE, condition),
                    new Built(RESNET, IMAGE, condition))) {
                all.add(built.generator(new GeneratorConditioning.Concatenation()));
                all.add(built.generator(new GeneratorConditioning.Embedded(4)));
                all.add(built.generator(new GeneratorConditioning.Multiplied()));
                all.add(built.discriminator(new DiscriminatorConditioning.Channels()));
                all.add(built.discriminator(new DiscriminatorConditioning.Projection()));
                if (built.sample().rank() == 3) {
                    all.add(built.discriminator(new DiscriminatorConditioning.EmbeddedChannel()));
                }
                if (built.family() == MLP) {
                    all.add(built.discriminator(new DiscriminatorConditioning.Embedded(4)));
                } else if (condition instanceof ConditionShape.Classes) {
                    all.add(built.generator(new GeneratorConditioning.BatchNormalized()));
                }
                if (condition.equals(CLASSES)) {
                    all.add(built.discriminator(new DiscriminatorConditioning.AuxiliaryClassifier()));
                }
            }
        }
        for (ConditionShape condition : List.of(CLASSES, UNLABELLED, VECTOR)) {
            Built built = new Built(STYLE, IMAGE, condition);
            all.add(built.generator(new GeneratorConditioning.Mapped()));
            all.add(built.discriminator(new DiscriminatorConditioning.Mapped()));
        }
        for (Built built : List.of(
                new Built(MLP, IMAGE, PICTURE), new Built(DCGAN, IMAGE, PICTURE), new Built(RESNET, IMAGE, PICTURE))) {
            all.add(built.generator(new GeneratorConditioning.Pooled(2)));
            all.add(built.discriminator(new DiscriminatorConditioning.Channels()));
        }
        return all;
    }

    /** Some condition for a batch of this many samples, always the same; made anew in the current scope. */
    public static Conditioning of(ConditionShape condition, long samples, DType dtype) {
        int count = Math.toIntExact(samples);
        if (condition instanceof ConditionShape.Classes classes) {
            long[] labels = new long[count];
            for (int i = 0; i < count; i++) {
                labels[i] = (2L * i + 1) % classes.count();
            }
            return Conditioning.labels(labels);
        }
        if (condition instanceof ConditionShape.Vector vector) {
            return new Conditioning.Vectors(Tensors.of(waves(count * vector.size()), count, vector.size())
                    .to(numbers(dtype)));
        }
        if (condition instanceof ConditionShape.Image image) {
            Shape shape = image.shape();
            double[] pixels = waves(count * Math.toIntExact(shape.elements()));
            return new Conditioning.Images(Tensors.of(pixels, count, shape.size(0), shape.size(1), shape.size(2))
                    .to(numbers(dtype)));
        }
        return Conditioning.none();
    }

    private static DType numbers(DType dtype) {
        return dtype.isFloatingPoint() ? dtype : DType.FLOAT32;
    }

    private static double[] waves(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.sin(1.7 * i + 1);
        }
        return values;
    }
}
