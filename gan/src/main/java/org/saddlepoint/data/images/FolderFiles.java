package org.saddlepoint.data.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.Skipped;

/** The image files below a folder. Links to files within it are followed; links that leave it, and to folders, are not. */
final class FolderFiles implements ImageFiles {
    private final Path given;
    private final Path root;

    FolderFiles(Path folder) {
        this.given = folder;
        try {
            this.root = folder.toRealPath();
        } catch (NoSuchFileException e) {
            throw new NoSuchDataException(
                    "the folder " + folder + " does not exist; check the path, relative to "
                            + Path.of("").toAbsolutePath(),
                    e);
        } catch (IOException e) {
            throw new DataException("the folder " + folder + " cannot be read (" + e.getMessage() + ")", e);
        }
        if (!Files.isDirectory(root)) {
            throw new DataException(folder + " is a file; expected a folder or a .zip of PNG, JPEG or WebP images");
        }
    }

    @Override
    public String title() {
        return "folder " + given;
    }

    @Override
    public Listing list() {
        Visitor visitor = new Visitor();
        try {
            Files.walkFileTree(root, visitor);
        } catch (IOException e) {
            throw new DataException("the folder " + given + " cannot be listed (" + e.getMessage() + ")", e);
        }
        visitor.images.sort(Comparator.comparing(Entry::name));
        visitor.skipped.sort(Comparator.comparing(Skipped::name));
        return new Listing(visitor.images, visitor.others, visitor.another, visitor.skipped);
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        return ImageFiles.open(root.resolve(entry.name()));
    }

    @Override
    public Optional<Path> location(Entry entry) {
        try {
            return Optional.of(root.resolve(entry.name()).toRealPath());
        } catch (IOException e) {
            return Optional.empty(); // reading it will say why
        }
    }

    @Override
    public void close() {}

    private final class Visitor extends SimpleFileVisitor<Path> {
        final List<Entry> images = new ArrayList<>();
        final List<Skipped> skipped = new ArrayList<>();
        int others;
        Optional<String> another = Optional.empty();

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
            String name = relativeName(file);
            if (attributes.isSymbolicLink() && !leadsToFileInside(file)) {
                skipped.add(new Skipped(name, "a link to a folder or out of the folder, which is not followed"));
            } else if (attributes.isOther()) {
                skipped.add(new Skipped(name, "a device or a pipe, which is not opened"));
            } else if (ImageFiles.objection(name).isPresent()) {
                skipped.add(new Skipped(name, ImageFiles.objection(name).get()));
            } else if (!ImageFiles.hasImageName(name)) {
                others++;
                another = Optional.of(name);
            } else if (images.size() == MOST_FILES) {
                throw new IOException("it has more than " + MOST_FILES + " images");
            } else {
                images.add(new Entry(name, attributes.isSymbolicLink() ? Files.size(file) : attributes.size(), 0));
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean leadsToFileInside(Path link) {
            try {
                Path target = link.toRealPath();
                return target.startsWith(root) && Files.isRegularFile(target);
            } catch (IOException e) {
                return false; // a link to nowhere, or in a circle
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            skipped.add(new Skipped(relativeName(file), "cannot be read (" + e.getMessage() + ")"));
            return FileVisitResult.CONTINUE;
        }

        private String relativeName(Path path) {
            return root.relativize(path).toString().replace('\\', '/');
        }

        private static String fileName(Path path) {
            return String.valueOf(path.getFileName());
        }
    }
}
