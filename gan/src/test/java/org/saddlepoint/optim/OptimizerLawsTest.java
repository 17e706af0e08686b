package org.saddlepoint.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.MainClasses;
import org.saddlepoint.testing.OneThread;

/** What every optimizer must do, see {@link Optimizer}; a new one is listed in {@link Optimizers}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class OptimizerLawsTest {
    static List<OptimizerConfig> all() {
        return Optimizers.all();
    }

    @Test
    void everyOptimizerIsListed() {
        List<Class<?>> listed = new ArrayList<>();
        for (OptimizerConfig config : all()) {
            try (Weights weights = Weights.two();
                    Optimizer optimizer = config.create(weights.parameters())) {
                listed.add(optimizer.getClass());
            }
        }
        assertThat(listed).containsAll(MainClasses.implementationsOf(Optimizer.class));
    }

    @ParameterizedTest
    @MethodSource("all")
    void descendsAQuadratic(OptimizerConfig config) {
        try (Weights weights = Weights.two();
                Optimizer optimizer = config.create(weights.parameters())) {
            double before = 0;
            double after = 0;
            for (int step = 0; step <= 400; step++) {
                try (TensorScope scope = TensorScope.open()) {
                    optimizer.learningRate(rate(config) * Math.pow(0.995, step));
                    List<Tensor> all = weights.weights();
                    Tensor scales = Tensors.of(new float[] {0.5f, 1, 2, 2, 1, 0.5f}, 2, 3);
                    Tensor loss = all.get(0)
                            .sub(1)
                            .square()
                            .mul(scales)
                            .sum()
                            .add(all.get(1).square().sum());
                    after = loss.item();
                    before = step == 0 ? after : before;
                    optimizer.minimize(loss);
                }
            }
            assertThat(before).isGreaterThan(50);
            assertThat(after).isBetween(0.0, 1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theFirstStepGoesAgainstTheGradientAndIsProportionalToTheLearningRate(OptimizerConfig config) {
        double[] whole = firstStep(config, rate(config));
        double[] half = firstStep(config, rate(config) / 2);
        double[] gradient = {1, -2, 3, 0.5, 0.1, -0.2, 0.3, -0.4};
        for (int i = 0; i < gradient.length; i++) {
            assertThat(Math.signum(whole[i])).isEqualTo(-Math.signum(gradient[i]));
            assertThat(half[i]).isCloseTo(whole[i] / 2, within(1e-6));
        }
        assertThat(firstStep(config, 0)).containsOnly(0);
    }

    private static double rate(OptimizerConfig config) {
        return config.learningRate().at(Progress.START);
    }

    private static double[] firstStep(OptimizerConfig config, double learningRate) {
        try (TensorScope scope = TensorScope.open();
                Weights weights = Weights.two();
                Optimizer optimizer = config.create(weights.parameters())) {
            double[] before = weights.values();
            optimizer.learningRate(learningRate);
            assertThat(optimizer.learningRate()).isEqualTo(learningRate);
            optimizer.step(gradients());
            double[] change = weights.values();
            for (int i = 0; i < change.length; i++) {
                change[i] -= before[i];
            }
            return change;
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void startsWithTheLearningRateOfItsSettingsAndRefusesOthersThatAreNone(OptimizerConfig config) {
        try (Weights weights = Weights.two();
                Optimizer optimizer = config.create(weights.parameters())) {
            assertThat(optimizer.learningRate()).isEqualTo(rate(config));
            for (double rate : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThatThrownBy(() -> optimizer.learningRate(rate))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("the learning rate must be >= 0 and finite but was " + rate);
            }
            assertThat(optimizer.learningRate()).isEqualTo(rate(config));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void gradientsOfZeroLeaveTheWeightsAlone(OptimizerConfig config) {
        try (TensorScope scope = TensorScope.open();
                Weights weights = Weights.two();
                Optimizer optimizer = config.create(weights.parameters())) {
            double[] before = weights.values();
            for (int step = 0; step < 3; step++) {
                optimizer.step(
                        weights.weights().stream().map(Tensors::zerosLike).toList());
            }
            assertThat(weights.values()).isEqualTo(before);
            optimizer.state().values().forEach(value -> assertThat(
                            value.isFinite().all().item())
                    .isEqualTo(1));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void minimizeChangesItsOwnWeightsOnly(OptimizerConfig config) {
        try (TensorScope scope = TensorScope.open();
                Weights own = Weights.two();
                Weights others = Weights.two();
                Optimizer optimizer = config.create(own.parameters())) {
            double[] before = own.values();
            Tensor loss = own.weights().get(0).mul(others.weights().get(0)).sum();
            loss = loss.add(own.weights().get(1).mul(others.weights().get(1)).sum());
            optimizer.minimize(loss);
            assertThat(others.values()).isEqualTo(before);
            double[] after = own.values();
            for (int i = 0; i < after.length; i++) {
                assertThat(after[i]).isNotEqualTo(before[i]);
            }
            assertThat(own.weights()).allMatch(Tensor::requiresGrad);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void wrongGradientsAreRefusedAndChangeNothing(OptimizerConfig config) {
        try (TensorScope scope = TensorScope.open();
                Weights weights = Weights.two();
                Optimizer optimizer = config.create(weights.parameters())) {
            optimizer.step(gradients());
            double[] before = weights.values();
            Map<String, double[]> state = values(optimizer.state());
            assertThatThrownBy(() -> optimizer.step(gradients().subList(0, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected 2 gradients, one a parameter, but were 1");
            assertThatThrownBy(() -> optimizer.step(List.of(Tensors.ones(2, 3), Tensors.ones(3))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("gradient of parameter 1")
                    .hasMessageContaining("[2]")
                    .hasMessageContaining("[3]");
            assertThat(weights.values()).isEqualTo(before);
            assertThat(values(optimizer.state())).usingRecursiveComparison().isEqualTo(state);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void itsStateIsAllThatAContinuationNeeds(OptimizerConfig config) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(8);
                Weights first = Weights.two();
                Weights second = Weights.two();
                Optimizer one = config.create(first.parameters());
                Optimizer two = config.create(second.parameters())) {
            for (int step = 0; step < 3; step++) {
                one.step(List.of(random.normal(2, 3), random.normal(2)));
            }
            second.loadStateDict(first.stateDict());
            two.load(one.state());
            for (int step = 0; step < 3; step++) {
                List<Tensor> gradients = List.of(random.normal(2, 3), random.normal(2));
                one.step(gradients);
                two.step(gradients);
            }
            assertThat(second.values()).isEqualTo(first.values());
            assertThat(values(two.state())).usingRecursiveComparison().isEqualTo(values(one.state()));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStateThatDoesNotFitIsRefusedAndChangesNothing(OptimizerConfig config) {
        try (TensorScope scope = TensorScope.open();
                Weights weights = Weights.two();
                Optimizer optimizer = config.create(weights.parameters())) {
            optimizer.step(gradients());
            Map<String, double[]> before = values(optimizer.state());
            Map<String, Tensor> more = new LinkedHashMap<>(optimizer.state());
            more.replaceAll((name, value) -> Tensors.zerosLike(value));
            more.put("matrix.unheard", Tensors.ones(1));
            assertThatThrownBy(() -> optimizer.load(more))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not fit")
                    .hasMessageContaining("matrix.unheard");
            if (!before.isEmpty()) {
                assertThatThrownBy(() -> optimizer.load(Map.of())).isInstanceOf(IllegalArgumentException.class);
                Map<String, Tensor> wrong = new LinkedHashMap<>(optimizer.state());
                wrong.replaceAll((name, value) -> Tensors.zerosLike(value));
                String last = List.copyOf(wrong.keySet()).get(wrong.size() - 1);
                for (Tensor bad : List.of(Tensors.ones(1, 1, 1), Tensors.ones(7))) {
                    wrong.put(last, bad);
                    assertThatThrownBy(() -> optimizer.load(wrong))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(last)
                            .hasMessageContaining(bad.shape().toString());
                }
            }
            assertThat(values(optimizer.state())).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void noParametersAreRefused(OptimizerConfig config) {
        assertThatThrownBy(() -> config.create(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one parameter");
    }

    @Test
    void settingsOutOfBoundsAreRefusedByName() {
        requireRefused(() -> new SgdConfig(0, 0), "learningRate must be > 0 and finite but was 0.0");
        requireRefused(() -> new SgdConfig(0.1, 1), "momentum must be in [0, 1) but was 1.0");
        requireRefused(
                () -> new RmsPropConfig(Schedule.of(Double.NaN), 0.9, 1e-8),
                "learningRate must be > 0 and finite but was NaN");
        requireRefused(() -> new RmsPropConfig(Schedule.of(0.1), -0.1, 1e-8), "alpha must be in [0, 1) but was -0.1");
        requireRefused(() -> new RmsPropConfig(Schedule.of(0.1), 0.9, 0), "epsilon must be > 0 but was 0.0");
        requireRefused(() -> AdamConfig.of(0.1, 1, 0.9), "beta1 must be in [0, 1) but was 1.0");
        requireRefused(() -> AdamConfig.of(0.1, 0.9, Double.NaN), "beta2 must be in [0, 1) but was NaN");
        requireRefused(() -> new AdamConfig(0.1, 0.9, 0.9, -1), "epsilon must be > 0 but was -1.0");
        requireRefused(
                () -> AdamConfig.of(Double.POSITIVE_INFINITY, 0.9, 0.9),
                "learningRate must be > 0 and finite but was Infinity");
        Schedule fading = new Schedule.Linear(0.1, -0.1, 0, 9, Unit.STEPS);
        requireRefused(
                () -> new SgdConfig(fading, Schedule.of(0)), "learningRate must be >= 0 and finite but was -0.1");
        requireRefused(() -> new SgdConfig(Schedule.of(0.1), fading), "momentum must be in [0, 1) but was -0.1");
        assertThat(AdamConfig.PAPER).isEqualTo(new AdamConfig(1e-3, 0.9, 0.999, 1e-8));
    }

    private static void requireRefused(Runnable make, String message) {
        assertThatThrownBy(make::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static List<Tensor> gradients() {
        return List.of(
                Tensors.of(new float[] {1, -2, 3, 0.5f, 0.1f, -0.2f}, 2, 3), Tensors.of(new float[] {0.3f, -0.4f}, 2));
    }

    private static Map<String, double[]> values(Map<String, Tensor> tensors) {
        Map<String, double[]> values = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> values.put(name, tensor.toDoubleArray()));
        return values;
    }
}
