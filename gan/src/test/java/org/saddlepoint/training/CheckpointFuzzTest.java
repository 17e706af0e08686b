package org.saddlepoint.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.input.Sha256;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;
import org.saddlepoint.testing.fuzz.Scratch;

/** The files of a checkpoint, mutated. */
class CheckpointFuzzTest {
    private static Dataset data;
    private static GanTraining training;
    private static Path checkpoint;
    private static Fuzzing state;
    private static Fuzzing weights;

    @BeforeContainer
    static void save() throws IOException {
        data = DataSources.open("ring8", new DataOptions(DataOptions.DEFAULT.imageFormat(), 100, 0, 0));
        Map<String, String> small = Map.of(
                "generator.hidden", "[6]",
                "discriminator.hidden", "[5]",
                "latent.size", "3",
                "updates.batchSize", "4");
        training = new GanTraining(Recipes.gan("gan-points", small), data, TrainingSetup.of(7));
        training.trainer(List.of()).runUntil(2);
        checkpoint = training.checkpoints(
                        RunFolder.create(Scratch.folder().resolve("run")), new CheckpointOrigin("test", "name: test"))
                .save()
                .path();
        Path stateFile = checkpoint.resolve(RunFolder.CHECKPOINT_STATE);
        Path weightsFile = checkpoint.resolve("generator.safetensors");
        state = new Fuzzing(Format.of(
                        List.of(Files.readAllBytes(stateFile)),
                        file -> restore(stateFile, file),
                        RunException.class,
                        DataException.class)
                .words(
                        "{",
                        "}",
                        "[",
                        "]",
                        "[[",
                        "null",
                        "\"",
                        ",",
                        ":",
                        "../",
                        "/",
                        "\\u0000",
                        "\"generator\"",
                        "AAAA",
                        "==")
                .repaired(CheckpointFuzzTest::sealed));
        weights = new Fuzzing(Format.of(
                        List.of(Files.readAllBytes(weightsFile)),
                        file -> restoreWeights(stateFile, weightsFile, file),
                        RunException.class)
                .words("{", "}", "[", "]", "[0,", "\"F32\"", "\"F64\"", "\"I64\"", "\"shape\":", "weight", ",", "\\n"));
    }

    @AfterContainer
    static void close() {
        training.close();
        data.close();
    }

    @Property
    void states(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        state.check(mutation);
    }

    @Property
    void weightsOfTheGenerator(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        weights.check(mutation);
    }

    private static void restore(Path file, byte[] content) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        try {
            Files.write(file, content);
            SavedCheckpoint.open(checkpoint).step();
            SavedCheckpoint.open(checkpoint).restore(training.step(), training.loader(), training.state());
            SavedCheckpoint.open(checkpoint)
                    .load("generator", training.players().generator().network());
        } finally {
            restoreFile(file, whole);
        }
    }

    /** The seal is made to fit, else it would refuse everything. */
    private static void restoreWeights(Path stateFile, Path weightsFile, byte[] content) throws IOException {
        byte[] whole = Files.readAllBytes(stateFile);
        String text = new String(whole, StandardCharsets.ISO_8859_1)
                .replace(Sha256.of(Files.readAllBytes(weightsFile)), Sha256.of(content));
        try {
            Files.write(stateFile, sealed(text.getBytes(StandardCharsets.ISO_8859_1)));
            restore(weightsFile, content);
        } finally {
            restoreFile(stateFile, whole);
        }
    }

    private static byte[] sealed(byte[] state) {
        Pattern seal = Pattern.compile("(?<=\\A\\{\\s{0,9}\"seal\" : \")[0-9a-f]{64}");
        String open =
                seal.matcher(new String(state, StandardCharsets.ISO_8859_1)).replaceFirst("0".repeat(64));
        String digest = Sha256.of(open.getBytes(StandardCharsets.ISO_8859_1));
        return seal.matcher(open).replaceFirst(digest).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void restoreFile(Path file, byte[] whole) {
        try {
            Files.write(file, whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
