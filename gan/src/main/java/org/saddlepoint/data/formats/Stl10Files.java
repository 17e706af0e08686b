package org.saddlepoint.data.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;

/**
 * One part of the binary files of STL-10: images of 96×96 pixels, each the red, green and blue plane, <em>column by column</em>, and
 * one byte a label.
 *
 * @param images name of the file of images
 * @param labels name of the file of labels, or empty
 * @param count how many images there are
 */
record Stl10Files(String images, String labels, int count) {
    /** Side in pixels. */
    static final int SIDE = 96;

    static final ImageShape STORED = new ImageShape(3, SIDE, SIDE);

    /** Labels in the file are 1 to this. */
    static final int CLASSES = 10;

    private static final String FOLDER = "stl10_binary";

    static final Stl10Files TRAIN = new Stl10Files("train_X.bin", "train_y.bin", 5_000);
    static final Stl10Files TEST = new Stl10Files("test_X.bin", "test_y.bin", 8_000);
    static final Stl10Files UNLABELLED = new Stl10Files("unlabeled_X.bin", "", 100_000);

    /** The folder that holds the files, which may be that of the published archive in the one given. */
    static Path place(Path given) {
        if (!Files.isDirectory(given)) {
            throw new NoSuchDataException("the folder " + given
                    + (Files.exists(given) ? " is a file" : " does not exist")
                    + "; stl10 expects the folder of its binary files, relative to "
                    + Path.of("").toAbsolutePath());
        }
        Path nested = given.resolve(FOLDER);
        return Files.isDirectory(nested) ? nested : given;
    }

    /** @throws DataException when the file of images is missing or has another length */
    Path requireImages(Path place) {
        return require(
                place.resolve(images),
                (long) count * STORED.elements(),
                count + " images of " + STORED.elements() + " bytes");
    }

    /** @throws DataException when the file of labels is missing, has another length or a label out of bounds */
    byte[] readLabels(Path place) {
        if (labels.isEmpty()) {
            return new byte[0];
        }
        Path file = require(place.resolve(labels), count, count + " labels of 1 byte");
        try {
            byte[] read = Files.readAllBytes(file);
            for (int i = 0; i < read.length; i++) {
                if (read[i] < 1 || read[i] > CLASSES) {
                    throw new DataException(file + " gives image " + i + " the label " + (read[i] & 0xff)
                            + "; expected one in [1, " + CLASSES + "]; it is damaged or of another set: get it again");
                }
                read[i]--;
            }
            return read;
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    private static Path require(Path file, long bytes, String content) {
        try {
            if (!InputFiles.exists(file)) {
                throw new NoSuchDataException(
                        file + " does not exist; stl10 expects train_X.bin, train_y.bin, test_X.bin,"
                                + " test_y.bin or unlabeled_X.bin of the binary files, as the part needs them");
            }
            InputFiles.requireReadable(file);
            long found = Files.size(file);
            if (found != bytes) {
                throw new DataException(file + " has " + found + " bytes; expected " + content + ", which are " + bytes
                        + "; it is cut off or no file of STL-10's binary version: get it again");
            }
            return file;
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    /** An image in rows, CHW, from one in columns: byte (c, y, x) lies at c·96² + x·96 + y. */
    static byte[] rows(byte[] columns) {
        byte[] rows = new byte[columns.length];
        for (int plane = 0; plane < columns.length; plane += SIDE * SIDE) {
            for (int x = 0; x < SIDE; x++) {
                for (int y = 0; y < SIDE; y++) {
                    rows[plane + y * SIDE + x] = columns[plane + x * SIDE + y];
                }
            }
        }
        return rows;
    }
}
