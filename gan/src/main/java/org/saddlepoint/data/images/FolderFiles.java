package org.saddlepoint.data.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.archives.OtherArchive;
import org.saddlepoint.input.IoReasons;

/**
 * The files below a folder, with the links that {@link Links} says. The place of
 * an entry is −1 if its name leads to it, and else the number of its path among those that are kept, since Java cannot write
 * all names that disks hold.
 */
final class FolderFiles implements ImageFiles {
    private final Path given;
    private final Path root;
    private final Links links;
    private final List<Path> odd = new ArrayList<>();

    FolderFiles(Path folder, Links links) {
        this.given = folder;
        this.links = links;
        try {
            this.root = folder.toRealPath();
        } catch (NoSuchFileException e) {
            throw new NoSuchDataException(
                    "the folder " + folder + " does not exist; check the path, relative to "
                            + Path.of("").toAbsolutePath(),
                    e);
        } catch (IOException e) {
            throw new DataException("the folder " + folder + " cannot be read: " + IoReasons.of(e), e);
        }
        if (!Files.isDirectory(root)) {
            throw new DataException(folder + " is "
                    + OtherArchive.name(root)
                            .map(archive -> archive + ", which is not read; " + OtherArchive.ADVICE)
                            .orElse("a file; expected a folder or a .zip of pictures"));
        }
    }

    @Override
    public String title() {
        return "folder " + given;
    }

    @Override
    public Listing list() {
        FolderWalk walk = new FolderWalk(root, links);
        try {
            Files.walkFileTree(
                    root,
                    links == Links.ALL ? Set.of(FileVisitOption.FOLLOW_LINKS) : Set.of(),
                    Integer.MAX_VALUE,
                    walk);
        } catch (IOException e) {
            throw new DataException("the folder " + given + " cannot be listed: " + IoReasons.of(e), e);
        }
        odd.clear();
        return walk.listing(odd);
    }

    @Override
    public Optional<Entry> find(String name) throws IOException {
        Path file = root.resolve(name);
        boolean closed = Files.isSymbolicLink(file)
                && FolderWalk.linkObjection(root, links, file).isPresent();
        return closed || !Files.isRegularFile(file)
                ? Optional.empty()
                : Optional.of(new Entry(name, Files.size(file), 0));
    }

    private Path path(Entry entry) {
        return entry.place() < 0 ? root.resolve(entry.name()) : odd.get(entry.place());
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        return ImageFiles.open(path(entry));
    }

    @Override
    public Optional<Path> location(Entry entry) {
        try {
            return Optional.of(path(entry).toRealPath());
        } catch (IOException e) {
            return Optional.empty(); // reading it will say why
        }
    }

    @Override
    public void close() {}
}
