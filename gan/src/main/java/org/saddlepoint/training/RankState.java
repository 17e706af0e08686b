package org.saddlepoint.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.LoaderPosition;
import org.saddlepoint.input.Sha256;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.tensor.distributed.DistributedException;

/**
 * What one of several processes has of its own, as a file of a checkpoint: its random streams, its place in the data, its pool of
 * images; and digests of what must be the same on all.
 */
final class RankState {
    private static final String RANDOM = "random/";
    private static final String LOADER = "loader";
    private static final String PART = "part/";

    private RankState() {}

    /** The name of the file of a rank. */
    static String file(int rank) {
        return "rank" + rank + SavedCheckpoint.SUFFIX;
    }

    /** What this process has. */
    static byte[] of(TrainingStep step, BatchLoader loader, TrainingState state) {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> own = new LinkedHashMap<>();
            state.random().states().forEach((name, bytes) -> own.put(RANDOM + name, Tensors.of(bytes, bytes.length)));
            LoaderPosition position = loader.position();
            own.put(
                    LOADER,
                    Tensors.of(
                            new long[] {
                                position.epoch(),
                                position.index(),
                                state.ranks().size()
                            },
                            3));
            Set<String> ofRank = step.ofRank();
            step.parts()
                    .forEach((part, tensors) -> tensors.forEach((name, tensor) -> {
                        if (ofRank.contains(part + "/")) {
                            own.put(PART + part + "/" + name, tensor);
                        }
                    }));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            SafeTensors.write(bytes, own, digests(step));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of each part that all processes share, without what is of each. */
    private static Map<String, String> digests(TrainingStep step) {
        Set<String> ofRank = step.ofRank();
        Map<String, String> digests = new LinkedHashMap<>();
        step.parts().forEach((part, tensors) -> {
            if (ofRank.contains(part + "/")) {
                return;
            }
            MessageDigest all = Sha256.digest();
            tensors.forEach((name, tensor) -> {
                if (!ofRank.contains(part + "/" + name)) {
                    all.update(name.getBytes(StandardCharsets.UTF_8));
                    all.update(tensor.toByteArray());
                }
            });
            digests.put(part, HexFormat.of().formatHex(all.digest()));
        });
        return digests;
    }

    /**
     * Checks that all processes have the same of what they share.
     *
     * @param ranks what each of them has
     * @throws DistributedException naming rank and part
     */
    static void requireSame(List<byte[]> ranks, long step) {
        try {
            Map<String, String> first = SafeTensors.notes(ranks.get(0), file(0));
            for (int rank = 1; rank < ranks.size(); rank++) {
                Map<String, String> other = SafeTensors.notes(ranks.get(rank), file(rank));
                List<String> differing = new ArrayList<>(first.keySet());
                differing.removeIf(part -> Objects.equals(first.get(part), other.get(part)));
                if (!differing.isEmpty()) {
                    throw new DistributedException(
                            "after step " + step + " rank " + rank + " has other numbers than rank 0 in "
                                    + String.join(", ", differing)
                                    + "; the processes no longer train one model. Go on from the last checkpoint, on equal machines");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts a process back to where it was, apart from what all share.
     *
     * @param parts takes the process's own parts
     */
    static void restore(byte[] file, Map<String, Map<String, Tensor>> parts, BatchLoader loader, TrainingState state)
            throws IOException {
        Map<String, byte[]> streams = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> each : SafeTensors.read(file, "rank").entrySet()) {
            String name = each.getKey();
            if (name.startsWith(RANDOM)) {
                streams.put(name.substring(RANDOM.length()), each.getValue().toByteArray());
            } else if (name.startsWith(PART)) {
                String part = name.substring(PART.length(), name.lastIndexOf('/'));
                parts.computeIfAbsent(part, unseen -> new LinkedHashMap<>())
                        .put(name.substring(name.lastIndexOf('/') + 1), each.getValue());
            } else {
                long[] position = each.getValue().toLongArray();
                if (position[2]
                        == state.ranks()
                                .size()) { // else the place is of another share: rank 0's, gone to before, is right
                    loader.seek(new LoaderPosition(position[0], (int) position[1]));
                }
            }
        }
        state.random().restore(streams);
    }
}
