package org.saddlepoint.data.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.Skipped;

/** The image files in a zip, read where they lie; nothing is unpacked to disk. */
final class ZipFiles implements ImageFiles {
    /** Entries up to this size may be packed however well; bytes. */
    static final long PACKED_FREELY = 16L << 20;

    /** A larger entry that unpacks to more than so many times its packed bytes is refused. */
    static final int MOST_EXPANSION = 100;

    private final Path given;
    private final ZipFile zip;

    ZipFiles(Path file) {
        this.given = file;
        if (!Files.isRegularFile(file)) {
            throw new NoSuchDataException(
                    "the zip " + file + (Files.exists(file) ? " is no regular file" : " does not exist")
                            + "; check the path, relative to " + Path.of("").toAbsolutePath());
        }
        try {
            this.zip = new ZipFile(file.toFile());
        } catch (IOException e) {
            throw new DataException(
                    file + " is no zip file, or it is damaged or encrypted (" + e.getMessage() + "); try `unzip -t "
                            + file + "`",
                    e);
        }
    }

    @Override
    public String title() {
        return "zip " + given;
    }

    @Override
    public Listing list() {
        List<Entry> images = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int others = 0;
        Optional<String> another = Optional.empty();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName().replace('\\', '/');
            Optional<String> objection = ImageFiles.objection(name).or(() -> objection(entry));
            boolean hidden =
                    isHiddenPath(name) && !ImageFiles.LEAVING.matcher(name).find();
            if (entry.isDirectory() || hidden) {
                continue;
            }
            if (objection.isPresent()) {
                skipped.add(new Skipped(name, objection.get()));
            } else if (!ImageFiles.hasImageName(name)) {
                others++;
                another = Optional.of(name);
            } else if (!names.add(name)) {
                skipped.add(new Skipped(name, "a second entry of this name"));
            } else if (images.size() == MOST_FILES) {
                throw new DataException(title() + " has more than " + MOST_FILES + " images; divide it");
            } else {
                images.add(new Entry(entry.getName(), entry.getSize(), entry.getCrc()));
            }
        }
        images.sort(Comparator.comparing(Entry::name));
        return new Listing(images, others, another, skipped);
    }

    /** Images are packed already: what shrinks far more is a bomb, or no image. */
    private static Optional<String> objection(ZipEntry entry) {
        return entry.getSize() > PACKED_FREELY && entry.getSize() / MOST_EXPANSION > entry.getCompressedSize()
                ? Optional.of("it unpacks from " + entry.getCompressedSize() + " to " + entry.getSize()
                        + " bytes, more than " + MOST_EXPANSION + " times as many")
                : Optional.empty();
    }

    private static boolean isHiddenPath(String name) {
        for (String segment : name.split("/", -1)) {
            if (ImageFiles.isHidden(segment)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        ZipEntry found = zip.getEntry(entry.name());
        if (found == null) {
            throw new IOException("the zip has no such entry");
        }
        return zip.getInputStream(found);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new DataException("the zip " + given + " cannot be closed (" + e.getMessage() + ")", e);
        }
    }
}
