package org.saddlepoint.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.Require;
import org.saddlepoint.input.ShellWord;

/** Creates the folders of new runs; a refused request changes nothing on disk. */
final class NewFolders {
    private static final Pattern STEM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");
    private static final String CHOOSE = "choose another folder with --out";

    private NewFolders() {}

    static void make(Path folder, List<Path> parts) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new RunException("cannot make the run folder " + folder + ": it is a file; " + CHOOSE);
        }
        if (parts.stream().anyMatch(part -> part.endsWith("run.json") && Files.exists(part))) {
            throw new RunException(folder + " already holds a run; go on with it by: saddlepoint resume "
                    + ShellWord.quote(folder) + "; or " + CHOOSE);
        }
        for (Path part : parts) {
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                throw new RunException(folder + " already holds " + part.getFileName()
                        + " but no run.json, so it cannot be resumed; delete it, or " + CHOOSE);
            }
        }
        Deque<Path> made = new ArrayDeque<>();
        try {
            makeMissing(folder.toAbsolutePath(), made);
            Files.delete(Files.createTempFile(folder, ".probe", null)); // fails with the reason
        } catch (IOException e) {
            undo(made);
            throw new RunException("cannot make the run folder " + folder + ": " + IoReasons.of(e) + "; " + CHOOSE, e);
        } catch (RuntimeException e) {
            undo(made);
            throw e;
        }
    }

    static Path makeFresh(Path parent, String stem) {
        Deque<Path> made = new ArrayDeque<>();
        Path folder = freshName(parent, stem);
        try {
            makeMissing(parent.toAbsolutePath(), made);
            while (true) {
                try {
                    return Files.createDirectory(folder); // fails if another process was faster: that claims the name
                } catch (FileAlreadyExistsException e) {
                    folder = freshName(parent, stem);
                }
            }
        } catch (IOException e) {
            undo(made);
            throw new RunException("cannot make the run folder " + folder + ": " + IoReasons.of(e) + "; " + CHOOSE, e);
        }
    }

    static Path freshName(Path parent, String stem) {
        Require.that(STEM.matcher(stem).matches(), "stem", "letters, digits and . _ + -", '"' + stem + '"');
        for (int number = 1; ; number++) {
            Path candidate = parent.resolve(String.format(Locale.ROOT, "%s-%03d", stem, number));
            if (!Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
                return candidate;
            }
        }
    }

    /** As {@link Files#createDirectories}, noting what was made, the deepest first. */
    private static void makeMissing(Path folder, Deque<Path> made) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            makeMissing(parent, made);
        }
        try {
            Files.createDirectory(folder);
            made.push(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) { // another process may have made the same parent
                throw e;
            }
        }
    }

    private static void undo(Deque<Path> made) {
        for (Path folder : made) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                return; // another process has put something in it: then it is no longer ours to remove
            }
        }
    }
}
