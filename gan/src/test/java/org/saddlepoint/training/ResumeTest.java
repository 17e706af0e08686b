package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.LoaderPosition;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Generator;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.Seal;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Bytes;

/** Stopping and going on from disk equals never stopping, bit for bit. */
@ExtendWith(LeakCheck.class)
class ResumeTest {
    private static final Map<String, String> SMALL_GAN = Map.of(
            "generator.hidden", "[16]",
            "discriminator.hidden", "[12]",
            "latent.size", "4",
            "updates.batchSize", "16",
            "updates.discriminatorSteps", "2");
    private static final Map<String, String> SMALL_DCGAN =
            Map.of("generator.width", "2", "latent.size", "6", "updates.batchSize", "8");

    private static final CheckpointOrigin ORIGIN = new CheckpointOrigin("test", "name: test");

    @TempDir
    private Path folder;

    private static final Map<String, String> SMALL_RESNET = Map.of(
            "generator.width", "3",
            "discriminator.width", "2",
            "latent.size", "6",
            "updates.batchSize", "4",
            "updates.discriminatorSteps", "2");

    private static GanRecipe recipe(String name) {
        Map<String, String> small =
                switch (Recipes.gan(name, Map.of()).generator().getClass().getSimpleName()) {
                    case "MlpGeneratorConfig" -> SMALL_GAN;
                    case "DcganGeneratorConfig" -> SMALL_DCGAN;
                    default -> SMALL_RESNET;
                };
        Map<String, String> settings = new HashMap<>(small);
        settings.put("average", "{decay: 0.9, start: 1, warmUp: true, buffers: averaged}");
        if (name.equals("gngan-conditional")) { // all that a conditional step can draw
            settings.put("conditioning.balancedBatches", "true");
            settings.put("conditioning.generatorLabels", "balanced");
            settings.put("conditioning.labelDropout", "0.3");
        }
        return Recipes.gan(name, settings);
    }

    private static Dataset data(String name) {
        return DataSources.open(name, new DataOptions(DataOptions.DEFAULT.imageFormat(), 100, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "gan, ring8, FLOAT32",
        "dcgan-quick, digits, FLOAT32",
        "gan, ring8, BFLOAT16",
        "dcgan-quick, digits, BFLOAT16",
        "wgan, digits, FLOAT32",
        "rpgan, digits, FLOAT32",
        "gan-noise, digits, FLOAT32",
        "cgan, digits, FLOAT32",
        "cdcgan, digits, FLOAT32",
        "cdcgan, digits, BFLOAT16",
        "acgan, digits, FLOAT32",
        "acgan, digits, BFLOAT16",
        "cgan-projection, digits, FLOAT32",
        "wgan-gp-conditional, digits, FLOAT32",
        "gngan-conditional, digits, FLOAT32",
        "sngan, digits, FLOAT32",
        "gngan-cr, digits, FLOAT32",
        "gngan-cr, digits, BFLOAT16"
    })
    void goingOnFromACheckpointEqualsNeverStopping(String name, String source, Precision precision) {
        try (Dataset data = data(source)) {
            List<String> straight = new ArrayList<>();
            Map<String, byte[]> weights;
            Map<String, byte[]> random;
            LoaderPosition position;
            Batch next;
            try (GanTraining training =
                    new GanTraining(recipe(name), data, TrainingSetup.of(7, Device.CPU, precision))) {
                training.trainer(List.of(reports(straight))).runUntil(5);
                weights = Snapshot.of(training.step());
                random = training.state().random().states();
                position = training.loader().position();
                next = training.loader().next();
            }

            RunFolder run = RunFolder.create(folder.resolve("run"));
            List<String> resumed = new ArrayList<>();
            try (GanTraining training =
                    new GanTraining(recipe(name), data, TrainingSetup.of(7, Device.CPU, precision))) {
                training.trainer(List.of(reports(resumed))).runUntil(2);
                Map<String, byte[]> before = Snapshot.of(training.step());
                training.checkpoints(run, ORIGIN).save();
                Bytes.requireSame(Snapshot.of(training.step()), before); // saving changes nothing
            }
            try (GanTraining training =
                    new GanTraining(recipe(name), data, TrainingSetup.of(7, Device.CPU, precision))) {
                training.trainer(List.of()).runUntil(1); // so that nothing is right by itself
                StepPath saved = run.latestCheckpoint().orElseThrow();
                SavedCheckpoint.open(saved.path()).restore(training.step(), training.loader(), training.state());
                assertThat(training.state().step()).isEqualTo(2);
                assertThat(training.state().imagesSeen())
                        .isEqualTo(2L * training.step().examplesPerStep());
                training.trainer(List.of(reports(resumed))).runUntil(5);
                Bytes.requireSame(Snapshot.of(training.step()), weights);
                assertThat(training.state().random().states())
                        .usingRecursiveComparison()
                        .isEqualTo(random);
                assertThat(training.loader().position()).isEqualTo(position);
                assertThat(training.loader().next().values()).isEqualTo(next.values());
            }
            assertThat(resumed).isEqualTo(straight).hasSize(5);
            assertThat(weights.keySet()).anyMatch(part -> part.startsWith("generator_ema/"));
        }
    }

    private static TrainingListener reports(List<String> lines) {
        return new TrainingListener() {
            @Override
            public void onStep(TrainingState state, StepReport report) {
                lines.add(state.step() + " " + report.values());
            }
        };
    }

    @Test
    void theNetworksAloneCanBeRestoredForSampling() {
        try (Dataset data = data("digits");
                TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(99);
                Generator generator = recipe("dcgan-quick")
                        .generator()
                        .create(recipe("dcgan-quick").latent(), Shape.of(1, 28, 28), random)) {
            generator.train(false);
            Tensor latents = recipe("dcgan-quick").latent().sample(3, random);
            float[] expected;
            Path checkpoint;
            try (GanTraining training = new GanTraining(recipe("dcgan-quick"), data, TrainingSetup.of(7))) {
                training.trainer(List.of()).runUntil(3);
                checkpoint = training.checkpoints(RunFolder.create(folder.resolve("run")), ORIGIN)
                        .save()
                        .path();
                expected = training.players().sample(latents).toFloatArray();
            }
            assertThat(generator.forward(latents, Conditioning.none()).toFloatArray())
                    .isNotEqualTo(expected);
            SavedCheckpoint saved = SavedCheckpoint.open(checkpoint);
            saved.load(saved.averagedPart("generator"), generator);
            assertThat(generator.forward(latents, Conditioning.none()).toFloatArray())
                    .isEqualTo(expected);
        }
    }

    @Test
    void aCheckpointOfOtherSettingsOrADamagedOneIsRefusedByName() throws IOException {
        try (Dataset data = data("ring8")) {
            Path checkpoint;
            try (GanTraining training = new GanTraining(recipe("gan"), data, TrainingSetup.of(7))) {
                training.trainer(List.of()).runUntil(1);
                checkpoint = training.checkpoints(RunFolder.create(folder.resolve("run")), ORIGIN)
                        .save()
                        .path();
            }
            GanRecipe wider = Recipes.parse(Recipes.format(recipe("gan")), "wider", Map.of("generator.hidden", "[17]"))
                    .asGan();
            requireRefused(wider, data, checkpoint, "expected shape [17, 4] but was [16, 4]");
            GanRecipe plain = Recipes.parse(Recipes.format(recipe("gan")), "plain", Map.of("average.decay", "0"))
                    .asGan();
            requireRefused(plain, data, checkpoint, "generator_ema");

            Path part = checkpoint.resolve("discriminator.safetensors");
            byte[] whole = Files.readAllBytes(part);
            Files.write(part, java.util.Arrays.copyOf(whole, whole.length - 1));
            requireRefused(recipe("gan"), data, checkpoint, "discriminator.safetensors is not what was written");
            Files.delete(part);
            requireRefused(recipe("gan"), data, checkpoint, "discriminator.safetensors is missing");
            Files.write(part, whole);
            Path state = checkpoint.resolve(RunFolder.CHECKPOINT_STATE);
            String json = Files.readString(state);
            Files.writeString(state, json.substring(0, json.length() / 2));
            requireRefused(recipe("gan"), data, checkpoint, "state.json is damaged");
            Files.writeString(state, "{}");
            requireRefused(recipe("gan"), data, checkpoint, "state.json is damaged");
            Files.writeString(state, json.replaceFirst("\"noise\" : \"[^\"]{8}", "\"noise\" : \""));
            requireRefused(recipe("gan"), data, checkpoint, "state.json is damaged: it is not what was written");
        }
    }

    /** A seal says who wrote it, not that it can be used. */
    @Test
    void aSealedCheckpointOfAnotherFormatOrWithWrongContentIsRefusedByName() throws IOException {
        try (Dataset data = data("ring8")) {
            Path checkpoint;
            try (GanTraining training = new GanTraining(recipe("gan"), data, TrainingSetup.of(7))) {
                training.trainer(List.of()).runUntil(1);
                checkpoint = training.checkpoints(RunFolder.create(folder.resolve("run")), ORIGIN)
                        .save()
                        .path();
            }
            reseal(checkpoint, values -> values.put("format", 4));
            requireRefused(recipe("gan"), data, checkpoint, "format is 4 but this release reads 2 to 3: use the newer");
            reseal(checkpoint, values -> values.put("format", 3));
            reseal(checkpoint, values -> values.put("later", "added by a later release of the same format"));
            try (GanTraining training = new GanTraining(recipe("gan"), data, TrainingSetup.of(7))) {
                SavedCheckpoint.open(checkpoint).restore(training.step(), training.loader(), training.state());
                assertThat(training.state().step()).isEqualTo(1);
            }
            reseal(checkpoint, values -> values.put("step", -1));
            requireRefused(recipe("gan"), data, checkpoint, "at least 0 but were -1");
            reseal(checkpoint, values -> values.put("step", 1));
            Map<String, Object> streams = streams(checkpoint);
            stream(checkpoint, streams, "noise", "AAAA");
            requireRefused(recipe("gan"), data, checkpoint, "random state is damaged");
            stream(checkpoint, streams, "noise", null);
            requireRefused(recipe("gan"), data, checkpoint, "noise");
            reseal(checkpoint, values -> values.put("streams", streams));
            reseal(checkpoint, values -> values.put("random", "AAAA"));
            requireRefused(recipe("gan"), data, checkpoint, "random or streams");
            reseal(checkpoint, values -> values.remove("random"));
            requireRefused(recipe("gan"), data, checkpoint, "random");
        }
    }

    /** Changes the state of one stream of random numbers. */
    private static void stream(Path checkpoint, Map<String, Object> streams, String name, @Nullable String state)
            throws IOException {
        Map<String, Object> changed = new LinkedHashMap<>(streams);
        changed.put(name, state);
        reseal(checkpoint, values -> values.put("streams", changed));
    }

    private static Map<String, Object> streams(Path checkpoint) throws IOException {
        ObjectMapper json = new ObjectMapper();
        return json.convertValue(
                json.readTree(checkpoint.resolve(RunFolder.CHECKPOINT_STATE).toFile())
                        .path("streams"),
                new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    private static void reseal(Path checkpoint, java.util.function.Consumer<Map<String, Object>> change)
            throws IOException {
        Path state = checkpoint.resolve(RunFolder.CHECKPOINT_STATE);
        Map<String, Object> values =
                new ObjectMapper().readValue(state.toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
        values.remove("seal");
        values.remove("files");
        change.accept(values);
        Files.delete(state);
        Seal.write(checkpoint, values);
    }

    private static void requireRefused(GanRecipe recipe, Dataset data, Path checkpoint, String message) {
        try (GanTraining training = new GanTraining(recipe, data, TrainingSetup.of(7))) {
            assertThatThrownBy(() -> SavedCheckpoint.open(checkpoint)
                            .restore(training.step(), training.loader(), training.state()))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining(checkpoint.toString())
                    .hasMessageContaining(message)
                    .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
        }
    }
}
