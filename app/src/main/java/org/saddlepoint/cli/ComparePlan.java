package org.saddlepoint.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunLock;

/**
 * What a comparison compares: {@code comparison.json} in its folder, by which the same command goes on after a kill.
 *
 * @param options by name, as text
 */
record ComparePlan(Map<String, String> options) {
    /** Begins the names of the entries that tell the text of a recipe's file; comparisons of earlier releases have none. */
    static final String TEXT = "the text of ";

    /** The option that may be another one from one command to the next. */
    static final String SEEDS = "--seeds";

    private static final String FILE = "comparison.json";
    private static final int MOST_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    ComparePlan {
        options = new LinkedHashMap<>(options); // their order counts
    }

    /**
     * Does nothing where the folder is free, or holds the same comparison, perhaps of another number of seeds.
     *
     * @throws UsageException if it holds another one, or something else
     */
    void check(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (Files.exists(file)) {
                Map<String, String> there =
                        JSON.readValue(InputFiles.bytes(file, MOST_BYTES), new TypeReference<Map<String, String>>() {});
                requireSame(folder, there);
            } else if (Files.exists(folder)) {
                throw new UsageException(
                        "--out " + folder
                                + " is there already and holds no comparison; give a new folder, or that of the one to go on with");
            }
        } catch (IOException e) {
            throw new RunException("cannot use " + file + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Makes the folder, unless it is there, and writes this into it.
     *
     * @return keeps other processes out until it is closed
     * @throws RunException if another process works there
     */
    RunLock claim(Path folder) {
        try {
            boolean isNew = !Files.exists(folder);
            Files.createDirectories(folder);
            RunLock lock = RunLock.of(folder);
            try {
                if (!isNew) {
                    check(folder); // again: another process may have begun one meanwhile
                }
                AtomicFiles.write(folder.resolve(FILE), out -> out.write(JSON.writeValueAsBytes(options)));
                return lock;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    private void requireSame(Path folder, Map<String, String> there) {
        options.forEach((name, value) -> {
            String before = there.get(name);
            boolean mayDiffer = name.equals(SEEDS) || (before == null && name.startsWith(TEXT));
            if (!mayDiffer && !Objects.equals(before, value)) {
                throw new UsageException("--out " + folder + " holds another comparison: " + name + " was "
                        + (before == null || before.isEmpty() ? "not given" : before) + " and is "
                        + (value.isEmpty() ? "not given" : value)
                        + "; give a new folder, or the same options to go on");
            }
        });
    }
}
