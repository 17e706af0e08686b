package org.saddlepoint.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.saddlepoint.training.Precision;

class BenchmarkRunnerTest {
    private static BenchmarkConfig quick(String python) {
        return new BenchmarkConfig(List.of(2), 3, 0.05, Precision.FLOAT32, python, OptionalInt.of(1));
    }

    @Test
    void withoutAPeerOurSideIsMeasuredAndTheReasonGiven() {
        List<String> said = new ArrayList<>();
        BenchmarkReport report = new BenchmarkRunner(quick("no-such-python"), said::add).run();
        assertThat(report.peer()).isNull();
        assertThat(report.peerAbsence()).contains("no-such-python").contains("--python");
        assertThat(said).isNotEmpty();
        BenchmarkReport.Size size = report.sizes().get(0);
        assertThat(size.batchSize()).isEqualTo(2);
        assertThat(size.ratio()).isNull();
        assertThat(size.imagesPerSecond().min()).isPositive();
        assertThat(size.imagesPerSecond().median())
                .isBetween(size.imagesPerSecond().min(), size.imagesPerSecond().max());
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withRounds(0, 1)).hasMessageContaining("rounds");
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withRounds(1, 0)).hasMessageContaining("secondsPerRound");
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withThreads(0)).hasMessageContaining("threads");
    }

    @Test
    void theMedianIsTheMiddle() {
        assertThat(BenchmarkReport.Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new BenchmarkReport.Spread(2, 1, 3));
        assertThat(BenchmarkReport.Spread.of(List.of(4.0, 1.0, 2.0, 3.0)))
                .isEqualTo(new BenchmarkReport.Spread(2.5, 1, 4));
    }
}
