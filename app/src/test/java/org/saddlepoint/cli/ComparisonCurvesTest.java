package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.diagnostics.Diagnosis;
import org.saddlepoint.diagnostics.Facts;
import org.saddlepoint.diagnostics.Signals;
import org.saddlepoint.diagnostics.symptoms.Symptoms;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;

/** Means over seeds along the curves of a comparison. */
class ComparisonCurvesTest {
    private static final Diagnosis NOTHING = Diagnosis.of(Signals.of(Facts.UNKNOWN), Symptoms.ALL);

    @TempDir
    private Path temp;

    private ComparedRun run(long seed, RunManifest.Outcome outcome, Map<Long, Double> curve) {
        RunFolder folder = RunFolder.create(temp.resolve("run-" + seed));
        return new ComparedRun("r", seed, folder, outcome, 1000, 3, Map.of("w1", new TreeMap<>(curve)), NOTHING);
    }

    @Test
    void aSeedThatDivergedDoesNotCutTheCurvesOfTheOthers() {
        List<ComparedRun> runs = List.of(
                run(0, RunManifest.Outcome.DONE, Map.of(1L, 3.0, 2L, 2.0, 3L, 1.0)),
                run(1, RunManifest.Outcome.DIVERGED, Map.of(1L, 9.0)),
                run(2, RunManifest.Outcome.DONE, Map.of(1L, 5.0, 2L, 2.0, 3L, 3.0)));
        ComparisonCurves.Band band = ComparisonCurves.Band.of(runs, "w1");
        assertThat(band.x()).containsExactly(1, 2, 3);
        assertThat(band.mean()).containsExactly(4, 2, 2);
        assertThat(band.low()).containsExactly(3, 2, 1);
        assertThat(band.high()).containsExactly(5, 2, 3);
    }

    @Test
    void curvesOfOtherPointsAreReadBetweenTheirs() {
        List<ComparedRun> runs = List.of(
                run(0, RunManifest.Outcome.DONE, Map.of(2L, 2.0, 4L, 4.0)),
                run(1, RunManifest.Outcome.DONE, Map.of(1L, 0.0, 3L, 4.0, 5L, 8.0)));
        ComparisonCurves.Band band = ComparisonCurves.Band.of(runs, "w1");
        assertThat(band.x()).as("of the curve with fewer points").containsExactly(2, 4);
        assertThat(band.mean()).containsExactly(2, 5);
    }
}
