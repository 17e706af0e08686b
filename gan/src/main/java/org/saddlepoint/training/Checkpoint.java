package org.saddlepoint.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.LoaderPosition;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.IoReasons;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.Seal;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.TensorScope;

/**
 * Saves and restores everything a training needs to go on: a safetensors file a part, the recipe, and {@code state.json}.
 *
 * <ul>
 *   <li>Nothing infinite or NaN is saved: that throws {@link TrainingDivergedException}, and the checkpoints before stay.
 *   <li>Nothing is restored from a checkpoint that is not what was written.
 * </ul>
 */
public final class Checkpoint {
    private static final Pattern PART = Pattern.compile("\\w[\\w.-]*");
    private static final String SUFFIX = ".safetensors";
    private static final String RECIPE = "recipe.yaml";

    private Checkpoint() {}

    /**
     * Writes a checkpoint of this moment, whole or not at all.
     *
     * @throws TrainingDivergedException if a number of a part is infinite or NaN
     * @throws RunException if it cannot be written
     */
    public static StepPath save(
            RunFolder folder, CheckpointOrigin origin, TrainingStep step, BatchLoader loader, TrainingState state) {
        FiniteParts.require(step, state.step());
        return folder.writeCheckpoint(
                state.step(), directory -> fill(directory, origin, step.parts(), moment(step, origin, loader, state)));
    }

    /** As {@link #save}, as the run's best one. */
    public static void saveBest(
            RunFolder folder, CheckpointOrigin origin, TrainingStep step, BatchLoader loader, TrainingState state) {
        FiniteParts.require(step, state.step());
        folder.writeBest(directory -> fill(directory, origin, step.parts(), moment(step, origin, loader, state)));
    }

    /**
     * Writes networks that were trained elsewhere as the checkpoint of step 0, whole or not at all. It serves {@link
     * #restoreNetworks}; to train on, there is too little in it.
     *
     * @param parts the networks' tensors, by part and name
     * @throws RunException if it cannot be written
     */
    public static StepPath saveNetworks(
            RunFolder folder, CheckpointOrigin origin, Map<String, Map<String, Tensor>> parts) {
        CheckpointState none = new CheckpointState(
                CheckpointState.FORMAT,
                origin.software(),
                engine(),
                0,
                0,
                null,
                List.of(),
                LoaderPosition.START,
                new byte[0],
                List.copyOf(parts.keySet()));
        return folder.writeCheckpoint(0, directory -> fill(directory, origin, parts, none));
    }

    private static CheckpointState moment(
            TrainingStep step, CheckpointOrigin origin, BatchLoader loader, TrainingState state) {
        OptionalDouble best = state.best();
        return new CheckpointState(
                CheckpointState.FORMAT,
                origin.software(),
                engine(),
                state.step(),
                state.imagesSeen(),
                best.isPresent() ? best.getAsDouble() : null,
                state.rollbacks(),
                loader.position(),
                state.random().state(),
                List.copyOf(step.parts().keySet()));
    }

    private static String engine() {
        return "libtorch " + Engine.version();
    }

    private static void fill(
            Path directory, CheckpointOrigin origin, Map<String, Map<String, Tensor>> parts, CheckpointState moment)
            throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            for (Map.Entry<String, Map<String, Tensor>> part : parts.entrySet()) {
                AtomicFiles.write(
                        directory.resolve(part.getKey() + SUFFIX),
                        out -> SafeTensors.write(out, part.getValue(), Map.of("format", "pt")));
            }
        }
        AtomicFiles.writeString(directory.resolve(RECIPE), origin.recipe());
        moment.write(directory);
    }

    /**
     * The step a checkpoint was taken at.
     *
     * @throws RunException if the checkpoint is damaged or cannot be read
     */
    public static long step(Path checkpoint) {
        return read(checkpoint).step();
    }

    /**
     * The best evaluation of the run when a checkpoint was taken.
     *
     * @throws RunException if the checkpoint is damaged or cannot be read
     */
    public static OptionalDouble best(Path checkpoint) {
        Double best = read(checkpoint).best();
        return best == null ? OptionalDouble.empty() : OptionalDouble.of(best);
    }

    /**
     * The recipe a checkpoint was trained by, as YAML.
     *
     * @throws RunException if the checkpoint is damaged or cannot be read
     */
    public static String recipe(Path checkpoint) {
        read(checkpoint);
        try {
            return Files.readString(checkpoint.resolve(RECIPE));
        } catch (IOException e) {
            throw unusable(checkpoint, IoReasons.of(e), e);
        }
    }

    /**
     * Puts step, loader and state back to where the checkpoint was taken.
     *
     * @throws RunException if the checkpoint is damaged, cannot be read or does not fit
     */
    public static void restore(Path checkpoint, TrainingStep step, BatchLoader loader, TrainingState state) {
        CheckpointState saved = read(checkpoint);
        try (TensorScope scope = TensorScope.open()) {
            step.load(readParts(checkpoint, saved));
            loader.seek(saved.loader());
            state.restore(saved);
        } catch (TensorException e) {
            throw unusable(checkpoint, "its random state is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw unusable(checkpoint, IoReasons.of(e), e);
        } catch (IllegalArgumentException e) {
            throw unusable(checkpoint, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Puts only the networks back, for sampling.
     *
     * @throws RunException if the checkpoint is damaged, cannot be read or does not fit
     */
    public static void restoreNetworks(Path checkpoint, SavedNetworks networks) {
        CheckpointState saved = read(checkpoint);
        try (TensorScope scope = TensorScope.open()) {
            networks.load(readParts(checkpoint, saved));
        } catch (IOException e) {
            throw unusable(checkpoint, IoReasons.of(e), e);
        } catch (IllegalArgumentException e) {
            throw unusable(checkpoint, String.valueOf(e.getMessage()), e);
        }
    }

    private static CheckpointState read(Path checkpoint) {
        Optional<String> damage = Seal.damage(checkpoint);
        if (damage.isPresent()) {
            throw new RunException("the checkpoint " + checkpoint + " is damaged: " + damage.get());
        }
        try {
            return CheckpointState.read(checkpoint);
        } catch (IOException e) {
            throw unusable(checkpoint, IoReasons.of(e), e);
        }
    }

    private static RunException unusable(Path checkpoint, String reason, Exception cause) {
        return new RunException("cannot use the checkpoint " + checkpoint + ": " + reason, cause);
    }

    private static Map<String, Map<String, Tensor>> readParts(Path checkpoint, CheckpointState saved)
            throws IOException {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        for (String part : saved.parts()) {
            if (!PART.matcher(part).matches()) {
                throw new IOException("it names the part \"" + part + "\", which is no plain name");
            }
            parts.put(part, SafeTensors.read(checkpoint.resolve(part + SUFFIX)));
        }
        return parts;
    }
}
