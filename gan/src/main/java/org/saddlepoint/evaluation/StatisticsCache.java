package org.saddlepoint.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.Sha256;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.places.CacheFolders;
import org.saddlepoint.places.PlaceException;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Statistics of real data on disk, one file a key; the key names data, extractor, resizing and count. A file whose key,
 * checksum or form is not what it should be is never used: it is told of and replaced. A cache that cannot be written is
 * told of and does without.
 */
public final class StatisticsCache {
    private static final String KEY = "key";
    private static final String CHECKSUM = "checksum";

    private @Nullable Path folder;
    private final Consumer<String> notes;

    private StatisticsCache(@Nullable Path folder, Consumer<String> notes) {
        this.folder = folder;
        this.notes = notes;
    }

    /** A cache in this folder, which is made when needed; notes go to the user. */
    public static StatisticsCache in(Path folder, Consumer<String> notes) {
        return new StatisticsCache(folder, notes);
    }

    /** Keeps nothing. */
    public static StatisticsCache none() {
        return new StatisticsCache(null, note -> {});
    }

    /** That of the user, in {@link CacheFolders#files}; where there is no place for it a note says so, and it keeps nothing. */
    public static StatisticsCache ofUser(Consumer<String> notes) {
        try {
            return in(CacheFolders.ofProcess().files().folder(), notes);
        } catch (PlaceException e) {
            notes.accept("the statistics of the real data are not cached: " + e.getMessage());
            return none();
        }
    }

    Optional<FeatureStatistics> find(String key) {
        if (folder == null || !Files.exists(file(folder, key))) {
            return Optional.empty();
        }
        Path file = file(folder, key);
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> found = new LinkedHashMap<>(SafeTensors.read(file));
            byte[] savedKey = bytes(found.remove(KEY));
            byte[] checksum = bytes(found.remove(CHECKSUM));
            if (!Arrays.equals(savedKey, key.getBytes(StandardCharsets.UTF_8))) {
                throw new IOException("it is of other data or another extractor");
            }
            if (!Arrays.equals(checksum, checksum(found))) {
                throw new IOException("its checksum is wrong");
            }
            return Optional.of(FeatureStatistics.restore(found));
        } catch (IOException e) {
            return unused(file, IoReasons.of(e));
        } catch (IllegalArgumentException e) {
            return unused(file, String.valueOf(e.getMessage()));
        }
    }

    private Optional<FeatureStatistics> unused(Path file, String reason) {
        notes.accept("the cached statistics " + file + " are not used: " + reason + "; they are made anew");
        return Optional.empty();
    }

    void keep(String key, FeatureStatistics statistics) {
        if (folder == null) {
            return;
        }
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> state = new LinkedHashMap<>(statistics.state());
            byte[] checksum = checksum(state);
            byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
            state.put(KEY, Tensors.of(keyBytes, keyBytes.length));
            state.put(CHECKSUM, Tensors.of(checksum, checksum.length));
            AtomicFiles.write(file(folder, key), out -> SafeTensors.write(out, state, Map.of()));
        } catch (IOException e) {
            folder = null; // once is enough
            notes.accept("the statistics of the real data are not cached: " + IoReasons.of(e));
        }
    }

    private static byte[] bytes(@Nullable Tensor tensor) {
        return tensor == null ? new byte[0] : tensor.toByteArray();
    }

    private static byte[] checksum(Map<String, Tensor> state) {
        StringBuilder all = new StringBuilder();
        state.forEach((name, tensor) -> all.append(name).append(Sha256.of(tensor.toByteArray())));
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private static Path file(Path folder, String key) {
        return folder.resolve(
                "statistics-" + Sha256.of(key.getBytes(StandardCharsets.UTF_8)).substring(0, 32) + ".safetensors");
    }
}
