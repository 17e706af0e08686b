package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;

/** The Inception Score: closed forms, laws, and torch-fidelity's values. */
@ExtendWith(LeakCheck.class)
class InceptionScoreTest {
    private static final double[] FOUR_ROWS = {.9, .1, .1, .9, .5, .5, .8, .2};

    @Test
    void fourRowsHaveTheValueOfTheFormula() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor rows = Tensors.of(FOUR_ROWS, 4, 2);
            Score score = InceptionScore.ofProbabilities(rows, 1);
            assertThat(score.mean()).isCloseTo(1.2472307841, within(1e-10));
            assertThat(score.standardDeviation()).isZero();
            assertThat(InceptionScore.ofLogits(rows.log().add(7), 1).mean()).isCloseTo(score.mean(), within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 1008})
    void sureOfAllClassesEvenlyItIsTheirNumber(int classes) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor oneHot =
                    Tensors.cat(List.of(Tensors.eye(classes, DType.FLOAT32), Tensors.eye(classes, DType.FLOAT32)), 0);
            assertThat(InceptionScore.ofProbabilities(oneHot, 2).mean()).isCloseTo(classes, within(1e-9 * classes));
            assertThat(InceptionScore.ofLogits(oneHot.mul(2000), 2).mean()) // softmax underflows to 0: no NaN
                    .isCloseTo(classes, within(1e-9 * classes));
        }
    }

    @Test
    void ofEqualRowsItIsOne() {
        try (TensorScope scope = TensorScope.open()) {
            Score score = InceptionScore.ofLogits(
                    Tensors.of(new double[] {3, -1, 0.5}, 1, 3).expand(50, 3), 10);
            assertThat(score.mean()).isCloseTo(1, within(1e-14));
            assertThat(score.standardDeviation()).isCloseTo(0, within(1e-14));
        }
    }

    @Test
    void deviationIsThatOfTheWholePopulationOfParts() {
        try (TensorScope scope = TensorScope.open()) {
            Score score = InceptionScore.ofProbabilities(Tensors.of(new double[] {1, 0, 0, 1, 1, 0, 1, 0}, 4, 2), 2);
            assertThat(score.mean()).isCloseTo(1.5, within(1e-14)); // parts score 2 and 1
            assertThat(score.standardDeviation()).isCloseTo(0.5, within(1e-14));
        }
    }

    @Test
    void shufflingDependsOnTheSeedAloneAndNotWithOnePart() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator draw = new RandomGenerator(1);
                RandomGenerator one = new RandomGenerator(2);
                RandomGenerator same = new RandomGenerator(2)) {
            Tensor logits = draw.normal(DType.FLOAT64, 100, 5);
            Score ordered = InceptionScore.ofLogits(logits, 10);
            Score shuffled = InceptionScore.ofLogits(logits, 10, one);
            assertThat(shuffled).isEqualTo(InceptionScore.ofLogits(logits, 10, same));
            assertThat(shuffled.mean()).isNotEqualTo(ordered.mean()).isCloseTo(ordered.mean(), within(0.2));
            assertThat(InceptionScore.ofLogits(logits, 1, one).mean())
                    .isCloseTo(InceptionScore.ofLogits(logits, 1).mean(), within(1e-13));
        }
    }

    @ParameterizedTest
    @CsvSource({"wide, 1", "wide, 7", "wide, 10", "narrow, 1", "narrow, 7", "narrow, 10", "few, 1", "few, 7", "few, 10"
    })
    void valuesAreThoseOfTorchFidelity(String set, int splits) {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = Golden.under(Golden.read("metrics.safetensors"), set + "/");
            double[] expected = Golden.get(golden, "isc/" + splits).toDoubleArray();
            Score score = InceptionScore.ofLogits(Golden.get(golden, "generated"), splits);
            assertThat(score.mean()).isCloseTo(expected[0], within(1e-9));
            assertThat(score.standardDeviation()).isCloseTo(expected[1], within(1e-9));
        }
    }

    @Test
    void whatHasNoScoreIsRefused() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor rows = Tensors.of(FOUR_ROWS, 4, 2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> InceptionScore.ofLogits(rows, 5))
                    .withMessage("Inception Score: samples: at least 5 samples are needed but 4 given");
            assertThatIllegalArgumentException().isThrownBy(() -> InceptionScore.ofLogits(rows, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> InceptionScore.ofLogits(rows.log().log(), 1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> InceptionScore.ofProbabilities(rows.mul(2), 1))
                    .withMessageContaining("ofLogits");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> InceptionScore.ofProbabilities(Tensors.of(new double[] {2, -1}, 1, 2), 1));
        }
    }
}
