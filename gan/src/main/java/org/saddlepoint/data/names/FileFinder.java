package org.saddlepoint.data.names;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.input.InputFiles;

/**
 * Finds files below a folder by names that others wrote. A name that is on the disk as it is written is found as that; else
 * the file whose name is the same in composed form, or in the encoding that the folder's names have.
 */
public final class FileFinder {
    private final Path root;
    private final Map<Path, Map<String, Path>> byName = new HashMap<>();

    /** @param root an absolute folder */
    public FileFinder(Path root) {
        this.root = root;
    }

    /**
     * The file of this name; empty if there is none.
     *
     * @param name relative, with forward slashes, without {@code .} and {@code ..}
     * @throws IOException when a folder cannot be listed or may not be read
     */
    public Optional<Path> find(String name) throws IOException {
        Path found = root;
        for (String segment : name.split("/", -1)) {
            Optional<Path> next = child(found, segment);
            if (next.isEmpty()) {
                return next;
            }
            found = next.get();
        }
        return Optional.of(found);
    }

    private Optional<Path> child(Path folder, String segment) throws IOException {
        try {
            Path exact = folder.resolve(segment);
            if (Files.exists(exact, LinkOption.NOFOLLOW_LINKS) || InputFiles.exists(exact)) {
                return Optional.of(exact);
            }
        } catch (InvalidPathException e) {
            // Java cannot write this name in the encoding of the locale, but it can list it
        }
        if (ComposedNames.isAscii(segment) || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Map<String, Path> children = byName.get(folder);
        if (children == null) {
            children = children(folder);
            byName.put(folder, children);
        }
        return Optional.ofNullable(children.get(ComposedNames.of(segment)));
    }

    private static Map<String, Path> children(Path folder) throws IOException {
        Map<String, Path> children = new HashMap<>();
        Map<Path, byte[]> unread = new LinkedHashMap<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
            for (Path child : listing) {
                Optional<byte[]> bytes = PathNames.bytes(folder, child);
                Optional<String> utf8 = bytes.flatMap(NameDecoder::utf8);
                if (bytes.isPresent() && utf8.isEmpty()) {
                    unread.put(child, bytes.get());
                } else {
                    String name = utf8.orElseGet(() -> PathNames.text(folder.relativize(child)));
                    children.putIfAbsent(ComposedNames.of(name), child);
                }
            }
        }
        NameDecoder decoder = NameDecoder.of(unread.values());
        unread.forEach((child, bytes) -> children.putIfAbsent(ComposedNames.of(decoder.decode(bytes)), child));
        return children;
    }
}
