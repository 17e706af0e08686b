package org.saddlepoint.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.saddlepoint.training.Precision;

class BenchmarkRunnerTest {
    private static BenchmarkConfig quick(Method... methods) {
        return new BenchmarkConfig(
                List.of(methods), List.of(2), 4, 3, 0.02, Precision.FLOAT32, "no-such-python", OptionalInt.of(1));
    }

    @Test
    void withoutAPeerOurSideIsMeasuredAndTheReasonGiven() {
        List<String> said = new ArrayList<>();
        BenchmarkReport report = new BenchmarkRunner(quick(Method.NON_SATURATING), said::add).run();
        assertThat(report.peer()).isNull();
        assertThat(report.peerAbsence()).contains("no-such-python").contains("--python");
        assertThat(said).anyMatch(line -> line.contains("round 3 of 3"));
        assertThat(report.steps()).hasSize(1);
        BenchmarkReport.Step step = report.steps().get(0);
        assertThat(step.method()).isEqualTo("non-saturating");
        assertThat(step.batchSize()).isEqualTo(2);
        assertThat(step.ratio()).isNull();
        assertThat(step.multiple()).isNull();
        assertThat(step.imagesPerSecond().min()).isPositive();
        assertThat(step.imagesPerSecond().median())
                .isBetween(step.imagesPerSecond().min(), step.imagesPerSecond().max());
    }

    @ParameterizedTest
    @EnumSource(names = {"WGAN_GP", "GNGAN"})
    void constrainedMethodsBringTheirBaseline(Method method) {
        BenchmarkReport report = new BenchmarkRunner(quick(method), line -> {}).run();
        assertThat(report.steps())
                .extracting(BenchmarkReport.Step::method)
                .containsExactly(report.baseline(), method.toString());
        BenchmarkReport.Step baseline = report.steps().get(0);
        BenchmarkReport.Step step = report.steps().get(1);
        assertThat(baseline.multiple()).isNull();
        assertThat(step.multiple().median()).isPositive();
        assertThat(step.generatorMultiple().median()).isPositive();
        assertThat(step.peerMultiple()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"NON_SATURATING", "NON_SATURATING_NO_NORM", "WGAN_GP", "GNGAN"})
    void everyMethodOfTheDcganTrains(Method method) {
        try (DcganWorkload workload = new DcganWorkload(method, 2, 4, Precision.FLOAT32, 1)) {
            assertThat(workload.step().isFinite()).isTrue();
            assertThat(workload.generatorSeconds(1)).isPositive();
            assertThat(workload.step().isFinite()).isTrue();
        }
    }

    /** The numbers are those of translation_step.py's networks. */
    @ParameterizedTest
    @CsvSource({
        "PIX2PIX_SMALL, 'translator 7,314,755 weights, discriminator 169,185; batch 1'",
        "CYCLEGAN_SMALL, 'translators 8,336,006 weights, discriminators 335,298; batch 1'",
        "PIX2PIX, 'translator 54,413,955 weights, discriminator 2,768,705; batch 1'",
        "CYCLEGAN, 'translators 22,756,358 weights, discriminators 5,529,474; batch 1'"
    })
    void theNetworksOfTranslationAreThePeers(Method method, String description) {
        try (TranslationWorkload workload = new TranslationWorkload(method, Precision.FLOAT32, 1)) {
            assertThat(workload.description()).isEqualTo(description);
        }
    }

    @Test
    void translationIsMeasuredOnePictureAStep() {
        BenchmarkReport report =
                new BenchmarkRunner(quick(Method.PIX2PIX_SMALL, Method.NON_SATURATING), line -> {}).run();
        assertThat(report.steps())
                .extracting(BenchmarkReport.Step::method)
                .containsExactly("pix2pix-small", "non-saturating");
        assertThat(report.steps()).extracting(BenchmarkReport.Step::batchSize).containsExactly(1, 2);
        assertThat(report.steps().get(0).imagesPerSecond().min()).isPositive();
        assertThat(report.steps().get(0).generatorMultiple()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"PIX2PIX_SMALL", "CYCLEGAN_SMALL"})
    void recipesOfTranslationTrain(Method method) {
        try (Workload workload = method.open(2, 4, Precision.FLOAT32, 1)) {
            assertThat(workload.step().isFinite()).isTrue();
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withRounds(0, 1)).hasMessageContaining("rounds");
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withRounds(1, 0)).hasMessageContaining("secondsPerRound");
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withThreads(0)).hasMessageContaining("threads");
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withMethods(List.of())).hasMessageContaining("methods");
    }

    @Test
    void quotientsAreOfTheSameRound() {
        List<Double> ours = List.of(1.0, 2.0, 8.0);
        assertThat(BenchmarkReport.Spread.ofQuotients(List.of(2.0, 2.0, 2.0), ours))
                .isEqualTo(new BenchmarkReport.Spread(1, 0.25, 2));
        assertThat(BenchmarkReport.Spread.ofQuotients(List.of(), ours)).isNull();
    }

    @Test
    void theMedianIsTheMiddle() {
        assertThat(BenchmarkReport.Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new BenchmarkReport.Spread(2, 1, 3));
        assertThat(BenchmarkReport.Spread.of(List.of(4.0, 1.0, 2.0, 3.0)))
                .isEqualTo(new BenchmarkReport.Spread(2.5, 1, 4));
    }
}
