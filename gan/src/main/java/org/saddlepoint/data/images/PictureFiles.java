package org.saddlepoint.data.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.archives.OtherArchive;
import org.saddlepoint.data.names.ComposedNames;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;

/** Pictures as they are, each in its own size: one file, or all of a folder or zip. */
public final class PictureFiles implements AutoCloseable {
    private final ImageFiles files;
    private final ImageCatalogue catalogue;

    private PictureFiles(ImageFiles files, ImageCatalogue catalogue) {
        this.files = files;
        this.catalogue = catalogue;
    }

    /**
     * Opens a picture, or a folder or zip of them. What is a picture is told by its first bytes.
     *
     * @param links which are followed in a folder
     * @throws NoSuchDataException when it is missing
     * @throws DataException when it holds none
     */
    public static PictureFiles open(Path path, Links links) {
        if (!exists(path) && ImageFiles.hasPictureName(path.toString())) {
            throw new NoSuchDataException("the picture " + path + " does not exist; check the path, relative to "
                    + Path.of("").toAbsolutePath());
        }
        ImageFiles files =
                Files.isRegularFile(path) && !ImageFiles.isZip(path) ? single(path) : ImageFiles.at(path, links);
        try {
            return new PictureFiles(files, ImageCatalogue.of(files));
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    private static boolean exists(Path path) {
        try {
            return InputFiles.exists(path);
        } catch (IOException e) {
            throw new DataException(path + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    private static ImageFiles single(Path file) {
        Optional<String> archive = OtherArchive.name(file);
        if (archive.isPresent()) {
            throw new DataException(file + " is " + archive.get() + ", which is not read; " + OtherArchive.ADVICE);
        }
        try {
            String name = ComposedNames.of(String.valueOf(file.getFileName()));
            return new ListedFiles(file, name, Files.size(file));
        } catch (IOException e) {
            throw new DataException("the file " + file + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    /** The names, relative to the folder or zip, with forward slashes and endings; two may be the same. */
    public List<String> names() {
        return catalogue.names();
    }

    /** All files that are no pictures, or not read, by their headers. */
    public List<Skipped> skipped() {
        return List.copyOf(catalogue.skipped());
    }

    /** What was assumed, such as the encoding of names; one line each. */
    public List<String> notes() {
        return catalogue.notes();
    }

    /** Where a picture lies, with links resolved; empty where it is in a zip or cannot be told. */
    public Optional<Path> location(int index) {
        return files.location(catalogue.entries().get(index));
    }

    /**
     * Reads one picture, upright, composited on white.
     *
     * @param channels 1 for grey, 3 for colour
     * @throws DamagedExampleException when it does not decode
     */
    public Picture read(int index, int channels) throws DamagedExampleException {
        ImageFiles.Entry entry = catalogue.entries().get(index);
        try {
            return ImageDecoder.picture(files.read(entry), channels);
        } catch (IOException e) {
            throw new DamagedExampleException(new Skipped(entry.name(), IoReasons.ofNamed(e)));
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
