package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.training.Precision;

@ExtendWith({LeakCheck.class, OneThread.class})
class PrecisionChoiceTest {
    private static final RunOptions AUTO = RunOptions.DEFAULT.precision(Optional.empty());

    @TempDir
    private Path temp;

    private final List<String> notes = new ArrayList<>();

    private final RunListener listener = new RunListener() {
        @Override
        public void onNote(String line) {
            notes.add(line);
        }
    };

    @ParameterizedTest
    @CsvSource({"25, FLOAT32", "1, FLOAT32", "0.95, FLOAT32", "0.9, BFLOAT16", "0.5, BFLOAT16"})
    void theFasterOneIsTakenWhereItPays(double ratio, Precision expected) {
        assertThat(PrecisionChoice.decide(AUTO, "a step", ratio, listener).precision())
                .contains(expected);
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("precision: " + expected + " (a step in bfloat16 takes ");
    }

    @Test
    void whatWasNamedStaysAndIsWarnedOfWhereItIsSlow() {
        RunOptions named = RunOptions.DEFAULT.precision(Precision.BFLOAT16);
        assertThat(PrecisionChoice.decide(named, "a convolution", 0.8, listener))
                .isEqualTo(named);
        assertThat(notes).isEmpty();
        assertThat(PrecisionChoice.decide(named, "a convolution", 25, listener)).isEqualTo(named);
        assertThat(notes)
                .containsExactly("warning: a convolution in bfloat16 takes 25.00 times as long as in float32 here;"
                        + " --precision float32 is faster and more exact");
    }

    /** Trying costs the run nothing but time: it is that of the precision by name. */
    @Test
    void aRunIsThatOfThePrecisionItChose() {
        Recipe recipe = SmallRuns.points(Map.of());
        try (Dataset ring = DataSources.open("ring8", DataOptions.DEFAULT)) {
            Run run = Run.train(recipe, ring, temp.resolve("auto"), AUTO, listener);
            assertThat(notes).filteredOn(line -> line.startsWith("precision: ")).hasSize(1);
            String chosen = run.manifest().execution().precision();
            assertThat(notes.get(0)).startsWith("precision: " + chosen + " (a ");
            Precision precision = chosen.equals("bfloat16") ? Precision.BFLOAT16 : Precision.FLOAT32;
            Run same = Run.train(recipe, ring, temp.resolve("named"), RunOptions.DEFAULT.precision(precision));
            for (String file : List.of("metrics.jsonl", "checkpoints/000004/generator.safetensors")) {
                assertThat(run.path().resolve(file))
                        .hasSameBinaryContentAs(same.path().resolve(file));
            }
        }
    }
}
