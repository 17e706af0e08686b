package org.saddlepoint.studio.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest finding of a diagnosis, however many readings there are before and behind it. What was searched before is not
 * searched again, unless the log is another one since. Not thread-safe.
 */
final class NewestFinding {
    private @Nullable Object key;
    private long searched;
    private @Nullable LogLine found;

    /** @throws IOException if the log cannot be read */
    Optional<LogLine> in(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        boolean goesOn = now.size() >= searched && Objects.equals(key, now.fileKey());
        Optional<LogLine> newer = LogSample.lastThat(file, goesOn ? searched : 0, "finding", line -> line.json()
                .path("kind")
                .asText()
                .equals("finding"));
        found = newer.orElse(goesOn ? found : null);
        key = now.fileKey();
        searched = Math.max(0, now.size() - LogLine.LONGEST); // its last line may be half written
        return Optional.ofNullable(found);
    }
}
