package org.saddlepoint.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** What happens between a gradient and the update. */
@ExtendWith({LeakCheck.class, OneThread.class})
class GradientTransformTest {
    static List<OptimizerConfig> all() {
        return Optimizers.all();
    }

    private static List<Tensor> gradients(RandomGenerator random) {
        return List.of(random.normal(2, 3), random.normal(2));
    }

    private static double[] values(List<Tensor> tensors) {
        return tensors.stream()
                .flatMapToDouble(tensor -> Arrays.stream(tensor.toDoubleArray()))
                .toArray();
    }

    private static double norm(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    }

    /** torch.nn.utils.clip_grad_norm_: g ← g min(1, c / (‖g‖ + 1e-6)), the norm over all parameters. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 1.9, 2.1, 100})
    void clippingIsThatOfPytorch(double bound) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            List<Tensor> gradients = gradients(random);
            double[] before = values(gradients);
            double coefficient = Math.min(1, bound / (norm(before) + 1e-6));
            double[] expected =
                    Arrays.stream(before).map(value -> value * coefficient).toArray();
            List<Tensor> clipped = new ClipNorm(bound).apply(gradients).orElseThrow();
            assertThat(values(clipped)).containsExactly(expected, within(1e-5 * bound));
            assertThat(norm(values(clipped))).isCloseTo(Math.min(bound, norm(before)), within(1e-6 * bound));
            assertThat(values(gradients)).isEqualTo(before); // the caller's stay as they are
            if (bound > norm(before)) {
                assertThat(values(clipped)).isEqualTo(before); // bit for bit
            }
        }
    }

    @Test
    void clippingLeavesGradientsOf0AndRefusesABoundThatIsNone() {
        try (TensorScope scope = TensorScope.open()) {
            List<Tensor> zeros = List.of(Tensors.zeros(2, 3), Tensors.zeros(2));
            assertThat(values(new ClipNorm(1).apply(zeros).orElseThrow())).containsOnly(0);
        }
        for (double bound : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new ClipNorm(bound))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("bound must be > 0 and finite but was " + bound);
        }
        assertThatThrownBy(() -> new GradientAccumulation(0)).hasMessage("batches must be >= 1 but was 0");
    }

    @Test
    void aGradientThatIsNoNumberIsNotClippedAway() {
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            try (TensorScope scope = TensorScope.open();
                    Weights weights = Weights.two();
                    Optimizer optimizer = new SgdConfig(0.1, 0).create(weights.parameters())) {
                optimizer.transform(new ClipNorm(1));
                List<Tensor> gradients = List.of(Tensors.ones(2, 3), Tensors.of(new float[] {wrong, 0}, 2));
                assertThatThrownBy(() -> optimizer.step(gradients)).isInstanceOf(NonFiniteException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void batchesOneByOneAreOneStepAlongTheirMean(OptimizerConfig config) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4);
                Weights first = Weights.two();
                Weights second = Weights.two();
                Optimizer gathering = config.create(first.parameters());
                Optimizer whole = config.create(second.parameters())) {
            gathering.transform(new GradientAccumulation(3));
            for (int round = 0; round < 2; round++) {
                List<Tensor> sums = List.of(Tensors.zeros(2, 3), Tensors.zeros(2));
                double[] before = first.values();
                for (int batch = 0; batch < 3; batch++) {
                    assertThat(first.values()).isEqualTo(before); // until the last
                    List<Tensor> gradients = gradients(random);
                    gathering.step(gradients);
                    sums = List.of(
                            sums.get(0).add(gradients.get(0)), sums.get(1).add(gradients.get(1)));
                }
                whole.step(sums.stream().map(sum -> sum.div(3)).toList());
                assertThat(first.values()).isNotEqualTo(before).containsExactly(second.values(), within(1e-6));
            }
            Map<String, Tensor> own = new LinkedHashMap<>(gathering.state());
            own.keySet().retainAll(whole.state().keySet());
            assertThat(values(List.copyOf(own.values())))
                    .containsExactly(values(List.copyOf(whole.state().values())), within(1e-6));
        }
    }

    @Test
    void transformsFollowEachOtherInTheirOrder() {
        try (TensorScope scope = TensorScope.open();
                Weights weights = Weights.two();
                Optimizer optimizer = new SgdConfig(1, 0).create(weights.parameters())) {
            double[] before = weights.values();
            optimizer.transform(new GradientAccumulation(2));
            optimizer.transform(new ClipNorm(1));
            optimizer.step(List.of(Tensors.full(30, DType.FLOAT32, 2, 3), Tensors.zeros(2)));
            optimizer.step(List.of(Tensors.full(-30, DType.FLOAT32, 2, 3), Tensors.of(new float[] {0, 0.5f}, 2)));
            before[7] -= 0.25; // the mean is short; each alone would have been clipped
            assertThat(weights.values()).containsExactly(before, within(1e-6));
        }
    }

    /** Also where a checkpoint falls between two steps, as one after five batches does here. */
    @ParameterizedTest
    @MethodSource("all")
    void aContinuationNeedsTheStateOfTheOptimizerAlone(OptimizerConfig config) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(8);
                Weights first = Weights.two();
                Weights second = Weights.two();
                Optimizer one = config.create(first.parameters());
                Optimizer two = config.create(second.parameters())) {
            for (Optimizer each : List.of(one, two)) {
                each.transform(new GradientAccumulation(2));
                each.transform(new ClipNorm(0.7));
            }
            for (int batch = 0; batch < 5; batch++) {
                one.step(gradients(random));
            }
            two.step(gradients(random)); // so that nothing is right by itself
            second.loadStateDict(first.stateDict());
            two.load(one.state());
            for (int batch = 0; batch < 4; batch++) {
                List<Tensor> gradients = gradients(random);
                one.step(gradients);
                two.step(gradients);
            }
            assertThat(second.values()).isEqualTo(first.values());
            assertThat(values(List.copyOf(two.state().values())))
                    .isEqualTo(values(List.copyOf(one.state().values())));
        }
    }

    @Test
    void settingsGatherAndThenClip() {
        Gradients gradients = new Gradients(1, 2);
        for (OptimizerConfig config : List.of(
                new SgdConfig(Schedule.of(1), Schedule.of(0), gradients),
                new RmsPropConfig(Schedule.of(1), 0, 1e30, gradients),
                new AdamConfig(Schedule.of(1), Schedule.of(0), Schedule.of(0), 1e30, gradients))) {
            try (TensorScope scope = TensorScope.open();
                    Weights weights = Weights.two();
                    Optimizer optimizer = config.create(weights.parameters())) {
                double[] before = weights.values();
                optimizer.step(List.of(Tensors.full(30, DType.FLOAT32, 2, 3), Tensors.zeros(2)));
                assertThat(weights.values()).isEqualTo(before);
                assertThat(optimizer.state()).containsKeys("accumulated_batches", "bias.accumulated_grad");
                optimizer.step(List.of(Tensors.full(30, DType.FLOAT32, 2, 3), Tensors.zeros(2)));
                if (config instanceof SgdConfig) {
                    Arrays.setAll(before, i -> before[i] - (i < 6 ? 1 / Math.sqrt(6) : 0));
                    assertThat(weights.values()).containsExactly(before, within(1e-6));
                }
            }
        }
        assertThat(new SgdConfig(1, 0).gradients()).isEqualTo(Gradients.AS_THEY_ARE);
        assertThatThrownBy(() -> new Gradients(-1, 1)).hasMessage("clip must be >= 0 and finite but was -1.0");
        assertThatThrownBy(() -> new Gradients(0, 0)).hasMessage("accumulate must be >= 1 but was 0");
    }

    @Test
    void aTransformThatRemembersIsGivenOnceAndToAnOptimizer() {
        try (TensorScope scope = TensorScope.open();
                Weights weights = Weights.two();
                Optimizer optimizer = new SgdConfig(1, 0).create(weights.parameters())) {
            optimizer.transform(new GradientAccumulation(2));
            assertThatThrownBy(() -> optimizer.transform(new GradientAccumulation(2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has accumulated_batches already");
            assertThatThrownBy(() -> new GradientAccumulation(2).apply(List.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("optimizer.transform(new GradientAccumulation(2))");
        }
    }

    @Test
    void anOptimizerClosesItsTransforms() {
        List<String> closed = new ArrayList<>();
        try (Weights weights = Weights.two();
                Optimizer optimizer = new SgdConfig(1, 0).create(weights.parameters())) {
            optimizer.transform(new GradientTransform() {
                @Override
                public Optional<List<Tensor>> apply(List<Tensor> gradients) {
                    return Optional.of(gradients);
                }

                @Override
                public void close() {
                    closed.add("transform");
                }
            });
            assertThat(closed).isEmpty();
        }
        assertThat(closed).containsExactly("transform");
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneLossMovesSeveralNetworksAsEachAloneWouldMove(OptimizerConfig config) {
        try (TensorScope scope = TensorScope.open();
                Weights a = Weights.two();
                Weights b = Weights.two();
                Weights alone = Weights.two();
                Optimizer ofA = config.create(a.parameters());
                Optimizer ofB = new SgdConfig(0.1, 0).create(b.parameters());
                Optimizer ofAlone = config.create(alone.parameters())) {
            double[] start = b.values();
            Optimizer.minimize(loss(a).add(loss(b).mul(2)), List.of(ofA, ofB));
            ofAlone.minimize(loss(alone));
            assertThat(a.values()).isEqualTo(alone.values());
            double[] expected = start.clone();
            for (int i = 0; i < start.length; i++) {
                expected[i] -= 0.1 * 2 * 2 * start[i]; // the gradient of 2 Σ w² is 4 w
            }
            assertThat(b.values()).containsExactly(expected, within(1e-5));
            Tensor infinite = loss(a).add(loss(b)).mul(Double.POSITIVE_INFINITY);
            assertThatThrownBy(() -> Optimizer.minimize(infinite, List.of(ofA, ofB)))
                    .isInstanceOf(NonFiniteException.class)
                    .hasMessageContaining("the loss is Infinity, ")
                    .hasMessageContaining("the gradient of matrix: 6 of 6");
        }
    }

    private static Tensor loss(Weights weights) {
        List<Tensor> all = weights.weights();
        return all.get(0).square().sum().add(all.get(1).square().sum());
    }
}
