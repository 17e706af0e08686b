package org.saddlepoint.data.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.archives.OtherArchive;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.OneLine;

/** The files of a folder or of a zip, under relative names with forward slashes. */
interface ImageFiles extends AutoCloseable {

    /** No file of more bytes is read. */
    long LARGEST_FILE = 1L << 28;

    /** No folder or zip with more files is opened. */
    int MOST_FILES = 20_000_000;

    /** An absolute path, one with a drive, or one with {@code ..} in it. */
    Pattern LEAVING = Pattern.compile("^/|^[A-Za-z]:|(^|/)\\.\\.(/|$)");

    Pattern PICTURE_NAME = Pattern.compile(
            ".*\\.(png|jpe?g|jpe|jfif|webp|bmp|dib|gif|tiff?|avif|hei[cf]|jxl|jp2)", Pattern.CASE_INSENSITIVE);

    /** Files that programs put beside pictures, in lower case; they are passed over like hidden ones. */
    Set<String> SERVICE_FILES = Set.of(
            "dataset.json",
            "thumbs.db",
            "ehthumbs.db",
            "ehthumbs_vista.db",
            "desktop.ini",
            "picasa.ini",
            "zbthumbnail.info");

    /**
     * What was found.
     *
     * @param files all files that may be pictures, in the order of their names, which is the same on every machine
     * @param skipped files that are not read, such as links that lead elsewhere
     * @param notes what was assumed, one line each
     */
    record Listing(List<Entry> files, List<Skipped> skipped, List<String> notes) {}

    /**
     * One file.
     *
     * @param name relative name in composed form, so that it is the same on every system; two files may have the same
     * @param bytes its length
     * @param checksum of its content where the container stores one, else 0
     * @param place by which the container finds it; what it means is the container's own
     */
    record Entry(String name, long bytes, long checksum, int place) {

        /** A file that is found by its name. */
        Entry(String name, long bytes, long checksum) {
            this(name, bytes, checksum, -1);
        }
    }

    /**
     * The files of a folder or of a zip.
     *
     * @param links which are followed in a folder
     * @throws NoSuchDataException when it is missing
     * @throws DataException when it is neither, or cannot be read
     */
    static ImageFiles at(Path path, Links links) {
        return isZip(path) ? new ZipFiles(path) : new FolderFiles(path, links);
    }

    /** Whether this is a zip, by its name or by its first bytes. */
    static boolean isZip(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".zip")
                ? !Files.isDirectory(path)
                : OtherArchive.isZip(path);
    }

    /** What the user gave, such as {@code folder photos}. */
    String title();

    /** @throws DataException when the container cannot be read */
    Listing list();

    /** The file of this name, whether an image or not; empty where there is none, or a list says what there is. */
    Optional<Entry> find(String name) throws IOException;

    InputStream open(Entry entry) throws IOException;

    /** Whether somebody named each of these files as a picture. */
    default boolean arePictures() {
        return false;
    }

    /** The file on disk, with links resolved; empty where there is none of its own. */
    default Optional<Path> location(Entry entry) {
        return Optional.empty();
    }

    @Override
    void close();

    /** The whole content of {@code entry}. */
    default byte[] read(Entry entry) throws IOException {
        requireSmall(entry);
        try (InputStream in = open(entry)) {
            byte[] content = in.readNBytes((int) entry.bytes());
            if (in.read() >= 0) {
                throw new IOException("the file has more than the " + entry.bytes() + " bytes that it was listed with");
            }
            return content;
        }
    }

    /** @throws IOException if it has more bytes than are read of any file */
    default void requireSmall(Entry entry) throws IOException {
        if (entry.bytes() > LARGEST_FILE) {
            throw new IOException("the file is larger than the limit of " + (LARGEST_FILE >> 20) + " MiB");
        }
    }

    /** The content of a file on disk. */
    static InputStream open(Path file) throws IOException {
        try {
            return InputFiles.open(file);
        } catch (NoSuchFileException e) {
            throw new IOException("the file is no longer there", e);
        }
    }

    /** Why a file of this name is not read: it could write over a terminal. */
    static Optional<String> objection(String name) {
        return OneLine.of(name).equals(name)
                ? Optional.empty()
                : Optional.of("its name holds control characters or more than " + OneLine.LONGEST + " characters");
    }

    /** Whether a file claims to be a picture by its ending. */
    static boolean hasPictureName(String name) {
        return PICTURE_NAME.matcher(name).matches();
    }

    /** Hidden files, the resource forks that macOS adds to zips, and service files. */
    static boolean isHidden(String segment) {
        return segment.startsWith(".")
                || segment.equals("__MACOSX")
                || SERVICE_FILES.contains(segment.toLowerCase(Locale.ROOT));
    }
}
