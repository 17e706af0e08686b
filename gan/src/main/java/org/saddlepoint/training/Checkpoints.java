package org.saddlepoint.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.LoaderPosition;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.Seal;
import org.saddlepoint.run.SealedFolder;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.distributed.ProcessGroup;

/**
 * The checkpoints of one training in its run folder: saves and restores everything the training needs to go on, as one
 * safetensors file a part, the recipe, and {@code state.json}. {@link SavedCheckpoint} reads what is saved.
 *
 * <ul>
 *   <li>Nothing infinite or NaN is saved: that throws {@link TrainingDivergedException}, and the checkpoints before stay.
 *   <li>Nothing is restored from a checkpoint that is not what was written.
 * </ul>
 */
public final class Checkpoints {
    private final RunFolder folder;
    private final CheckpointOrigin origin;
    private final TrainingStep step;
    private final BatchLoader loader;
    private final TrainingState state;

    /**
     * The checkpoints of this training; all that is given stays the caller's.
     *
     * @param folder where they are
     * @param origin what each says of where it comes from
     */
    public Checkpoints(
            RunFolder folder, CheckpointOrigin origin, TrainingStep step, BatchLoader loader, TrainingState state) {
        this.folder = folder;
        this.origin = origin;
        this.step = step;
        this.loader = loader;
        this.state = state;
    }

    /** The run's folder. */
    public RunFolder folder() {
        return folder;
    }

    /**
     * Writes a checkpoint of this moment, whole or not at all.
     *
     * @throws TrainingDivergedException if a number of a part is infinite or NaN
     * @throws RunException if it cannot be written
     */
    public StepPath save() {
        FiniteParts.require(step, state.step());
        List<byte[]> ranks = gather();
        return folder.writeCheckpoint(state.step(), directory -> fill(directory, ranks));
    }

    /**
     * As {@link #save}, as the run's best one.
     *
     * @param value its evaluation, which the state notes; where the checkpoint cannot be written the state stays as it was
     */
    public void saveBest(double value) {
        FiniteParts.require(step, state.step());
        List<byte[]> ranks = gather();
        OptionalDouble before = state.best();
        state.best(OptionalDouble.of(value));
        try {
            folder.writeBest(directory -> fill(directory, ranks));
        } catch (RuntimeException e) {
            state.best(before);
            throw e;
        }
    }

    /**
     * As {@link #save}, as the run's last healthy one.
     *
     * @throws RunException if it cannot be written; the former one stays
     */
    public void saveHealthy() {
        FiniteParts.require(step, state.step());
        List<byte[]> ranks = gather();
        SealedFolder.write(folder.healthyCheckpoint(), directory -> fill(directory, ranks));
    }

    /** The evaluation of the best checkpoint on disk; empty where there is none, or it is damaged. */
    public OptionalDouble best() {
        Path best = folder.bestCheckpoint();
        return Files.exists(best) && Seal.damage(best).isEmpty()
                ? SavedCheckpoint.open(best).best()
                : OptionalDouble.empty();
    }

    /**
     * Puts step, loader and state back to where a checkpoint was taken.
     *
     * @throws RunException if the checkpoint is damaged, cannot be read or does not fit
     */
    public void restore(Path checkpoint) {
        SavedCheckpoint saved = SavedCheckpoint.open(checkpoint);
        saved.restore(step, loader, state);
        Following.tell(state.ranks(), saved);
    }

    /** Tells other processes of returns to earlier checkpoints, which the state has noted. */
    void tellRollbacks() {
        if (!state.ranks().isAlone()) {
            Word.ROLLBACKS.say(state.ranks(), Following.bytes(state.rollbacks()));
        }
    }

    /** What each of several processes has of its own; empty where there is one. All must have the same of what they share. */
    private List<byte[]> gather() {
        Optional<ProcessGroup> group = state.ranks().group();
        if (group.isEmpty()) {
            return List.of();
        }
        Word.GATHER.say(state.ranks());
        List<byte[]> ranks = group.get().gather("a checkpoint", RankState.of(step, loader, state));
        RankState.requireSame(ranks, state.step());
        return ranks;
    }

    /**
     * Writes networks that were trained elsewhere as the checkpoint of step 0, whole or not at all. {@link
     * SavedCheckpoint#load} reads them; to train on, there is too little in it.
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
                null,
                Map.of(),
                List.copyOf(parts.keySet()));
        return folder.writeCheckpoint(0, directory -> fill(directory, origin, parts, none));
    }

    private void fill(Path directory, List<byte[]> ranks) throws IOException {
        for (int rank = 1; rank < ranks.size(); rank++) {
            byte[] file = ranks.get(rank);
            AtomicFiles.write(directory.resolve(RankState.file(rank)), out -> out.write(file));
        }
        Map<String, Map<String, Tensor>> parts = step.parts();
        fill(directory, origin, parts, moment(List.copyOf(parts.keySet())));
    }

    private CheckpointState moment(List<String> parts) {
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
                state.random().isSingle() ? state.random().states().get("") : null,
                state.random().isSingle() ? null : state.random().states(),
                parts);
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
                        directory.resolve(part.getKey() + SavedCheckpoint.SUFFIX),
                        out -> SafeTensors.write(out, part.getValue(), Map.of("format", "pt")));
            }
        }
        AtomicFiles.writeString(directory.resolve(SavedCheckpoint.RECIPE), origin.recipe());
        moment.write(directory);
    }
}
