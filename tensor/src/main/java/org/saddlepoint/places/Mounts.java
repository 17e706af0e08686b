package org.saddlepoint.places;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How file systems are mounted, where the system tells (Linux). */
final class Mounts {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");

    /** proc(5): identifiers, device, root, mount point, options. */
    private static final Pattern LINE = Pattern.compile("\\S+ \\S+ \\S+ \\S+ (?<point>\\S+) (?<options>\\S+).*");

    private static final Pattern OCTAL = Pattern.compile("\\\\(\\d{3})");

    private Mounts() {}

    /** Whether nothing in this folder, or the first existing one above it, may be run or loaded as a library. */
    static boolean forbidPrograms(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return forbidPrograms(existing.toRealPath(), Files.readAllLines(TABLE));
        } catch (IOException e) {
            return false; // another system, or a folder that cannot be read, which writing to it will show
        }
    }

    /** @param table lines of {@code /proc/self/mountinfo} */
    static boolean forbidPrograms(Path folder, List<String> table) {
        int longest = -1;
        boolean forbidden = false;
        for (String line : table) {
            Matcher mount = LINE.matcher(line);
            if (!mount.matches()) {
                continue;
            }
            Path point = Path.of(unescaped(mount.group("point")));
            if (folder.startsWith(point) && point.getNameCount() >= longest) { // of two at one point the later is seen
                longest = point.getNameCount();
                forbidden = List.of(mount.group("options").split(",")).contains("noexec");
            }
        }
        return forbidden;
    }

    private static String unescaped(String point) {
        return OCTAL.matcher(point)
                .replaceAll(match ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(match.group(1), 8))));
    }
}
