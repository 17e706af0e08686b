package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.LoaderPosition;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;

/** Checkpoints of earlier releases, which {@link #write} made when they were new, load and go on for ever. */
@ExtendWith(LeakCheck.class)
class CheckpointFixtureTest {
    private static final OptionalDouble BEST = OptionalDouble.of(0.1);
    private static final List<Rollback> ROLLBACKS =
            List.of(new Rollback(4, 3, 0.5, "the loss is NaN"), new Rollback(5, 3, 0.25, "the loss is NaN"));

    private static Path fixture(String release, String step) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(CheckpointFixtureTest.class.getResource("/checkpoints/" + release))
                        .toURI())
                .resolve("checkpoints")
                .resolve(step);
    }

    private static Dataset data() {
        return DataSources.open("ring8", DataOptions.DEFAULT);
    }

    /** Writes the fixture of this release, a run without manifest: its steps 3 and 5. */
    static void write(Path folder, String release) {
        GanRecipe recipe = Recipes.gan(
                "gan",
                Map.of(
                        "generator.hidden", "[3]",
                        "discriminator.hidden", "[3]",
                        "latent.size", "2",
                        "updates.batchSize", "4",
                        "average", "{decay: 0.9, start: 1, warmUp: true, buffers: averaged}"));
        RunFolder run = RunFolder.create(folder.resolve(release));
        CheckpointOrigin origin = new CheckpointOrigin(release, Recipes.format(recipe));
        try (Dataset data = data();
                GanTraining training = new GanTraining(recipe, data, TrainingSetup.of(7))) {
            training.trainer(List.of()).runUntil(3);
            training.state().best(BEST);
            training.state().rolledBack(ROLLBACKS);
            training.checkpoints(run, origin).save();
            training.trainer(List.of()).runUntil(5);
            training.checkpoints(run, origin).save();
        }
    }

    @Test
    void theOneOfRelease010GoesOnToTheSameValues() throws URISyntaxException {
        Path first = fixture("0.1.0", "000003");
        GanRecipe recipe = Recipes.parse(SavedCheckpoint.open(first).recipe(), "the fixture", Map.of())
                .asGan();
        try (Dataset data = data();
                GanTraining training =
                        new GanTraining(recipe, data, TrainingSetup.of(7).withSingleStream(true));
                GanTraining expected =
                        new GanTraining(recipe, data, TrainingSetup.of(7).withSingleStream(true))) {
            SavedCheckpoint.open(first).restore(training.step(), training.loader(), training.state());
            assertThat(training.state().step()).isEqualTo(3);
            assertThat(training.state().imagesSeen()).isEqualTo(12);
            assertThat(training.state().best()).isEqualTo(BEST);
            assertThat(training.state().rollbacks()).isEqualTo(ROLLBACKS);
            assertThat(training.state().learningRateFactor()).isEqualTo(0.25);
            assertThat(training.loader().position()).isEqualTo(new LoaderPosition(0, 12));

            training.trainer(List.of()).runUntil(5);
            SavedCheckpoint.open(fixture("0.1.0", "000005"))
                    .restore(expected.step(), expected.loader(), expected.state());
            assertThat(training.state().random().networks().state())
                    .isEqualTo(expected.state().random().networks().state());
            assertThat(training.loader().position()).isEqualTo(expected.loader().position());
            Map<String, Map<String, Tensor>> parts = training.step().parts();
            assertThat(parts.keySet()).contains("generator_ema", "discriminator_optimizer");
            expected.step()
                    .parts()
                    .forEach((part, tensors) -> tensors.forEach((name, tensor) -> {
                        float[] values = Objects.requireNonNull(
                                        Objects.requireNonNull(parts.get(part)).get(name))
                                .toFloatArray();
                        float[] right = tensor.toFloatArray();
                        for (int i = 0; i < right.length; i++) { // other processors may round otherwise
                            assertThat(values[i]).as("%s %s %d", part, name, i).isCloseTo(right[i], within(1e-5f));
                        }
                    }));
        }
    }
}
