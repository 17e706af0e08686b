package org.saddlepoint.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.optim.NonFiniteException;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.distributed.ProcessGroup;
import org.saddlepoint.tensor.distributed.Ranks;

/**
 * A process that is not rank 0 in the training of several: it takes part in each step, hands over what is its own for checkpoints,
 * goes back to checkpoints, and decides nothing.
 */
public final class Following {
    static final String STATE = RunFolder.CHECKPOINT_STATE;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProcessGroup group;
    private final long seed;
    private final TrainingStep step;
    private final BatchLoader loader;
    private final TrainingState state;

    /**
     * Follows with these, which stay the caller's.
     *
     * @param seed of the training
     */
    public Following(ProcessGroup group, long seed, TrainingStep step, BatchLoader loader, TrainingState state) {
        this.group = group;
        this.seed = seed;
        this.step = step;
        this.loader = loader;
        this.state = state;
    }

    /** Does what rank 0 says until that ends this training; returns what it said then. */
    public ProcessGroup.Said follow() {
        while (true) {
            ProcessGroup.Said said = group.say(0, new byte[0]);
            switch (Word.of(said)) {
                case STEP -> step();
                case GATHER -> group.gather("a checkpoint", RankState.of(step, loader, state));
                case RESTORE -> restore(said.bytes());
                case ROLLBACKS -> state.rolledBack(rollbacks(said.bytes()));
                default -> {
                    return said;
                }
            }
        }
    }

    private void step() {
        try {
            if (Trainer.run(step, loader, state).isFinite()) {
                state.advance(state.ranks().ofAll(step.examplesPerStep()));
            }
        } catch (NonFiniteException diverged) {
            // rank 0 has met the same, and says what comes next
        }
    }

    /**
     * Tells the other processes of a checkpoint, tensor by tensor, since an array of bytes cannot hold all of a large one.
     *
     * @param saved which rank 0 goes on from
     */
    static void tell(Ranks ranks, SavedCheckpoint saved) {
        ranks.group().ifPresent(group -> {
            Word.RESTORE.say(group, saved.file(STATE));
            saved.parts().forEach(part -> tell(group, saved, part));
            for (int rank = 1; rank < ranks.size(); rank++) {
                group.say(rank, saved.file(RankState.file(rank)));
            }
        });
    }

    /** One part: its tensors, each as a file of its own, then nothing. */
    private static void tell(ProcessGroup group, SavedCheckpoint saved, String part) {
        try (TensorScope scope = TensorScope.open()) {
            for (Map.Entry<String, Tensor> each : saved.part(part).entrySet()) {
                ByteArrayOutputStream file = new ByteArrayOutputStream();
                SafeTensors.write(file, Map.of(each.getKey(), each.getValue()), Map.of());
                group.say(0, file.toByteArray());
            }
            group.say(0, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receives the tensors of one part of a checkpoint from rank 0, one file each. */
    private Map<String, Tensor> hear(String part) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (byte[] file = hear(); file.length > 0; file = hear()) {
            tensors.putAll(SafeTensors.read(file, part + SavedCheckpoint.SUFFIX));
        }
        return tensors;
    }

    private byte[] hear() {
        return group.say(0, new byte[0]).bytes();
    }

    /** Hears what {@link #tell} says. */
    private void restore(byte[] stateFile) {
        try (TensorScope scope = TensorScope.open()) {
            CheckpointState saved = CheckpointState.parse(stateFile);
            Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
            for (String part : saved.parts()) {
                Map<String, Tensor> tensors = hear(part);
                if (!step.ofRank().contains(part + "/")) {
                    parts.put(part, tensors);
                }
            }
            byte[] own = new byte[0];
            for (int rank = 1; rank < group.size(); rank++) {
                byte[] file = hear();
                own = rank == group.rank() ? file : own;
            }
            state.restore(saved);
            loader.seek(saved.loader());
            if (own.length > 0) {
                RankState.restore(own, parts, loader, state);
            } else { // there were fewer processes
                state.random().setApart(group.rank(), seed + saved.step());
            }
            step.load(parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(List<Rollback> rollbacks) {
        try {
            return JSON.writeValueAsBytes(rollbacks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Rollback> rollbacks(byte[] bytes) {
        try {
            return JSON.readValue(bytes, new TypeReference<List<Rollback>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
