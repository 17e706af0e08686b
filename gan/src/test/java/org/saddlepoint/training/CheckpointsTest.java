package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.TensorScope;

/** What is saved is read back part by part, and only after all of it was found sound. */
@ExtendWith(LeakCheck.class)
class CheckpointsTest {
    private static final Map<String, String> SMALL = Map.of(
            "generator.hidden", "[6]",
            "discriminator.hidden", "[5]",
            "latent.size", "3",
            "updates.batchSize", "8",
            "average.decay", "0.5");

    @TempDir
    private Path temp;

    @Test
    void savesTheBestOneBesideTheOthersAndReadsEach() throws IOException {
        try (Dataset data = DataSources.open("ring8", DataOptions.DEFAULT);
                GanTraining training = new GanTraining(Recipes.gan("gan", SMALL), data, TrainingSetup.of(7));
                TensorScope scope = TensorScope.open()) {
            RunFolder run = RunFolder.create(temp.resolve("run"));
            Checkpoints checkpoints = training.checkpoints(run, new CheckpointOrigin("test", "name: test"));
            assertThat(checkpoints.best()).isEmpty();
            training.trainer(List.of()).runUntil(1);
            checkpoints.saveBest(0.25);
            assertThat(training.state().best()).hasValue(0.25);
            training.trainer(List.of()).runUntil(2);
            Path second = checkpoints.save().path();
            assertThat(checkpoints.best()).hasValue(0.25);

            SavedCheckpoint saved = SavedCheckpoint.open(second);
            assertThat(saved.step()).isEqualTo(2);
            assertThat(saved.best()).hasValue(0.25);
            assertThat(saved.recipe()).isEqualTo("name: test");
            assertThat(saved.state().images()).isEqualTo(training.state().imagesSeen());
            assertThat(saved.parts())
                    .containsExactlyElementsOf(training.step().parts().keySet());
            assertThat(saved.averagedPart("generator")).isEqualTo("generator_ema");
            assertThat(saved.averagedPart("discriminator")).isEqualTo("discriminator");
            training.step().parts().forEach((part, tensors) -> saved.part(part)
                    .forEach((name, tensor) -> assertThat(tensor.toByteArray())
                            .as(part + " " + name)
                            .isEqualTo(tensors.get(name).toByteArray())));
            assertThatThrownBy(() -> saved.part("nosuch"))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("there is no part nosuch among [generator");
            assertThatThrownBy(() -> saved.load(
                            "discriminator", training.players().generator().network()))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("cannot use the checkpoint " + second + ": discriminator: ");

            checkpoints.restore(run.bestCheckpoint());
            assertThat(training.state().step()).isEqualTo(1);
            Files.write(run.bestCheckpoint().resolve("discriminator.safetensors"), new byte[3]);
            assertThat(checkpoints.best()).as("damaged").isEmpty();
            assertThatThrownBy(() -> SavedCheckpoint.open(run.bestCheckpoint()))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("is damaged: discriminator.safetensors");
        }
    }

    /** The process that wrote the newest was killed before it deleted the oldest; at the last step no other would do so. */
    @Test
    void aResumedTrainingDeletesWhatAKilledOneLeft() {
        try (Dataset data = DataSources.open("ring8", DataOptions.DEFAULT);
                GanTraining training = new GanTraining(Recipes.gan("gan", SMALL), data, TrainingSetup.of(7))) {
            RunFolder run = RunFolder.create(temp.resolve("run"));
            Checkpoints checkpoints = training.checkpoints(run, new CheckpointOrigin("test", "name: test"));
            for (int step = 1; step <= 3; step++) {
                training.trainer(List.of()).runUntil(step);
                checkpoints.save();
            }
            try (MetricsLog log = MetricsLog.open(run.metricsFile())) {
                training.trainer(List.of(new CheckpointListener(checkpoints, log, 1, false)))
                        .runUntil(3);
            }
            assertThat(run.checkpoints()).extracting(each -> each.step()).containsExactly(2L, 3L);
        }
    }

    /** A network is read from its own file, whatever the other files take. */
    @Test
    void aPartIsReadFromItsFileAlone() throws IOException {
        try (Dataset data = DataSources.open("ring8", DataOptions.DEFAULT);
                GanTraining training = new GanTraining(Recipes.gan("gan", SMALL), data, TrainingSetup.of(7));
                TensorScope scope = TensorScope.open()) {
            RunFolder run = RunFolder.create(temp.resolve("run"));
            Path path = training.checkpoints(run, new CheckpointOrigin("test", "name: test"))
                    .save()
                    .path();
            SavedCheckpoint saved = SavedCheckpoint.open(path);
            for (String part : saved.parts()) {
                if (!part.equals("generator")) {
                    Files.delete(path.resolve(part + ".safetensors"));
                }
            }
            assertThat(saved.part("generator")).isNotEmpty();
        }
    }
}
