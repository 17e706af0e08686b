package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.nn.Embedding;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.nn.SpectralNorm;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** Orthogonal regularization of G against equation 3 of Brock et al. (2019). */
@ExtendWith({LeakCheck.class, OneThread.class})
class GeneratorOrthogonalityTest {
    private static Optional<Tensor> penalty(GeneratorOrthogonality regularizer, Network network) {
        try (RandomGenerator random = new RandomGenerator(0);
                Memory memory = new Memory()) {
            Tensor none = Tensors.zeros(1, 1);
            return regularizer.penalty(
                    new GeneratorUpdate(UnaryOperator.identity(), network, none, none, random, Progress.START), memory);
        }
    }

    private static Linear linear(RandomGenerator random, double... rows) {
        Linear layer = new Linear(2, rows.length / 2, Initialization.PYTORCH_DEFAULT, random);
        layer.to(DType.FLOAT64);
        layer.stateDict().get("weight").assign(Tensors.of(rows, rows.length / 2, 2));
        return layer;
    }

    @Test
    void onlyAnglesBetweenRowsCount() {
        GeneratorOrthogonality off = new GeneratorOrthogonality(Schedule.of(0.5), true);
        GeneratorOrthogonality all = new GeneratorOrthogonality(Schedule.of(0.5), false);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Network right = new Sequential(linear(random, 3, 0, 0, 5));
                Network skew = new Sequential(linear(random, 1, 1, 0, 1), linear(random, 1, 1, 0, 1))) {
            assertThat(penalty(off, right).orElseThrow().item()).isZero();
            assertThat(penalty(all, right).orElseThrow().item()).isCloseTo(0.5 * (64 + 576), within(1e-12));
            // Twice [[2, 1], [1, 1]], whose off-diagonal has the squares 1 and 1.
            assertThat(penalty(off, skew).orElseThrow().item()).isCloseTo(0.5 * 2 * 2, within(1e-12));
        }
    }

    /** More rows than columns: their products are never written out. */
    @Test
    void manyRowsHaveTheSameValue() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Network tall = new Sequential(linear(random, 1, 2, 0, 3, -1, 1))) {
            // Products of rows: 5, 9, 2 with themselves, 6, 1 and 3 with each other.
            double apart = 2 * (36 + 1 + 9);
            assertThat(penalty(new GeneratorOrthogonality(Schedule.of(1), true), tall)
                            .orElseThrow()
                            .item())
                    .isCloseTo(apart, within(1e-12));
            assertThat(penalty(new GeneratorOrthogonality(Schedule.of(1), false), tall)
                            .orElseThrow()
                            .item())
                    .isCloseTo(apart + 16 + 64 + 1, within(1e-12));
        }
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Network first = new Linear(20, 24_576, Initialization.PYTORCH_DEFAULT, random)) {
            assertThat(penalty(new GeneratorOrthogonality(Schedule.of(1), true), new Sequential((Linear) first))
                            .orElseThrow()
                            .item())
                    .isPositive();
        }
    }

    /** 4 β (W Wᵀ ⊙ (1 − I)) W; the authors' code has half of it. */
    @Test
    void itsGradientIsThatOfTheFormula() {
        GeneratorOrthogonality regularizer = new GeneratorOrthogonality(Schedule.of(0.25), true);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Network skew = new Sequential(linear(random, 1, 1, 0, 1))) {
            Tensor loss = penalty(regularizer, skew).orElseThrow();
            double[] gradient =
                    Autograd.grad(loss, skew.weights().subList(0, 1)).get(0).toDoubleArray();
            assertThat(gradient).containsExactly(new double[] {0, 1, 1, 1}, within(1e-12));
        }
    }

    @Test
    void tablesAreLeftOutAndNormalizedWeightsAreTakenAsTheyAreTrained() {
        GeneratorOrthogonality regularizer = new GeneratorOrthogonality(Schedule.of(1), true);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Embedding table = new Embedding(3, 2, Initialization.PYTORCH_DEFAULT, random);
                Network tables = new Sequential(table);
                Linear layer = linear(random, 10, 10, 0, 10);
                Network normalized = new Sequential(layer)) {
            assertThat(penalty(regularizer, tables)).isEmpty();
            layer.parametrize((weight, axis) -> new SpectralNorm(weight, axis, 1, 0, random));
            assertThat(penalty(regularizer, normalized).orElseThrow().item()).isCloseTo(20_000, within(1e-9));
        }
    }

    @Test
    void aWeightOfZeroAddsNothingAndANegativeOneIsRefused() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Network skew = new Sequential(linear(random, 1, 1, 0, 1))) {
            Schedule later = new Schedule.Linear(0, 1, 5, 10, Unit.STEPS);
            assertThat(penalty(new GeneratorOrthogonality(later, true), skew)).isEmpty();
        }
        assertThatThrownBy(() -> new GeneratorOrthogonality(Schedule.of(-1), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight");
    }
}
