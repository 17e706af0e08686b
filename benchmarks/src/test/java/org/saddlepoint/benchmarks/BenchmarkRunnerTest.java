package org.saddlepoint.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    @EnumSource
    void everyMethodTrains(Method method) {
        try (DcganWorkload workload = new DcganWorkload(method, 2, 4, Precision.FLOAT32, 1)) {
            assertThat(workload.step().isFinite()).isTrue();
            assertThat(workload.generatorSeconds(1)).isPositive();
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
