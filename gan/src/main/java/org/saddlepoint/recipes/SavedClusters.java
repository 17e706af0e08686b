package org.saddlepoint.recipes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.clustering.Clusters;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Digest;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;

/**
 * The clusters that a run is conditioned on, in its {@code clusters.json}, so that it goes on with the same: one byte for each
 * picture in Base64, the fingerprint of the data, and a digest of both.
 */
final class SavedClusters {
    /** A longer file is refused: that of 100 million pictures has as much. */
    private static final int MOST_BYTES = 1 << 27;

    private static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MOST_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private SavedClusters() {}

    /**
     * The content of the file.
     *
     * @param format version of this layout
     * @param data fingerprint
     * @param sizes of the clusters, for readers; the labels say the same
     * @param labels in Base64
     * @param sha256 of data and labels
     */
    private record Content(int format, String data, List<Integer> sizes, String labels, String sha256) {}

    /**
     * Writes clusters.
     *
     * @param fingerprint of the data
     * @throws RunException if they cannot be written
     */
    static void write(RunFolder run, String fingerprint, Clusters clusters) {
        byte[] labels = clusters.labels();
        Content content = new Content(
                FORMAT,
                fingerprint,
                clusters.sizes(),
                Base64.getEncoder().encodeToString(labels),
                digest(fingerprint, labels));
        try {
            AtomicFiles.writeString(
                    run.clustersFile(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    static String digest(String fingerprint, byte[] labels) {
        return new Digest()
                .add("clusters")
                .add(FORMAT)
                .add(fingerprint)
                .add(labels)
                .hex();
    }

    /**
     * The clusters of this data.
     *
     * @throws RunException if they are missing, damaged, or of other data; says what to do
     */
    static Clusters read(RunFolder run, Dataset data) {
        Path file = run.clustersFile();
        Content content = content(file);
        if (content.format() > FORMAT) {
            throw new RunException(
                    file + " has format " + content.format() + ", written by a newer Saddlepoint; this one"
                            + " reads up to " + FORMAT + ": use the newer version");
        }
        try {
            byte[] labels = Base64.getDecoder().decode(content.labels());
            if (!digest(content.data(), labels).equals(content.sha256())) {
                throw damaged(file, "it is not what was written");
            }
            Clusters clusters = new Clusters(labels);
            if (!content.data().equals(data.fingerprint()) || clusters.pictures() != data.size()) {
                throw new RunException(file + " has the clusters of other data than " + data.name()
                        + "; restore the file of this run, or begin a new run");
            }
            return clusters;
        } catch (IllegalArgumentException e) {
            throw damaged(file, e.getMessage());
        }
    }

    private static Content content(Path file) {
        try {
            @Nullable Content content = JSON.readValue(InputFiles.text(file, MOST_BYTES), Content.class);
            if (content == null) {
                throw damaged(file, "expected a JSON object but it is null");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new RunException(
                    file
                            + " is missing, by which the run goes on with the same clusters; restore it, or begin a new run",
                    e);
        } catch (JsonProcessingException e) {
            throw damaged(file, "it is no JSON, or lacks a part of what was written");
        } catch (IOException e) {
            throw new RunException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    private static RunException damaged(Path file, @Nullable String what) {
        return new RunException(file + " is damaged: " + what + "; restore it, or begin a new run");
    }
}
