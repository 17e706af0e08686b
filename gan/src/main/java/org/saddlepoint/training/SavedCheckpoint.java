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
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.nn.Network;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.Seal;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.TensorScope;

/** A checkpoint on disk, found to be what {@link Checkpoints} wrote; its parts are read one by one. */
public final class SavedCheckpoint {
    static final String SUFFIX = ".safetensors";
    static final String RECIPE = "recipe.yaml";

    private static final Pattern PART = Pattern.compile("\\w[\\w.-]*");
    private static final String AVERAGE = "_ema";

    private final Path path;
    private final CheckpointState state;

    private SavedCheckpoint(Path path, CheckpointState state) {
        this.path = path;
        this.state = state;
    }

    /**
     * Opens a checkpoint and compares all its files with the digests of its seal.
     *
     * @throws RunException if it is damaged, cannot be read, or was written by a newer release
     */
    public static SavedCheckpoint open(Path checkpoint) {
        Optional<String> damage = Seal.damage(checkpoint);
        if (damage.isPresent()) {
            throw new RunException("the checkpoint " + checkpoint + " is damaged: " + damage.get());
        }
        try {
            return new SavedCheckpoint(checkpoint, CheckpointState.read(checkpoint));
        } catch (IOException e) {
            throw unusable(checkpoint, IoReasons.of(e), e);
        }
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** The step it was taken at. */
    public long step() {
        return state.step();
    }

    /** The same with the path. */
    public StepPath stepPath() {
        return new StepPath(state.step(), path);
    }

    /** The best evaluation of the run when it was taken; empty before the first one. */
    public OptionalDouble best() {
        Double best = state.best();
        return best == null ? OptionalDouble.empty() : OptionalDouble.of(best);
    }

    /** Whether all random numbers of the training come from one stream, as in runs of format 1. */
    public boolean hasSingleStream() {
        return state.hasSingleStream();
    }

    /** What {@code state.json} holds. */
    CheckpointState state() {
        return state;
    }

    /**
     * The recipe it was trained by, as YAML.
     *
     * @throws RunException if it cannot be read
     */
    public String recipe() {
        try {
            return Files.readString(path.resolve(RECIPE));
        } catch (IOException e) {
            throw unusable(path, IoReasons.of(e), e);
        }
    }

    /** The names of its parts: networks, moving averages, optimizers. */
    public List<String> parts() {
        return state.parts();
    }

    /**
     * Reads one part, and no other file.
     *
     * @return tensors by name, in the current scope
     * @throws RunException if there is no such part, or it cannot be read
     */
    public Map<String, Tensor> part(String name) {
        if (!state.parts().contains(name)) {
            throw new RunException(
                    "cannot use the checkpoint " + path + ": there is no part " + name + " among " + state.parts());
        }
        try {
            return read(name);
        } catch (IOException e) {
            throw unusable(path, IoReasons.of(e), e);
        }
    }

    /** The part with the moving average of this network where the checkpoint has one, else the network's own. */
    public String averagedPart(String network) {
        return hasAverage(network) ? network + AVERAGE : network;
    }

    /** Whether the checkpoint has a moving average of this network. */
    public boolean hasAverage(String network) {
        return state.parts().contains(network + AVERAGE);
    }

    /**
     * Overwrites a network with one part.
     *
     * @throws RunException if there is no such part, it cannot be read, or it does not fit the network
     */
    public void load(String part, Network network) {
        try (TensorScope scope = TensorScope.open()) {
            network.loadStateDict(part(part));
        } catch (IllegalArgumentException e) {
            throw unusable(path, part + ": " + e.getMessage(), e);
        }
    }

    /**
     * Overwrites networks with their parts.
     *
     * @throws RunException if a part is missing, cannot be read or does not fit
     */
    public void load(SavedNetworks networks) {
        try (TensorScope scope = TensorScope.open()) {
            networks.load(readParts());
        } catch (IOException e) {
            throw unusable(path, IoReasons.of(e), e);
        } catch (IllegalArgumentException e) {
            throw unusable(path, String.valueOf(e.getMessage()), e);
        }
    }

    /** As {@link Checkpoints#restore}. */
    void restore(TrainingStep step, BatchLoader loader, TrainingState training) {
        try (TensorScope scope = TensorScope.open()) {
            step.load(readParts());
            loader.seek(state.loader());
            training.restore(state);
        } catch (TensorException e) {
            throw unusable(path, "its random state is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw unusable(path, IoReasons.of(e), e);
        } catch (IllegalArgumentException e) {
            throw unusable(path, String.valueOf(e.getMessage()), e);
        }
    }

    /** What a file of it holds; empty where there is none of this name, as of a rank where there were fewer. */
    byte[] file(String name) {
        Path file = path.resolve(name);
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw unusable(path, IoReasons.of(e), e);
        }
    }

    private Map<String, Map<String, Tensor>> readParts() throws IOException {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        for (String part : state.parts()) {
            parts.put(part, read(part));
        }
        return parts;
    }

    private Map<String, Tensor> read(String part) throws IOException {
        if (!PART.matcher(part).matches()) {
            throw new IOException("it names the part \"" + part + "\", which is no plain name");
        }
        return SafeTensors.read(path.resolve(part + SUFFIX));
    }

    private static RunException unusable(Path checkpoint, String reason, Exception cause) {
        return new RunException("cannot use the checkpoint " + checkpoint + ": " + reason, cause);
    }
}
