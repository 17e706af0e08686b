package org.saddlepoint.data.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.names.ComposedNames;
import org.saddlepoint.data.names.NameDecoder;
import org.saddlepoint.data.names.PathNames;
import org.saddlepoint.input.IoReasons;

/** Lists the files below a folder. */
final class FolderWalk extends SimpleFileVisitor<Path> {
    private static final Comparator<Found> ORDER = Comparator.comparing(Found::name)
            .thenComparing(Found::path, Comparator.nullsFirst(Comparator.naturalOrder()));

    /**
     * A file.
     *
     * @param name its name in composed form, or what Java makes of it if its encoding is not known yet
     * @param path where it is; null if the name says so
     */
    private record Found(String name, long bytes, @Nullable Path path) {}

    private final Path root;
    private final Links links;
    private final List<Found> found = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    /** Names of unknown encoding, by their position among all found. */
    private final Map<Integer, byte[]> unread = new LinkedHashMap<>();

    FolderWalk(Path root, Links links) {
        this.root = root;
        this.links = links;
    }

    /** @param odd is given the paths of entries whose names do not lead to them */
    ImageFiles.Listing listing(List<Path> odd) {
        Optional<String> note = decodeNames();
        found.removeIf(file -> {
            Optional<String> objection = ImageFiles.objection(file.name());
            objection.ifPresent(reason -> skipped.add(new Skipped(file.name(), reason, Skipped.Kind.NOT_READ)));
            return objection.isPresent();
        });
        found.sort(ORDER);
        skipped.sort(Comparator.comparing(Skipped::name));
        List<ImageFiles.Entry> entries = new ArrayList<>(found.size());
        for (Found file : found) {
            int place = -1;
            if (file.path() != null) {
                place = odd.size();
                odd.add(file.path());
            }
            entries.add(new ImageFiles.Entry(file.name(), file.bytes(), 0, place));
        }
        return new ImageFiles.Listing(entries, skipped, note.stream().toList());
    }

    private Optional<String> decodeNames() {
        if (unread.isEmpty()) {
            return Optional.empty();
        }
        NameDecoder decoder = NameDecoder.of(unread.values());
        unread.forEach((index, bytes) -> {
            Found file = found.get(index);
            found.set(index, new Found(ComposedNames.of(decoder.decode(bytes)), file.bytes(), file.path()));
        });
        return decoder.note();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean hidden = !folder.equals(root) && ImageFiles.isHidden(fileName(folder));
        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (ImageFiles.isHidden(fileName(file))) {
            return FileVisitResult.CONTINUE;
        }
        Optional<String> closed = attributes.isSymbolicLink() ? linkObjection(root, links, file) : Optional.empty();
        if (closed.isPresent()) {
            skip(file, closed.get());
        } else if (attributes.isOther()) {
            skip(file, "a device or a pipe, which is not opened");
        } else if (found.size() == ImageFiles.MOST_FILES) {
            throw new IOException("it has more than " + ImageFiles.MOST_FILES + " files");
        } else {
            add(file, attributes.isSymbolicLink() ? Files.size(file) : attributes.size());
        }
        return FileVisitResult.CONTINUE;
    }

    private void add(Path file, long bytes) {
        String text = PathNames.text(root.relativize(file));
        Optional<byte[]> raw = PathNames.bytes(root, file);
        Optional<String> utf8 = raw.flatMap(NameDecoder::utf8);
        if (raw.isPresent() && utf8.isEmpty()) {
            unread.put(found.size(), raw.get());
        }
        String name = ComposedNames.of(utf8.orElse(text));
        found.add(new Found(name, bytes, PathNames.leadsTo(root, name, file) ? null : file));
    }

    private void skip(Path file, String reason) {
        String name = PathNames.bytes(root, file)
                .map(bytes -> NameDecoder.utf8(bytes).orElseGet(() -> new String(bytes, StandardCharsets.UTF_8)))
                .orElseGet(() -> PathNames.text(root.relativize(file)));
        skipped.add(new Skipped(name, reason, Skipped.Kind.NOT_READ));
    }

    /** Why this link is not followed, if it is not. */
    static Optional<String> linkObjection(Path root, Links links, Path link) {
        try {
            Path target = link.toRealPath();
            if (links == Links.INSIDE && Files.isDirectory(target)) {
                return Optional.of("a link to a folder, which is followed with --follow-links");
            }
            if (links == Links.INSIDE && !target.startsWith(root)) {
                return Optional.of("a link out of the folder, which is followed with --follow-links");
            }
            return Files.isRegularFile(target) ? Optional.empty() : Optional.of("a link to no regular file");
        } catch (AccessDeniedException e) {
            return Optional.of("a link to what cannot be read: " + IoReasons.of(e));
        } catch (IOException e) {
            return Optional.of("a link to nowhere, or in a circle");
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (file.equals(root)) {
            throw e;
        }
        skip(
                file,
                e instanceof FileSystemLoopException
                        ? "a link to a folder around it"
                        : "cannot be read: " + IoReasons.ofNamed(e));
        return FileVisitResult.CONTINUE;
    }

    private static String fileName(Path path) {
        return Objects.toString(path.getFileName());
    }
}
