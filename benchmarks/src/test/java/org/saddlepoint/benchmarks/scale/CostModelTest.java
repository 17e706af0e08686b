package org.saddlepoint.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostModelTest {
    @Test
    void aRingSendsEachByteTwiceButForItsOwnShare() {
        CostModel model = new CostModel(1e-5, 1e-9);
        assertThat(model.seconds(1, 3, 1e6)).isZero();
        assertThat(model.seconds(2, 1, 1e6)).isCloseTo(2e-5 + 1e-3, within(1e-12));
        assertThat(model.seconds(4, 3, 1e6)).isCloseTo(3 * 6e-5 + 1.5e-3, within(1e-12));
    }

    @Test
    void theFitFindsWhatTheProbesWereMadeOf() {
        CostModel truth = new CostModel(4e-5, 3e-10);
        List<CostModel.Probe> probes = new ArrayList<>();
        for (int ranks = 2; ranks <= 4; ranks++) {
            for (long bytes : new long[] {4096, 1 << 20, 25 << 20}) {
                probes.add(new CostModel.Probe(ranks, bytes, truth.seconds(ranks, 1, (double) bytes)));
            }
        }
        CostModel found = CostModel.fit(probes);
        assertThat(found.latency()).isCloseTo(4e-5, within(1e-12));
        assertThat(found.secondsPerByte()).isCloseTo(3e-10, within(1e-17));
        assertThatThrownBy(() -> CostModel.fit(probes.subList(0, 1))).hasMessageContaining("at least two but were 1");
    }

    /** Where larger messages took less time, which is noise, no time is negative. */
    @Test
    void noNumberIsNegative() {
        CostModel falling =
                CostModel.fit(List.of(new CostModel.Probe(2, 1000, 2e-3), new CostModel.Probe(2, 2000, 1e-3)));
        assertThat(falling.secondsPerByte()).isZero();
        assertThat(falling.latency()).isPositive();
        CostModel steep =
                CostModel.fit(List.of(new CostModel.Probe(2, 1000, 1e-3), new CostModel.Probe(2, 2000, 4e-3)));
        assertThat(steep.latency()).isZero();
        assertThat(steep.secondsPerByte()).isPositive();
    }

    @Test
    void aLineIsFittedAndNotBelowZero() {
        Line line = Line.fit(new double[] {8, 16, 32}, new double[] {0.5 + 8, 0.5 + 16, 0.5 + 32});
        assertThat(line.fixed()).isCloseTo(0.5, within(1e-9));
        assertThat(line.perExample()).isCloseTo(1, within(1e-9));
        assertThat(Line.fit(new double[] {1, 2}, new double[] {1, 3})).isEqualTo(new Line(0, 2 / 1.5));
    }

    /** c = 1 s, E(N) = 2 (N − 1)/N · 0.1 s. */
    @Test
    void efficienciesAreDrawnTo1024() {
        ScaleReport.Drawn drawn =
                ScaleReport.Drawn.of("test", 1, 1, 1e8, new Interconnect("test", new CostModel(0, 1e-9)));
        assertThat(drawn.efficiencies()).hasSize(11);
        assertThat(drawn.efficiencies().get(0)).isEqualTo(1);
        assertThat(drawn.efficiencies().get(1)).isCloseTo(1 / 1.1, within(1e-12));
        assertThat(drawn.efficiencies().get(10)).isCloseTo(1 / (1 + 0.2 * 1023 / 1024), within(1e-12));
        assertThat(drawn.worstDoubling()).isCloseTo(1 / 1.1, within(1e-12));
    }
}
