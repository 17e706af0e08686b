package org.saddlepoint.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.diagnostics.symptoms.Symptoms;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingSetup;

/**
 * A diagnosed training has the same weights, statistics, averages, optimizers and random streams as one that is not, byte for
 * byte: for every family of networks, every kind of constraint and condition, and every kind of step.
 */
@ExtendWith({LeakCheck.class, OneThread.class})
class DiagnosisLawsTest {
    private static final int STEPS = 3;

    private static final Map<String, String> PICTURES = Map.of("generator.width", "8", "discriminator.width", "8");
    private static final Map<String, String> PAIRS =
            Map.of("translator.width", "2", "discriminator.width", "2", "images.load", "64", "images.crop", "64");

    @ParameterizedTest
    @CsvSource({
        "gan-points,ring8,",
        "gan,digits,", // dropout and maxout
        "wgan-points,ring8,",
        "wgan-gp-points,grid25,",
        "sngan-points,ring8,",
        "gngan-points,ring8,",
        "gan-noise,digits,", // a view
        "dcgan,digits,pictures",
        "dcgan-projection,digits,pictures",
        "cdcgan,digits,pictures",
        "acgan,digits,pictures",
        "cgan,digits,",
        "sngan,digits,pictures",
        "gngan,digits,pictures",
        "rpgan,digits,pictures",
        "pix2pix-small,emoji-pairs,pairs",
        "cyclegan-small,emoji-pairs,pairs"
    })
    void aDiagnosisLeavesATrainingAsItIs(String name, String source, String size, @TempDir Path folder) {
        Map<String, String> settings = new HashMap<>(Map.of("updates.batchSize", size == null ? "16" : "4"));
        settings.put("steps", "100");
        boolean translates = "pairs".equals(size);
        if (!translates) {
            settings.put("heldOut", "0.05");
        }
        settings.putAll("pictures".equals(size) ? PICTURES : "pairs".equals(size) ? PAIRS : Map.of());
        Recipe recipe = Recipes.load(name, settings);
        try (Dataset data = DataSources.open(source, recipe.dataOptions())) {
            List<String> lines = new ArrayList<>();
            Map<String, String> with = train(recipe, data, folder.resolve("diagnosis.jsonl"), lines);
            Map<String, String> without = train(recipe, data, null, new ArrayList<>());
            assertThat(lines).as("so that it was looked at").hasSize(STEPS);
            assertThat(lines)
                    .allMatch(line -> translates
                            ? line.contains("INPUT_EFFECT") && line.contains("DETAIL")
                            : line.contains("OVERFITTING") && line.contains("HELD_OUT_ESTIMATE"));
            assertThat(with.keySet()).isEqualTo(without.keySet());
            assertThat(with.keySet().stream()
                            .filter(key -> !with.get(key).equals(without.get(key)))
                            .toList())
                    .as("what differs")
                    .isEmpty();
        }
    }

    /** All that a training holds after its steps, by name. */
    private static Map<String, String> train(Recipe recipe, Dataset data, Path file, List<String> lines) {
        Map<String, String> found = new LinkedHashMap<>();
        try (Training training = recipe.train(data, TrainingSetup.of(3, Device.CPU, Precision.FLOAT32))) {
            List<TrainingListener> listeners = new ArrayList<>();
            if (file == null) {
                training.trainer(listeners).runUntil(STEPS);
            } else {
                try (MetricsLog log = MetricsLog.open(file);
                        DiagnosisListener diagnosis = new DiagnosisListener(
                                new DiagnosisListener.Setup(
                                        training.probe(3), new Pace.Fixed(1), log, 1, training.loader()::waitedNanos),
                                Symptoms.ALL,
                                Signals.of(training.facts()),
                                (step, episode) -> {})) {
                    listeners.add(diagnosis);
                    training.trainer(listeners).runUntil(STEPS);
                    diagnosis.signals().readings().forEach(reading -> {
                        assertThat(reading.values()).containsKeys(Signal.G_GRADIENT, Signal.D_GRADIENT, Signal.D_SIGMA);
                        lines.add(reading.toString());
                    });
                }
            }
            training.step()
                    .parts()
                    .forEach((part, tensors) -> tensors.forEach((name, tensor) ->
                            found.put(part + "/" + name, Base64.getEncoder().encodeToString(tensor.toByteArray()))));
            for (RandomGenerator stream : List.of(
                    training.state().random().networks(),
                    training.state().random().latents(),
                    training.state().random().noise())) {
                found.put("stream " + found.size(), Base64.getEncoder().encodeToString(stream.state()));
            }
            found.put("loader", training.loader().position().toString());
        }
        return found;
    }

    @Test
    void aPaceByCostTakesNoMoreThanItsShare() {
        Pace pace = Pace.ByCost.of(10_000);
        assertThat(pace.isDue(20, 0, 19, 1000)).isTrue();
        assertThat(pace.isDue(20, 0, 21, 1000)).isFalse();
        assertThat(pace.isDue(20, 15, 10, 1000)).isFalse();
        assertThat(pace.isDue(21, 0, 1, 1000)).as("off the grid").isFalse();
        assertThat(Pace.ByCost.of(500)).isEqualTo(new Pace.ByCost(0.02, 1));
        assertThat(Pace.ByCost.of(100_000)).isEqualTo(new Pace.ByCost(0.02, 200));
    }
}
