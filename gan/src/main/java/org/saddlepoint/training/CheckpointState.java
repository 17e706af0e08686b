package org.saddlepoint.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.LoaderPosition;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.Seal;

/**
 * The content of a checkpoint's {@code state.json} beside its {@link Seal}. Later releases may add fields; a change that
 * an older reader would take wrongly raises the format.
 *
 * @param format version of this layout
 * @param software the version of Saddlepoint that wrote it
 * @param engine the tensor engine and its version
 * @param step steps done
 * @param images real examples seen
 * @param best the best evaluation so far, or null
 * @param rollbacks returns to earlier checkpoints, which say the factor on the learning rates
 * @param loader where the next batch begins
 * @param random state of the one random generator of a training of format 1 or 2; null where there are streams
 * @param streams states of the training's {@link RandomStreams}, by name; null where there is one generator
 * @param parts names of the safetensors files beside it
 */
record CheckpointState(
        int format,
        String software,
        String engine,
        long step,
        long images,
        @Nullable Double best,
        List<Rollback> rollbacks,
        LoaderPosition loader,
        byte @Nullable [] random,
        @Nullable Map<String, byte[]> streams,
        List<String> parts) {
    /** Written by this release. Format 2 had one random generator; format 1 had no seal. */
    static final int FORMAT = 3;

    /** The oldest that this release reads. */
    private static final int OLDEST = 2;

    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    CheckpointState {
        if (step < 0 || images < 0) {
            throw new IllegalArgumentException(
                    "step and images must be at least 0 but were " + step + " and " + images);
        }
        Objects.requireNonNull(loader, "loader");
        if ((random == null) == (streams == null)) {
            throw new IllegalArgumentException("expected either random or streams, the states of random generators");
        }
        if (streams != null) {
            streams.forEach((stream, state) -> Objects.requireNonNull(state, "streams: " + stream));
        }
        streams = streams == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(streams));
        rollbacks = List.copyOf(rollbacks);
        parts = List.copyOf(parts);
    }

    /** States of the random streams as {@link RandomStreams} has them. */
    Map<String, byte[]> randomStates() {
        return random == null ? Objects.requireNonNull(streams) : Map.of("", random);
    }

    /** Whether all random numbers come from one generator. */
    boolean hasSingleStream() {
        return random != null;
    }

    /** Seals the files of a folder. */
    void write(Path directory) throws IOException {
        Seal.write(directory, JSON.convertValue(this, new TypeReference<LinkedHashMap<String, Object>>() {}));
    }

    /**
     * Reads what a sealed folder says.
     *
     * @throws IOException if it cannot be read, is damaged, or was written by a newer release
     */
    static CheckpointState read(Path checkpoint) throws IOException {
        return parse(Files.readAllBytes(checkpoint.resolve(RunFolder.CHECKPOINT_STATE)));
    }

    /** As {@link #read}, from the content of the file. */
    static CheckpointState parse(byte[] file) throws IOException {
        try {
            JsonNode root = JSON.readTree(file);
            int format = root.path("format").asInt(0);
            if (format < OLDEST || format > FORMAT) {
                throw new IOException("its format is " + format + " but this release reads " + OLDEST + " to " + FORMAT
                        + (format > FORMAT ? ": use the newer Saddlepoint that wrote it" : ""));
            }
            if (format < FORMAT) {
                ((ObjectNode) root).putNull("streams");
            }
            return JSON.treeToValue(root, CheckpointState.class);
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().replaceFirst("(?s)[ (]*(start marker )?at \\[Source.*", "");
            throw new IOException(RunFolder.CHECKPOINT_STATE + " is damaged: " + reason, e);
        }
    }
}
