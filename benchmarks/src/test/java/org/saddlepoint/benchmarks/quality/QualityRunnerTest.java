package org.saddlepoint.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.benchmarks.PeerException;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunException;

/** A small recipe by a clock that goes on with each look, and a peer that is a shell script instead of Python. */
class QualityRunnerTest {
    private static final Recipe RECIPE = Recipes.load(
            "dcgan-quick", Map.of("generator.width", "2", "discriminator.width", "2", "updates.batchSize", "4"));

    @TempDir
    private Path temp;

    private final AtomicLong now = new AtomicLong();
    private final List<String> told = new ArrayList<>();
    private Path python = Path.of("");

    /** Says that it has PyTorch, and gives the first pictures of the data as its samples. */
    @BeforeEach
    void writePython() throws IOException {
        python = temp.resolve("python");
        Files.writeString(
                python,
                """
                #!/bin/sh
                case "$2" in
                *quality_peer.py)
                    echo "$3 $5 $6 $7 $8 $9" >> "$0.log"
                    head -c $((784 * $8)) "$4" > samples-2.u8
                    echo "point 1.5 7 samples-2.u8" ;;
                *)
                    echo "torch 9.9 threads 1"
                    cat > /dev/null ;;
                esac
                """);
        assertThat(python.toFile().setExecutable(true)).isTrue();
    }

    private QualityConfig config(String data, List<QualityPeer> peers, int samples) {
        return new QualityConfig(
                DataRequest.of(data),
                List.of(RECIPE),
                peers,
                List.of(0.02),
                List.of(3L),
                2,
                samples,
                python.toString(),
                OptionalInt.of(1),
                temp.resolve("out"));
    }

    private List<String> run(QualityConfig config) {
        return new QualityRunner(config, () -> now.addAndGet(5_000_000), 100_000_000, told::add)
                .run()
                .table();
    }

    @Test
    void allAreMeasuredAlikeAndNothingIsRepeated() throws IOException {
        QualityConfig config = config("digits", List.of(QualityPeer.DCGAN_32), 200);
        List<String> table = run(config);
        assertThat(told).contains("training 1 of 2: dcgan-quick, 0.02 min, seed 3");
        assertThat(table.get(0)).startsWith("digits (").endsWith(", 1 threads, 200 samples, features of digits");
        assertThat(table).filteredOn(line -> line.startsWith("| 0.02 | ")).hasSize(2);
        assertThat(table.get(4)).as("real digits are the best").startsWith("| 0.02 | pytorch-dcgan-32 | 1 | 7 |");
        List<String> csv = Files.readAllLines(temp.resolve("out/quality.csv"));
        assertThat(csv).hasSize(4);
        List<String[]> ours = csv.stream()
                .filter(line -> line.startsWith("dcgan-quick,0.02,3,"))
                .map(line -> line.split(","))
                .toList();
        assertThat(ours).hasSize(2);
        double half = Double.parseDouble(ours.get(0)[3]);
        double end = Double.parseDouble(ours.get(1)[3]);
        assertThat(half).isBetween(0.0099, 0.0110);
        assertThat(end).as("within the budget, without evaluations").isBetween(half, 0.02);
        assertThat(Long.parseLong(ours.get(1)[4])).isGreaterThan(Long.parseLong(ours.get(0)[4]));
        assertThat(temp.resolve("out/quality.png")).exists();
        assertThat(temp.resolve("out/quality.svg")).exists();
        assertThat(Files.readAllLines(temp.resolve("python.log")))
                .containsExactly("pytorch-dcgan-32 1,28,28 1.2 2 200 3");

        told.clear();
        assertThat(run(config)).isEqualTo(table);
        assertThat(told).noneMatch(line -> line.startsWith("training "));
        // As after a kill: what is missing is made, and nothing else.
        Files.delete(temp.resolve("out/cells/pytorch-dcgan-32-0.02min-3.json"));
        assertThat(run(config)).isEqualTo(table);
        assertThat(told).filteredOn(line -> line.startsWith("training ")).hasSize(1);

        assertThatThrownBy(() -> run(config("digits", List.of(), 100)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("holds results of other settings")
                .hasMessageContaining("choose another --out");
        Files.writeString(temp.resolve("out/cells/dcgan-quick-0.02min-3.json"), "{}");
        assertThatThrownBy(() -> run(config))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("delete it to repeat this training");
    }

    @Test
    void pointsAreRefused() {
        assertThatThrownBy(() -> run(config("ring8", List.of(), 200)))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("compares pictures");
    }

    @Test
    void withoutPyTorchNothingIsTrained() {
        python = temp.resolve("nosuch");
        assertThatThrownBy(() -> run(config("digits", List.of(QualityPeer.DCGAN), 200)))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("--python");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void methodsTakeTurns() {
        QualityConfig config = new QualityConfig(
                DataRequest.of("digits"),
                List.of(RECIPE),
                List.of(QualityPeer.DCGAN),
                List.of(2.0, 0.5),
                List.of(0L, 1L),
                1,
                2,
                "python3",
                OptionalInt.empty(),
                temp);
        assertThat(new QualityRunner(config, 0, told::add).keys())
                .extracting(CellKey::toString)
                .containsExactly(
                        "dcgan-quick, 0.5 min, seed 0",
                        "pytorch-dcgan, 0.5 min, seed 0",
                        "pytorch-dcgan, 0.5 min, seed 1",
                        "dcgan-quick, 0.5 min, seed 1",
                        "dcgan-quick, 2 min, seed 0",
                        "pytorch-dcgan, 2 min, seed 0",
                        "pytorch-dcgan, 2 min, seed 1",
                        "dcgan-quick, 2 min, seed 1");
    }
}
