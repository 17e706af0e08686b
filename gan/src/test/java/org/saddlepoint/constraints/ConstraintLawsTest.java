package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorOutput;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.nn.Network;
import org.saddlepoint.objectives.AuxiliaryClassification;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.objectives.RelativisticPairedObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.FiniteDifferences;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Bytes;
import org.saddlepoint.testing.MainClasses;
import org.saddlepoint.testing.OneThread;

/** What every constraint must do, see {@link Constraint}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class ConstraintLawsTest {
    private static final Latent LATENT = new Latent(3, Latent.Distribution.NORMAL);
    private static final int BATCH = 4;
    private static final AuxiliaryClassification CLASSIFICATION = new AuxiliaryClassification(0.7, 0.4, 0.6);
    private static final List<Objective> OBJECTIVES = List.of(
            new NonSaturatingObjective(),
            new HingeObjective(),
            new WassersteinObjective(),
            new RelativisticPairedObjective());

    /** The only modules that a constraint adds to a discriminator. */
    private static final String DECODERS = "decoders.";

    private static final List<Constraints.Case> ALL = Constraints.all();

    static List<Constraints.Case> all() {
        return ALL;
    }

    /** One of the objectives, a different one for cases that follow each other; each constraint meets several. */
    private static Objective objective(Constraints.Case each, int more) {
        return OBJECTIVES.get((all().indexOf(each) + more) % OBJECTIVES.size());
    }

    @Test
    void everyConstraintIsListed() {
        List<Class<?>> listed = all().stream()
                .flatMap(each -> each.constraints().stream())
                .<Class<?>>map(Object::getClass)
                .distinct()
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(MainClasses.implementationsOf(Constraint.class));
    }

    /** The loss of D as the step composes it. */
    private static Tensor loss(
            Constraints.Case each, Objective objective, DiscriminatorUpdate update, Tensor fakeLogits) {
        Tensor loss = objective.discriminatorLoss(update.realLogits(), fakeLogits);
        for (Constraint constraint : each.constraints()) {
            loss = constraint.penalty(update).map(loss::add).orElse(loss);
        }
        return loss;
    }

    private static Tensor loss(
            Constraints.Case each,
            Objective objective,
            Discriminator discriminator,
            Tensor real,
            Tensor fake,
            RandomGenerator random) {
        Conditioning asked = each.asked(BATCH, real.dtype());
        DiscriminatorOutput output = discriminator.discriminate(Tensors.cat(List.of(real, fake), 0), asked.twice());
        Tensor realLogits = output.narrow(0, BATCH).logits();
        DiscriminatorUpdate update =
                new DiscriminatorUpdate(discriminator, real, fake, realLogits, asked, random, Progress.START, 0);
        Tensor loss = loss(each, objective, update, output.narrow(BATCH, BATCH).logits());
        return output.classLogits() == null
                ? loss
                : loss.add(CLASSIFICATION.discriminatorLoss(
                        classes(output.narrow(0, BATCH)), classes(output.narrow(BATCH, BATCH)), labels(asked)));
    }

    private static Tensor classes(DiscriminatorOutput output) {
        return Objects.requireNonNull(output.classLogits());
    }

    private static Tensor labels(Conditioning asked) {
        return ((Conditioning.Labels) asked).classes();
    }

    /**
     * A loss as a function of a network's weights. They are owned tensors that cannot be swapped, so values are copied
     * into them, and their gradients enter as those of a linear function. Penalties differentiate, so they record even
     * where differences are taken.
     */
    private static Function<List<Tensor>, Tensor> ofWeights(Network network, Supplier<Tensor> loss) {
        return values -> {
            List<Tensor> weights = network.weights();
            for (int i = 0; i < weights.size(); i++) {
                weights.get(i).assign(values.get(i));
            }
            try (Autograd.Recording on = Autograd.withGrad()) {
                Tensor value = loss.get();
                if (!values.get(0).requiresGrad()) {
                    return value.detach();
                }
                List<Tensor> gradients = Autograd.grad(value, weights);
                Tensor sum = value.detach();
                for (int i = 0; i < weights.size(); i++) {
                    Tensor input = values.get(i);
                    sum = sum.add(
                            input.sub(input.detach()).mul(gradients.get(i)).sum());
                }
                return sum;
            }
        };
    }

    private static List<Tensor> start(Network network) {
        return network.weights().stream().map(weight -> weight.detach().copy()).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void discriminatorGradientsAreThoseOfTheLoss(Constraints.Case each) {
        for (boolean training : new boolean[] {true, false}) {
            if (!training && !each.powerIterations()) {
                continue; // nothing but power iteration differs between training and use
            }
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(12);
                    Discriminator discriminator = each.discriminator(random)) {
                discriminator.to(DType.FLOAT64);
                each.converge(discriminator, DType.FLOAT64);
                discriminator.train(training);
                Tensor real = random.normal(DType.FLOAT64, each.batch(BATCH));
                Tensor fake = random.normal(DType.FLOAT64, each.batch(BATCH)).mul(0.8);
                byte[] drawn = random.state();
                Objective objective = objective(each, 0);
                FiniteDifferences.Report report = FiniteDifferences.check(
                        "D",
                        ofWeights(discriminator, () -> {
                            random.restore(drawn);
                            return loss(each, objective, discriminator, real, fake, random);
                        }),
                        start(discriminator));
                assertThat(report.largest()).isGreaterThan(1e-2);
            }
        }
    }

    /**
     * Cases that differ in what the generator's loss is of: networks, what is put around D, and the objective. Penalties are in
     * D's loss alone.
     */
    static List<Constraints.Case> aroundD() {
        Map<String, Constraints.Case> around = new LinkedHashMap<>();
        for (Constraints.Case each : all()) {
            List<Constraint> changing = each.constraints().stream()
                    .filter(constraint -> changes(constraint, each.family()))
                    .toList();
            around.putIfAbsent(changing + " " + each.family() + " " + objective(each, 1), each);
        }
        return List.copyOf(around.values());
    }

    /** Whether D is another network under the constraint, or has other weights. */
    private static boolean changes(Constraint constraint, Constraints.Family family) {
        try (RandomGenerator random = new RandomGenerator(1);
                Discriminator plain = family.discriminator(random)) {
            List<String> weights = List.copyOf(plain.stateDict().keySet());
            Discriminator constrained = constraint.apply(plain, family.sample(), random);
            return constrained != plain
                    || !List.copyOf(plain.stateDict().keySet()).equals(weights);
        }
    }

    @ParameterizedTest
    @MethodSource("aroundD")
    void generatorGradientsAreThoseOfTheLoss(Constraints.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(8);
                Discriminator discriminator = each.discriminator(random);
                Generator generator = each.family().generator(LATENT, random)) {
            discriminator.to(DType.FLOAT64);
            each.converge(discriminator, DType.FLOAT64);
            generator.to(DType.FLOAT64);
            Critics.randomize(generator, 0.5, random);
            Tensor z = LATENT.sample(BATCH, random).to(DType.FLOAT64);
            Tensor real = random.normal(DType.FLOAT64, each.batch(BATCH));
            Objective objective = objective(each, 1);
            FiniteDifferences.Report report = FiniteDifferences.check(
                    "G",
                    ofWeights(generator, () -> {
                        Conditioning asked = each.asked(BATCH, DType.FLOAT64);
                        DiscriminatorOutput ofFake =
                                discriminator.discriminateForGenerator(generator.forward(z, asked), asked);
                        Tensor loss =
                                objective.generatorLoss(() -> discriminator.forward(real, asked), ofFake.logits());
                        return ofFake.classLogits() == null
                                ? loss
                                : loss.add(CLASSIFICATION.generatorLoss(classes(ofFake), labels(asked)));
                    }),
                    start(generator));
            assertThat(report.largest()).isGreaterThan(1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void argumentsAreLeftAloneAndAllRandomnessIsTheGivenOne(Constraints.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                Discriminator discriminator = each.discriminator(random)) {
            discriminator.train(false);
            Tensor real = random.normal(each.batch(BATCH));
            Tensor fake = random.normal(each.batch(BATCH));
            float[] realBefore = real.toFloatArray();
            float[] fakeBefore = fake.toFloatArray();
            Map<String, byte[]> before = bytes(discriminator);
            byte[] drawn = random.state();
            double once = loss(each, OBJECTIVES.get(0), discriminator, real, fake, random)
                    .item();
            random.restore(drawn);
            double again = loss(each, OBJECTIVES.get(0), discriminator, real, fake, random)
                    .item();
            assertThat(again).isEqualTo(once);
            assertThat(real.toFloatArray()).isEqualTo(realBefore);
            assertThat(fake.toFloatArray()).isEqualTo(fakeBefore);
            assertThat(real.requiresGrad() || fake.requiresGrad()).isFalse();
            Bytes.requireSame(bytes(discriminator), before);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void anUpdateLeavesNothingBehind(Constraints.Case each) {
        try (RandomGenerator random = new RandomGenerator(5);
                Discriminator discriminator = each.discriminator(random)) {
            TensorScope.Statistics before = TensorScope.statistics();
            try (TensorScope scope = TensorScope.open()) {
                Tensor real = random.normal(each.batch(BATCH));
                Tensor loss = loss(each, OBJECTIVES.get(0), discriminator, real, real.mul(2), random);
                assertThat(Autograd.grad(loss, discriminator.weights()))
                        .allSatisfy(gradient ->
                                assertThat(gradient.isFinite().all().item()).isEqualTo(1));
                Tensor x = real.withGrad(true);
                Autograd.grad(discriminator.forwardForGenerator(x, each.asked(BATCH, DType.FLOAT32)), List.of(x));
                each.constraints().forEach(constraint -> constraint.project(discriminator));
            }
            assertThat(TensorScope.statistics()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void forwardForGeneratorGivesTheSameLogits(Constraints.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                Discriminator discriminator = each.discriminator(random)) {
            discriminator.train(false);
            Tensor x = random.normal(each.batch(BATCH));
            assertThat(discriminator
                            .forwardForGenerator(x, each.asked(BATCH, DType.FLOAT32))
                            .toDoubleArray())
                    .containsExactly(
                            discriminator
                                    .forward(x, each.asked(BATCH, DType.FLOAT32))
                                    .toDoubleArray(),
                            within(1e-6));
            try (Autograd.Recording off = Autograd.noGrad()) {
                Tensor unrecorded = discriminator.forward(x, each.asked(BATCH, DType.FLOAT32));
                assertThat(unrecorded.requiresGrad()).isFalse();
                assertThat(unrecorded.toFloatArray())
                        .isEqualTo(discriminator
                                .forward(x, each.asked(BATCH, DType.FLOAT32))
                                .toFloatArray());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theStateTravelsUnderTheNamesOfTheLayers(Constraints.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator first = each.discriminator(random);
                Discriminator second = each.discriminator(random);
                Discriminator plain = each.family().discriminator(random)) {
            first.train(false);
            second.train(false);
            Tensor x = random.normal(each.batch(BATCH));
            float[] logits = first.forward(x, each.asked(BATCH, DType.FLOAT32)).toFloatArray();
            assertThat(second.forward(x, each.asked(BATCH, DType.FLOAT32)).toFloatArray())
                    .isNotEqualTo(logits);
            second.loadStateDict(first.stateDict());
            assertThat(second.forward(x, each.asked(BATCH, DType.FLOAT32)).toFloatArray())
                    .isEqualTo(logits);

            List<String> expected = new ArrayList<>();
            for (String name : plain.stateDict().keySet()) {
                String inner = name.replaceAll("weight$", "parametrizations.weight.");
                if (name.endsWith("weight") && has(each, SpectralNormalization.class)) {
                    expected.addAll(List.of(inner + "original", inner + "0._u", inner + "0._v"));
                } else if (name.endsWith("weight") && has(each, WeightNormalization.class)) {
                    expected.addAll(List.of(inner + "original0", inner + "original1"));
                } else {
                    expected.add(name);
                }
            }
            assertThat(first.stateDict().keySet().stream().filter(name -> !name.startsWith(DECODERS)))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static boolean has(Constraints.Case each, Class<? extends Constraint> kind) {
        return each.constraints().stream().anyMatch(kind::isInstance);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theConstrainedDiscriminatorIsConvertedAndMoved(Constraints.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator discriminator = each.discriminator(random)) {
            discriminator.train(false);
            Tensor x = random.normal(each.batch(BATCH));
            double[] logits =
                    discriminator.forward(x, each.asked(BATCH, DType.FLOAT32)).toDoubleArray();
            double largest = Arrays.stream(logits).map(Math::abs).max().orElseThrow();
            Map<String, byte[]> before = bytes(discriminator);
            discriminator.to(DType.FLOAT64);
            Tensor doubles = discriminator.forward(x.to(DType.FLOAT64), each.asked(BATCH, DType.FLOAT64));
            assertThat(doubles.dtype()).isEqualTo(DType.FLOAT64);
            assertThat(doubles.toDoubleArray()).containsExactly(logits, within(1e-5 * largest));
            loss(each, OBJECTIVES.get(0), discriminator, x.to(DType.FLOAT64), x.to(DType.FLOAT64), random);
            discriminator.to(DType.FLOAT32);
            discriminator.to(Device.CPU);
            Bytes.requireSame(bytes(discriminator), before);
            assertThat(discriminator
                            .forward(x, each.asked(BATCH, DType.FLOAT32))
                            .toDoubleArray())
                    .isEqualTo(logits);
        }
    }

    private static Map<String, byte[]> bytes(Network network) {
        Map<String, byte[]> bytes = new TreeMap<>();
        network.stateDict().forEach((name, value) -> bytes.put(name, value.toByteArray()));
        return bytes;
    }
}
