package org.saddlepoint.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hidden names beside a target: {@code .NAME.ID.tmp} is a partial new version, {@code .NAME.ID.old} the version that it
 * replaces.
 */
final class Siblings {
    private static final Pattern LEFTOVER = Pattern.compile("\\.(?<target>.+)\\.[0-9a-f]{16}\\.(?<kind>tmp|old)");

    private Siblings() {}

    static Path temporary(Path target) {
        return named(target, "tmp");
    }

    static Path aside(Path target) {
        return named(target, "old");
    }

    private static Path named(Path target, String kind) {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        return target.resolveSibling("." + target.getFileName() + "." + id + "." + kind);
    }

    /**
     * Cleans up after a killed process: restores a folder that was renamed and not replaced, and deletes everything else
     * under the hidden names. Only for the process that owns the folder.
     */
    static void recover(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> entries;
        try (Stream<Path> listing = Files.list(directory)) {
            entries = listing.sorted().toList();
        }
        for (Path entry : entries) {
            Matcher name = LEFTOVER.matcher(entry.getFileName().toString());
            if (!name.matches()) {
                continue;
            }
            Path target = entry.resolveSibling(name.group("target"));
            if (name.group("kind").equals("old") && !Files.exists(target)) {
                Disk.move(entry, target);
            } else {
                Disk.delete(entry);
            }
        }
        Disk.forceDirectory(directory);
    }
}
