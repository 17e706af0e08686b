package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.BatchNorm;
import org.saddlepoint.nn.ConditionalBatchNorm;
import org.saddlepoint.nn.Coupling;
import org.saddlepoint.nn.Dropout;
import org.saddlepoint.nn.InstanceNorm;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** How far logits depend on the batch, and which constraints bear it. */
@ExtendWith({LeakCheck.class, OneThread.class})
class CouplingTest {
    private static final Shape POINT = Shape.of(2);

    /** Adds the mean deviation of the batch to every number, as the minibatch standard deviation shows it. */
    private static final class Deviation extends Layer {
        @Override
        public Tensor forward(Tensor input) {
            return input.add(input.var(false, true, 0).add(1e-8).sqrt().mean());
        }

        @Override
        public Coupling ownCoupling() {
            return Coupling.STATISTICS;
        }

        @Override
        public boolean isPiecewiseLinear() {
            return true; // so that no constraint refuses it for this
        }
    }

    private static Discriminator discriminator(Coupling coupling, RandomGenerator random) {
        Layer between =
                switch (coupling) {
                    case NONE -> Activation.relu();
                    case STATISTICS -> new Deviation();
                    case NORMALIZATION -> new BatchNorm(3, Critics.NORMAL, random);
                };
        return new Critics.Stack(
                List.of(new Linear(2, 3, Critics.NORMAL, random), between, new Linear(3, 1, Critics.NORMAL, random)));
    }

    @ParameterizedTest
    @EnumSource(Coupling.class)
    void aLogitDependsOnTheOthersWhereItsCouplingSaysSo(Coupling coupling) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator d = discriminator(coupling, random)) {
            assertThat(d.coupling()).isEqualTo(coupling);
            Tensor samples = random.normal(4, 2);
            Tensor others = Tensors.cat(List.of(samples.narrow(0, 0, 1), random.normal(3, 2)), 0);
            double first = d.forward(samples, Conditioning.none()).select(0, 0).item();
            double again = d.forward(others, Conditioning.none()).select(0, 0).item();
            if (coupling == Coupling.NONE) {
                assertThat(again).isCloseTo(first, within(1e-6));
            } else {
                assertThat(Math.abs(again - first)).isGreaterThan(1e-3);
            }
        }
    }

    @Test
    void ofSeveralLayersTheStrongestCounts() {
        try (RandomGenerator random = new RandomGenerator(1)) {
            Map<Layer, Coupling> layers = new LinkedHashMap<>();
            layers.put(new Linear(2, 2, Critics.NORMAL, random), Coupling.NONE);
            layers.put(Activation.tanh(), Coupling.NONE);
            layers.put(new Dropout(0.5, random), Coupling.NONE);
            layers.put(new InstanceNorm(2, Critics.NORMAL, random), Coupling.NONE);
            layers.put(new BatchNorm(2, Critics.NORMAL, random), Coupling.NORMALIZATION);
            layers.put(new ConditionalBatchNorm(3, 2, Critics.NORMAL, random), Coupling.NORMALIZATION);
            layers.put(new Sequential(List.of(Activation.relu(), new Deviation())), Coupling.STATISTICS);
            layers.forEach((layer, coupling) -> assertThat(layer.coupling())
                    .as(layer.getClass().getSimpleName())
                    .isEqualTo(coupling));
            layers.keySet().forEach(Layer::close);
            try (Layer both = new Sequential(
                    List.of(new BatchNorm(2, Critics.NORMAL, random), new Deviation(), Activation.relu()))) {
                assertThat(both.coupling()).isEqualTo(Coupling.NORMALIZATION);
            }
        }
        assertThat(Coupling.STATISTICS.or(Coupling.NONE)).isEqualTo(Coupling.STATISTICS);
        assertThat(Coupling.STATISTICS.or(Coupling.NORMALIZATION)).isEqualTo(Coupling.NORMALIZATION);
    }

    private static void requireRefused(Constraint constraint, Coupling coupling, String message) {
        try (RandomGenerator random = new RandomGenerator(1);
                Discriminator d = discriminator(coupling, random)) {
            assertThatThrownBy(() -> constraint.apply(d, POINT, random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
    }

    private static void requireTaken(Constraint constraint, Coupling coupling) {
        try (RandomGenerator random = new RandomGenerator(1);
                Discriminator d = discriminator(coupling, random);
                Discriminator constrained = constraint.apply(d, POINT, random)) {
            assertThat(constrained.coupling()).isEqualTo(coupling);
        }
    }

    /** Decoders have batch normalization and bend, but no logit comes from them. */
    @Test
    void decodersBesideTheDiscriminatorDoNotCount() {
        Shape image = Shape.of(1, 16, 16);
        try (RandomGenerator random = new RandomGenerator(1);
                Discriminator plain = new MappedDiscriminator.Config().create(image, random);
                Discriminator d = new Reconstruction(1).apply(plain, image, random)) {
            assertThat(d.parameters().keySet()).anyMatch(name -> name.startsWith("decoders.1.layers."));
            assertThat(d.coupling()).isEqualTo(Coupling.NONE);
            assertThatThrownBy(() -> new Reconstruction(1).apply(d, image, random))
                    .hasMessageContaining("reconstruction is there already");
            GradientPenalty.wganGp(10).apply(d, image, random);
            new SpectralNormalization(1, 0).apply(d, image, random);
            assertThat(d.parameters().keySet()).noneMatch(name -> name.matches("decoders.*parametrizations.*"));
        }
    }

    @Test
    void whoeverNeedsSingleLogitsRefusesWhatMixesThem() {
        String gradient =
                ": it needs the gradient of each sample's own logit, and there a logit depends on the whole batch;"
                        + " build the discriminator without batch normalization (discriminator.normalization: instance or none)";
        for (Constraint penalty : List.of(GradientPenalty.wganGp(10), GradientPenalty.r1(1), GradientPenalty.r2(1))) {
            requireTaken(penalty, Coupling.NONE);
            requireTaken(penalty, Coupling.STATISTICS); // as its authors use it
            requireRefused(
                    penalty,
                    Coupling.NORMALIZATION,
                    "the gradient penalty cannot work with the layer layers.1 (BatchNorm)" + gradient);
        }
        for (GradientNormalization.GeneratorPath path : GradientNormalization.GeneratorPath.values()) {
            Constraint normalization = new GradientNormalization(GradientNormalization.Zeta.ABSOLUTE, path);
            requireTaken(normalization, Coupling.NONE);
            requireRefused(
                    normalization,
                    Coupling.STATISTICS,
                    "gradient normalization cannot work with the layer layers.1 (Deviation): it needs each sample's own"
                            + " logit, and there a statistic of the whole batch is part of it; build the discriminator"
                            + " without that layer");
            requireRefused(
                    normalization,
                    Coupling.NORMALIZATION,
                    "gradient normalization cannot work with the layer layers.1 (BatchNorm)" + gradient);
        }
    }

    @ParameterizedTest
    @EnumSource(Coupling.class)
    void whoeverLooksAtWeightsBearsAnyCoupling(Coupling coupling) {
        requireTaken(new WeightClipping(1), coupling);
        if (coupling != Coupling.NORMALIZATION) { // whose own weights have no matrix form, see SettingsTest
            requireTaken(new SpectralNormalization(1, 0), coupling);
            requireTaken(new WeightNormalization(), coupling);
        }
    }

    /** The penalty of a coupled critic is of each sample in its batch: the gradient of the sum of logits. */
    @Test
    void thePenaltyOfStatisticsIsOfTheSumOfLogits() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator d = discriminator(Coupling.STATISTICS, random)) {
            d.to(DType.FLOAT64);
            Tensor real = random.normal(DType.FLOAT64, 4, 2);
            double penalty = GradientPenalty.r1(2)
                    .penalty(Critics.update(d, real, real, random, 0))
                    .orElseThrow()
                    .item();
            double h = 1e-5;
            double squares = 0;
            double[] values = real.toDoubleArray();
            for (int i = 0; i < values.length; i++) {
                double slope = (sum(d, values, i, h) - sum(d, values, i, -h)) / (2 * h);
                squares += slope * slope;
            }
            assertThat(penalty).isCloseTo(squares / 4, within(1e-6 * penalty));
        }
    }

    private static double sum(Discriminator d, double[] values, int index, double move) {
        double[] moved = values.clone();
        moved[index] += move;
        return d.forward(Tensors.of(moved, values.length / 2, 2), Conditioning.none())
                .sum()
                .item();
    }
}
