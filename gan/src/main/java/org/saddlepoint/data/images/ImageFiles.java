package org.saddlepoint.data.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.OneLine;

/** The files of a folder or of a zip, under relative names with forward slashes. */
interface ImageFiles extends AutoCloseable {

    /** No file of more bytes is read. */
    long LARGEST_FILE = 1L << 28;

    /** No folder or zip with more image files is opened. */
    int MOST_FILES = 20_000_000;

    /** An absolute path, one with a drive, or one with {@code ..} in it. */
    Pattern LEAVING = Pattern.compile("^/|^[A-Za-z]:|(^|/)\\.\\.(/|$)");

    Pattern IMAGE_NAME = Pattern.compile(".*\\.(png|jpe?g|webp)");

    /**
     * What was found.
     *
     * @param images files with an image's extension, in the order of their names, which is the same on every machine
     * @param others how many files have another extension
     * @param anotherName the name of one of those
     * @param skipped files that cannot be read, such as links that lead elsewhere
     */
    record Listing(List<Entry> images, int others, Optional<String> anotherName, List<Skipped> skipped) {}

    /**
     * One image file.
     *
     * @param name relative name
     * @param bytes its length
     * @param checksum of its content where the container stores one, else 0
     */
    record Entry(String name, long bytes, long checksum) {}

    /**
     * The files of a folder, or of a file that is called {@code .zip}.
     *
     * @throws NoSuchDataException when it is missing
     * @throws DataException when it is neither, or cannot be read
     */
    static ImageFiles at(Path path) {
        return isZip(path) ? new ZipFiles(path) : new FolderFiles(path);
    }

    /** Whether this is a zip by its name. */
    static boolean isZip(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".zip") && !Files.isDirectory(path);
    }

    /** What the user gave, such as {@code folder photos}. */
    String title();

    /** @throws DataException when the container cannot be read */
    Listing list();

    InputStream open(Entry entry) throws IOException;

    /** The file on disk, with links resolved; empty where there is none of its own. */
    default Optional<Path> location(Entry entry) {
        return Optional.empty();
    }

    @Override
    void close();

    /** The whole content of {@code entry}. */
    default byte[] read(Entry entry) throws IOException {
        if (entry.bytes() > LARGEST_FILE) {
            throw new IOException("the file is larger than the limit of " + (LARGEST_FILE >> 20) + " MiB");
        }
        try (InputStream in = open(entry)) {
            byte[] content = in.readNBytes((int) entry.bytes());
            if (in.read() >= 0) { // a zip can lie, and unpack to more without end
                throw new IOException("the file has more than the " + entry.bytes() + " bytes that it was listed with");
            }
            return content;
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

    /** Why a file of this name is not read: what is called so belongs to no folder, or could write over a terminal. */
    static Optional<String> objection(String name) {
        if (LEAVING.matcher(name).find()) {
            return Optional.of("its name leads out of the folder");
        }
        return OneLine.of(name).equals(name)
                ? Optional.empty()
                : Optional.of("its name holds control characters or more than " + OneLine.LONGEST + " characters");
    }

    static boolean hasImageName(String name) {
        return IMAGE_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** Hidden files, and the resource forks that macOS adds to zips. */
    static boolean isHidden(String segment) {
        return segment.startsWith(".") || segment.equals("__MACOSX");
    }
}
