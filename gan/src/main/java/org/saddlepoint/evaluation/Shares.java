package org.saddlepoint.evaluation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.distributed.ProcessGroup;

/**
 * The processes that share an evaluation. Of batches 0, 1, 2, … rank r of N computes r, r + N, r + 2N, …; rank 0 is handed what all of
 * them found, in the order of the batches, and goes on with it as if it had computed all. So nothing depends on N.
 *
 * @param group empty where one process computes all
 */
record Shares(Optional<ProcessGroup> group) {
    /** One process. */
    static final Shares ALONE = new Shares(Optional.empty());

    private static final byte[] NOTHING = {};

    /** What is done with the batches. */
    interface Work {
        /** Computes a batch, in the current scope; nothing where all its examples are damaged. */
        Map<String, Tensor> look(int batch);

        /** Passes over a batch that another process computes. */
        default void skip(int batch) {}

        /** Takes, on rank 0, what was found of a batch. */
        void take(int batch, Map<String, Tensor> found);
    }

    /** Whether this process is handed what was found, and measures. */
    boolean leads() {
        return rank() == 0;
    }

    private int rank() {
        return group.map(ProcessGroup::rank).orElse(0);
    }

    private int size() {
        return group.map(ProcessGroup::size).orElse(1);
    }

    /** What rank 0 decides, which alone knows. */
    boolean decided(boolean own) {
        return group.map(all -> all.say(own ? 1 : 0, NOTHING).number() == 1).orElse(own);
    }

    /**
     * Refuses processes that measure otherwise than rank 0, for which they wait as long as it measures what came before.
     *
     * @param own settings of this process by what they are called
     * @throws EvaluationException if a setting differs on any of them
     */
    void requireSame(Map<String, String> own) {
        if (group.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        own.forEach((name, value) -> lines.add(name + " " + value.replace('\n', ' ')));
        String joined = String.join("\n", lines);
        byte[] said =
                group.get().say(0, joined.getBytes(StandardCharsets.UTF_8)).bytes();
        List<String> first = new String(said, StandardCharsets.UTF_8).lines().toList();
        String problem = "";
        for (int i = 0; i < lines.size() && problem.isEmpty(); i++) {
            if (!lines.get(i).equals(first.get(i))) {
                problem = "it measures with " + lines.get(i) + " but rank 0 with " + first.get(i)
                        + "; give the same to all";
            }
        }
        List<byte[]> answers = group.get().gather("answers", problem.getBytes(StandardCharsets.UTF_8));
        for (int rank = 0; rank < answers.size(); rank++) {
            if (answers.get(rank).length > 0) {
                throw new EvaluationException(
                        "rank " + rank + ": " + new String(answers.get(rank), StandardCharsets.UTF_8));
            }
        }
    }

    /** Does the work for so many batches; all processes call this together. */
    void forEach(String what, int batches, Work work) {
        for (int first = 0; first < batches; first += size()) {
            try (TensorScope scope = TensorScope.open()) {
                Map<String, Tensor> own = Map.of();
                for (int batch = first; batch < Math.min(batches, first + size()); batch++) {
                    if (batch - first == rank()) {
                        own = work.look(batch);
                    } else {
                        work.skip(batch);
                    }
                }
                List<Map<String, Tensor>> all = gathered(what, own);
                for (int i = 0; i < all.size(); i++) {
                    if (!all.get(i).isEmpty()) {
                        work.take(first + i, all.get(i));
                    }
                }
            }
        }
    }

    /** What all found on rank 0, nothing on the others. */
    private List<Map<String, Tensor>> gathered(String what, Map<String, Tensor> own) {
        if (group.isEmpty()) {
            return List.of(own);
        }
        List<Map<String, Tensor>> all = new ArrayList<>();
        try {
            List<byte[]> bytes = group.get().gather(what, bytes(own));
            for (int rank = 0; leads() && rank < bytes.size(); rank++) {
                byte[] theirs = bytes.get(rank);
                all.add(theirs.length == 0 ? Map.of() : SafeTensors.read(theirs, "what rank " + rank + " found"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static byte[] bytes(Map<String, Tensor> found) throws IOException {
        if (found.isEmpty()) {
            return NOTHING;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(out, found, Map.of());
        return out.toByteArray();
    }
}
