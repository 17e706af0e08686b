package org.saddlepoint.data.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.Skipped;

/** Pictures as they are, each in its own size: one file, or all of a folder or zip. */
public final class PictureFiles implements AutoCloseable {
    private final ImageFiles files;
    private final List<ImageFiles.Entry> entries;
    private final List<Skipped> skipped;

    private PictureFiles(ImageFiles files, List<ImageFiles.Entry> entries, List<Skipped> skipped) {
        this.files = files;
        this.entries = entries;
        this.skipped = List.copyOf(skipped);
    }

    /**
     * Opens a PNG, JPEG or WebP file, or a folder or zip of them.
     *
     * @throws NoSuchDataException when it is missing
     * @throws DataException when it holds none
     */
    public static PictureFiles open(Path path) {
        if (Files.isRegularFile(path) && !ImageFiles.isZip(path)) {
            return single(path);
        }
        if (!Files.exists(path) && ImageFiles.hasImageName(path.toString())) {
            throw new NoSuchDataException("the picture " + path + " does not exist; check the path, relative to "
                    + Path.of("").toAbsolutePath());
        }
        ImageFiles files = ImageFiles.at(path);
        try {
            ImageCatalogue catalogue = ImageCatalogue.of(files);
            return new PictureFiles(files, catalogue.entries(), catalogue.skipped());
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    private static PictureFiles single(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!ImageFiles.hasImageName(name)) {
            throw new DataException(
                    file + " is no picture by its name; expected .png, .jpg, .jpeg or .webp, or a folder"
                            + " or .zip of them");
        }
        ImageFiles folder =
                new FolderFiles(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        try {
            return new PictureFiles(folder, List.of(new ImageFiles.Entry(name, Files.size(file), 0)), List.of());
        } catch (IOException e) {
            folder.close();
            throw new DataException("the file " + file + " cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** The names, relative to the folder or zip, with forward slashes and endings. */
    public List<String> names() {
        return entries.stream().map(ImageFiles.Entry::name).toList();
    }

    /** Files with a picture's ending that are none by their headers. */
    public List<Skipped> skipped() {
        return skipped;
    }

    /** Where a picture lies, with links resolved; empty where it is in a zip or cannot be told. */
    public Optional<Path> location(int index) {
        return files.location(entries.get(index));
    }

    /**
     * Reads one picture, upright, composited on white.
     *
     * @param channels 1 for grey, 3 for colour
     * @throws DamagedExampleException when it does not decode
     */
    public Picture read(int index, int channels) throws DamagedExampleException {
        ImageFiles.Entry entry = entries.get(index);
        try {
            return ImageDecoder.picture(files.read(entry), channels);
        } catch (IOException e) {
            throw new DamagedExampleException(new Skipped(entry.name(), String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
