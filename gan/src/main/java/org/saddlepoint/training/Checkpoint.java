package org.saddlepoint.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.LoaderPosition;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.run.IoReasons;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.TensorScope;

/** Saves and restores everything a training needs to go on: a safetensors file a part, and {@code state.json}. */
public final class Checkpoint {
    private static final int FORMAT = 1;
    private static final String SUFFIX = ".safetensors";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /**
     * The content of {@code state.json}.
     *
     * @param format version of this layout
     * @param step steps done
     * @param images real examples seen
     * @param loader where the next batch begins
     * @param random state of the training's random generator
     * @param parts names of the safetensors files beside it
     */
    private record State(
            int format, long step, long images, LoaderPosition loader, byte[] random, List<String> parts) {}

    private Checkpoint() {}

    /** Writes a checkpoint of this moment, whole or not at all. */
    public static StepPath save(RunFolder folder, TrainingStep step, BatchLoader loader, TrainingState state) {
        return folder.writeCheckpoint(state.step(), directory -> fill(directory, step, loader, state));
    }

    /** Writes a checkpoint of this moment as the run's best one, whole or not at all. */
    public static void saveBest(RunFolder folder, TrainingStep step, BatchLoader loader, TrainingState state) {
        folder.writeBest(directory -> fill(directory, step, loader, state));
    }

    /**
     * The step a checkpoint was taken at.
     *
     * @throws RunException if the checkpoint cannot be read
     */
    public static long step(Path checkpoint) {
        try {
            return readState(checkpoint).step();
        } catch (IOException e) {
            throw unreadable(checkpoint, e);
        }
    }

    private static void fill(Path directory, TrainingStep step, BatchLoader loader, TrainingState state)
            throws IOException {
        Map<String, Map<String, Tensor>> parts = step.parts();
        State saved = new State(
                FORMAT,
                state.step(),
                state.imagesSeen(),
                loader.position(),
                state.random().state(),
                List.copyOf(parts.keySet()));
        try (TensorScope scope = TensorScope.open()) {
            for (Map.Entry<String, Map<String, Tensor>> part : parts.entrySet()) {
                try (OutputStream out = Files.newOutputStream(directory.resolve(part.getKey() + SUFFIX))) {
                    SafeTensors.write(out, part.getValue(), Map.of("format", "pt"));
                }
            }
        }
        JSON.writeValue(directory.resolve(RunFolder.CHECKPOINT_STATE).toFile(), saved);
    }

    /**
     * Puts step, loader and state back to where the checkpoint was taken.
     *
     * @throws RunException if the checkpoint cannot be read or does not fit
     */
    public static void restore(Path checkpoint, TrainingStep step, BatchLoader loader, TrainingState state) {
        try (TensorScope scope = TensorScope.open()) {
            State saved = readState(checkpoint);
            step.load(readParts(checkpoint, saved));
            loader.seek(saved.loader());
            restore(state, saved);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(checkpoint, e);
        }
    }

    private static void restore(TrainingState state, State saved) throws IOException {
        try {
            state.restore(saved.step(), saved.images(), saved.random());
        } catch (TensorException e) {
            throw new IOException("its random state is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Puts only the networks back, for sampling.
     *
     * @throws RunException if the checkpoint cannot be read or does not fit
     */
    public static void restoreNetworks(Path checkpoint, SavedNetworks networks) {
        try (TensorScope scope = TensorScope.open()) {
            networks.load(readParts(checkpoint, readState(checkpoint)));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(checkpoint, e);
        }
    }

    private static RunException unreadable(Path checkpoint, Exception failure) {
        String reason = failure instanceof IOException io ? IoReasons.of(io) : failure.getMessage();
        return new RunException(
                "cannot use the checkpoint " + checkpoint + ": " + reason
                        + "; if it is damaged, delete its folder to go on from the one before it",
                failure);
    }

    private static State readState(Path checkpoint) throws IOException {
        try {
            State saved = JSON.readValue(
                    checkpoint.resolve(RunFolder.CHECKPOINT_STATE).toFile(), State.class);
            if (saved.format() != FORMAT) {
                throw new IOException("its format is " + saved.format() + " but this release reads " + FORMAT);
            }
            return saved;
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().replaceFirst("(?s)[ (]*(start marker )?at \\[Source.*", "");
            throw new IOException(RunFolder.CHECKPOINT_STATE + " is damaged: " + reason, e);
        }
    }

    private static Map<String, Map<String, Tensor>> readParts(Path checkpoint, State saved) throws IOException {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        for (String part : saved.parts()) {
            parts.put(part, SafeTensors.read(checkpoint.resolve(part + SUFFIX)));
        }
        return parts;
    }
}
