package org.saddlepoint.recipes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.saddlepoint.data.DataFile;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;

/**
 * The files that a run learns from, one a line in its {@code data.jsonl.gz}, so that it can be said which of them is missing
 * or has changed. The fingerprint alone decides whether data is the same.
 */
final class LearntFiles {
    /** Of more files no list is kept: it would have more than a few MB. */
    static final int MOST = 200_000;

    private static final long MOST_BYTES = 1L << 28;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MOST_BYTES)
                            .build())
                    .build())
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private LearntFiles() {}

    /**
     * Writes the list, unless there are no files or too many.
     *
     * @throws RunException if it cannot be written
     */
    static void write(RunFolder folder, List<DataFile> files) {
        if (files.isEmpty() || files.size() > MOST) {
            return;
        }
        try {
            AtomicFiles.write(folder.dataFilesFile(), out -> {
                GZIPOutputStream packed = new GZIPOutputStream(out);
                JSON.writer()
                        .withRootValueSeparator("\n")
                        .writeValues(packed)
                        .writeAll(files)
                        .flush();
                packed.write('\n');
                packed.finish();
            });
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    /** The list; empty where there is none, or none that can be read. */
    static Optional<List<DataFile>> read(RunFolder folder) {
        List<DataFile> files = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(InputFiles.open(folder.dataFilesFile()));
                MappingIterator<DataFile> lines = JSON.readerFor(DataFile.class).readValues(in)) {
            while (lines.hasNextValue()) {
                files.add(lines.nextValue());
                if (files.size() > MOST) {
                    return Optional.empty();
                }
            }
            return files.isEmpty() ? Optional.empty() : Optional.of(files);
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // it only explains: a run without it is whole
        }
    }
}
