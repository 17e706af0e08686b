package org.saddlepoint.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.benchmarks.quality.CellResult.Point;
import org.saddlepoint.benchmarks.quality.CellResult.Value;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.DataSources;

class QualityTableTest {
    @TempDir
    private Path temp;

    private static CellResult result(String method, long seed, double fid) {
        Map<String, Value> early = Map.of("fid", new Value(99, 1), "kid", new Value(0.1, 0.01));
        Map<String, Value> late = Map.of("fid", new Value(fid, 0.25), "coverage", new Value(0.5, 0.01));
        return new CellResult(
                method,
                2,
                seed,
                "digits",
                100,
                CellResult.DONE,
                List.of(new Point(60, 50, early), new Point(119, 100, late)));
    }

    @Test
    void errorsAreThoseOfTheMeanOverSeeds() {
        QualityTable.Spread three = QualityTable.Spread.of(List.of(new Value(1, 9), new Value(2, 9), new Value(6, 9)));
        assertThat(three.mean()).isCloseTo(3, within(1e-12));
        assertThat(three.error()).as("√(14 / 2 / 3)").isCloseTo(Math.sqrt(14 / 6.0), within(1e-12));
        assertThat(QualityTable.Spread.of(List.of(new Value(4, 0.5))))
                .as("of one seed, the error of its samples")
                .isEqualTo(new QualityTable.Spread(4, 0.5));
    }

    @Test
    void theTableHasTheEndsTheBestFirst() {
        CellResult diverged = new CellResult("c", 2, 0, "digits", 0, "diverged: NaN", List.of());
        assertThat(QualityTable.markdown(List.of(result("a", 0, 8), diverged, result("b", 0, 3), result("b", 1, 5))))
                .containsExactly(
                        "digits",
                        "",
                        "| minutes | method | seeds | steps | FID | KID | precision | recall | density | coverage |",
                        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
                        "| 2 | b | 2 | 100 | 4.00 ± 1.00 | – | – | – | – | 0.500 ± 0.000 |",
                        "| 2 | a | 1 | 100 | 8.00 ± 0.25 | – | – | – | – | 0.500 ± 0.010 |",
                        "| 2 | c | 1 (1 not done) | 0 | – | – | – | – | – | – |",
                        "\nc, 2 min, seed 0: diverged: NaN");
        assertThat(QualityTable.csv(List.of(result("a", 7, 8))).get(2))
                .isEqualTo("a,2,7,1.9833,100,8.0,0.25,,,,,,,,,0.5,0.01");
        assertThat(QualityTable.line(result("a", 7, 8))).isEqualTo("a, 2 min, seed 7: 60 s FID 99.00, 119 s FID 8.00");
    }

    @Test
    void theFigureIsDrawnOfWhatThereIs() throws IOException {
        Path png = temp.resolve("q.png");
        QualityFigure.write(List.of(), png, temp.resolve("q.svg"));
        assertThat(png).doesNotExist();
        QualityFigure.write(
                List.of(result("a", 0, 8), result("a", 1, 7), result("b", 0, 3)), png, temp.resolve("q.svg"));
        assertThat(Files.size(png)).isGreaterThan(1000);
    }

    @Test
    void aPausedClockStandsStill() {
        AtomicLong time = new AtomicLong(10);
        PausableClock clock = new PausableClock(time::get);
        time.set(15);
        clock.pause();
        time.set(100);
        assertThat(clock.getAsLong()).isEqualTo(15);
        clock.goOn();
        assertThat(clock.getAsLong()).isEqualTo(15);
        time.set(103);
        assertThat(clock.getAsLong()).isEqualTo(18);
    }

    @Test
    void picturesAreBytesAndComeBack() throws IOException {
        Path file = temp.resolve("digits.u8");
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT)) {
            RawPictures.write(digits, file);
            List<float[]> read = RawPictures.read(file, 784);
            assertThat(read).hasSize(10_000);
            float[] expected = new float[784];
            digits.read(1234, expected, 0);
            assertThat(read.get(1234)).containsExactly(expected, within(1e-6f));
        } catch (org.saddlepoint.data.DamagedExampleException e) {
            throw new AssertionError(e);
        }
        assertThatThrownBy(() -> RawPictures.read(file, 783))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected pictures of 783");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> config(List.of(), 1, 100)).hasMessageContaining("minutes");
        assertThatThrownBy(() -> config(List.of(0.0), 1, 100)).hasMessageContaining("minutes must be > 0");
        assertThatThrownBy(() -> config(List.of(Double.NaN), 1, 100)).hasMessageContaining("minutes must be > 0");
        assertThatThrownBy(() -> config(List.of(1.0), 0, 100)).hasMessageContaining("points");
        assertThatThrownBy(() -> config(List.of(1.0), 1, 1)).hasMessageContaining("samples");
        assertThat(config(List.of(5.0, 1.0, 5.0), 1, 100).minutes()).containsExactly(1.0, 5.0);
    }

    private QualityConfig config(List<Double> minutes, int points, int samples) {
        return new QualityConfig(
                DataRequest.of("digits"),
                List.of(),
                List.of(QualityPeer.WGAN_GP),
                minutes,
                List.of(0L),
                points,
                samples,
                "python3",
                OptionalInt.empty(),
                temp);
    }
}
