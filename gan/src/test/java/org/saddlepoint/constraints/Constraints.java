package org.saddlepoint.constraints;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.saddlepoint.constraints.GradientNormalization.GeneratorPath;
import org.saddlepoint.constraints.GradientNormalization.Zeta;
import org.saddlepoint.constraints.PenaltyPoints.AroundReal;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Conditions;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorConditioning;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.GeneratorConditioning;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.models.NetworkConditioning;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.ResNet;
import org.saddlepoint.models.ResNetDiscriminatorConfig;
import org.saddlepoint.models.ResNetGeneratorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** All constraints, with their settings, on small networks: each new one is listed here and inherits the tests. */
public final class Constraints {
    /** Power iterations that leave nothing to converge. */
    private static final int CONVERGED = 20;

    /** Whether each family meets each variant, in the long form of these tests. */
    private static final boolean ALL = Boolean.getBoolean("saddlepoint.laws");

    private static final InitialWeights UNIFORM = new InitialWeights.Uniform(0.9);
    private static final GeneratorConfig MLP = new MlpGeneratorConfig(List.of(5), UNIFORM);
    private static final Family POINTS =
            new Family(MLP, MlpDiscriminatorConfig.of(List.of(6, 4), UNIFORM), Shape.of(2));
    private static final Family IMAGES =
            new Family(MLP, new MlpDiscriminatorConfig(List.of(2), UNIFORM, 3, 0.2, 0, 0), Shape.of(1, 4, 4));
    private static final Family CONVOLUTIONS = new Family(
            new DcganGeneratorConfig(1), new DcganDiscriminatorConfig(1, Normalization.NONE), Shape.of(1, 8, 8));

    private static final Family RESIDUAL = residual(1);
    private static final Family MAPPED = new Family(MLP, new MappedDiscriminator.Config(), Shape.of(1, 16, 16));

    private Constraints() {}

    private static Family residual(int width) {
        InitialWeights weights = new InitialWeights.KaimingNormal();
        return new Family(
                new ResNetGeneratorConfig(1, ResNet.Growth.CONSTANT, ResNet.Upsampling.NEAREST, weights, 1),
                new ResNetDiscriminatorConfig(
                        width, ResNet.Growth.CONSTANT, 0, ResNet.Widening.FIRST, ResNet.Pooling.MEAN, true, weights, 1),
                Shape.of(1, 8, 8));
    }

    /** Networks for samples of one shape. */
    public record Family(
            GeneratorConfig generators,
            DiscriminatorConfig discriminators,
            NetworkConditioning conditioning,
            Shape sample) {
        Family(GeneratorConfig generators, DiscriminatorConfig discriminators, Shape sample) {
            this(generators, discriminators, NetworkConditioning.NONE, sample);
        }

        Family conditioned(ConditionShape condition, DiscriminatorConditioning way) {
            return new Family(
                    generators,
                    discriminators,
                    new NetworkConditioning(condition, new GeneratorConditioning.Concatenation(), way),
                    sample);
        }

        Discriminator discriminator(RandomGenerator random) {
            return conditioning.discriminator(discriminators, sample, random);
        }

        Generator generator(Latent latent, RandomGenerator random) {
            return conditioning.generator(generators, latent, sample, random);
        }
    }

    /**
     * Constraints on a family of networks.
     *
     * @param powerIterations whether the value is only differentiable where power iteration has converged
     */
    public record Case(List<Constraint> constraints, Family family, boolean powerIterations) {
        /** Under the constraints, with weights of the order of 1, as DCGAN's are not; u and v have converged to them. */
        Discriminator discriminator(RandomGenerator random) {
            Discriminator constrained = family.discriminator(random);
            for (Constraint constraint : constraints) {
                constrained = constraint.apply(constrained, family.sample(), random);
            }
            Critics.randomize(constrained, 0.8, random);
            converge(constrained, DType.FLOAT32);
            return constrained;
        }

        /** Moves u and v of spectral normalization on, in this type. */
        void converge(Discriminator discriminator, DType dtype) {
            for (int i = 0; powerIterations && i < 20; i++) {
                try (TensorScope scope = TensorScope.open()) {
                    discriminator.discriminate(Tensors.zeros(dtype, batch(1)), asked(1, dtype));
                }
            }
        }

        /** What so many samples are asked to be. */
        Conditioning asked(int count, DType dtype) {
            return Conditions.of(family.conditioning().condition(), count, dtype);
        }

        /** Shape of a batch of this many samples. */
        long[] batch(int count) {
            return LongStream.concat(
                            LongStream.of(count), Arrays.stream(family.sample().toArray()))
                    .toArray();
        }

        @Override
        public String toString() {
            return constraints + " on " + family.sample() + " "
                    + family.conditioning().discriminator();
        }
    }

    /** Those that any network takes. */
    private static List<List<Constraint>> anywhere(boolean eachInterval) {
        List<List<Constraint>> anywhere = new ArrayList<>();
        anywhere.add(List.of(new WeightClipping(0.3)));
        anywhere.add(List.of(new WeightNormalization()));
        anywhere.addAll(penalties(eachInterval));
        for (Zeta zeta : Zeta.values()) {
            for (GeneratorPath path : GeneratorPath.values()) {
                anywhere.add(List.of(new GradientNormalization(zeta, path)));
            }
        }
        anywhere.add(List.of(new OrthogonalRegularization(0.1, false)));
        anywhere.add(List.of(new OrthogonalRegularization(0.1, true)));
        anywhere.add(List.of(GradientPenalty.r1(0.3), GradientPenalty.r2(0.3)));
        anywhere.add(List.of(new WeightNormalization(), GradientPenalty.wganGp(1)));
        anywhere.add(List.of(new WeightNormalization(), new OrthogonalRegularization(0.1, true)));
        return anywhere;
    }

    /** Gradient penalties of all kinds at all points, with each interval or with one or the other in turn. */
    private static List<List<Constraint>> penalties(boolean eachInterval) {
        List<PenaltyPoints> points = new ArrayList<>(
                List.of(new PenaltyPoints.Between(), new PenaltyPoints.Real(), new PenaltyPoints.Fake()));
        for (AroundReal.Noise noise : AroundReal.Noise.values()) {
            points.add(new AroundReal(noise, 0.5));
        }
        List<List<Constraint>> penalties = new ArrayList<>();
        for (PenaltyPoints each : points) {
            for (int kind = 0; kind < 3; kind++) {
                int turn = kind + points.indexOf(each);
                for (int every : new int[] {1, 3}) {
                    if (eachInterval || every == 1 + turn % 2 * 2) {
                        penalties.add(List.of(new GradientPenalty(each, 10, kind < 2 ? 1 : 0, kind == 1, every)));
                    }
                }
            }
        }
        return penalties;
    }

    /** All of them, on every family they can be put on; the penalties' intervals by turns on all families but one. */
    public static List<Case> all() {
        List<List<Constraint>> iterating = new ArrayList<>();
        SpectralNormalization spectral = new SpectralNormalization(CONVERGED, CONVERGED);
        iterating.add(List.of(spectral));
        iterating.add(List.of(spectral, GradientPenalty.r1(0.3)));
        iterating.add(List.of(spectral, GradientNormalization.PAPER));

        List<List<Constraint>> images = new ArrayList<>();
        for (boolean flip : new boolean[] {true, false}) {
            for (double translation : new double[] {0, 0.3}) {
                images.add(List.of(new ConsistencyRegularization(0.5, flip, translation)));
            }
        }
        images.add(List.of(GradientNormalization.PAPER, new ConsistencyRegularization(5, true, 0.3)));

        List<Case> all = new ArrayList<>();
        for (Family family : List.of(POINTS, IMAGES, CONVOLUTIONS)) {
            anywhere(family.equals(POINTS) || ALL)
                    .forEach(constraints -> all.add(new Case(constraints, family, false)));
            iterating.forEach(constraints -> all.add(new Case(constraints, family, true)));
            if (family.sample().rank() == 3) {
                images.forEach(constraints -> all.add(new Case(constraints, family, false)));
            }
        }
        for (Constraint each : List.of(spectral, GradientNormalization.PAPER, GradientPenalty.wganGp(10))) {
            all.add(new Case(List.of(each), RESIDUAL, each == spectral));
        }
        all.add(new Case(List.of(new Reconstruction(0.5)), MAPPED, false));
        for (Family family : conditional()) {
            for (Constraint each : List.of(
                    new WeightClipping(0.3),
                    new WeightNormalization(),
                    new OrthogonalRegularization(0.1, true),
                    GradientPenalty.wganGp(1),
                    GradientPenalty.r1(0.3),
                    GradientPenalty.r2(0.3),
                    GradientNormalization.PAPER,
                    new GradientNormalization(Zeta.ABSOLUTE, GeneratorPath.DIFFERENTIATED))) {
                all.add(new Case(List.of(each), family, false));
            }
            all.add(new Case(List.of(spectral), family, true));
            all.add(new Case(List.of(spectral, GradientNormalization.PAPER), family, true));
            if (family.sample().rank() == 3) {
                all.add(new Case(List.of(new ConsistencyRegularization(0.5, true, 0.3)), family, false));
            }
        }
        return all;
    }

    /** Each way for a discriminator to take a condition. */
    static List<Family> conditional() {
        ConditionShape classes = ConditionShape.Classes.of(2);
        ConditionShape vectors = new ConditionShape.Vector(2);
        return List.of(
                POINTS.conditioned(classes, new DiscriminatorConditioning.Channels()),
                POINTS.conditioned(classes, new DiscriminatorConditioning.Embedded(2)),
                POINTS.conditioned(classes, new DiscriminatorConditioning.Projection()),
                POINTS.conditioned(vectors, new DiscriminatorConditioning.Projection()),
                POINTS.conditioned(classes, new DiscriminatorConditioning.AuxiliaryClassifier()),
                CONVOLUTIONS.conditioned(vectors, new DiscriminatorConditioning.Channels()),
                CONVOLUTIONS.conditioned(classes, new DiscriminatorConditioning.EmbeddedChannel()),
                residual(2).conditioned(classes, new DiscriminatorConditioning.Projection()));
    }
}
