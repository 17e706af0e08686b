package org.saddlepoint.data.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;

/**
 * The files of CIFAR's binary version: records of the label's bytes and then the red, green and blue plane of 32×32
 * samples, row by row.
 *
 * @param name of the set
 * @param folder that the published archive unpacks to
 * @param train the training images
 * @param test the test images
 * @param labels where labels and their names are found
 */
record CifarFiles(String name, String folder, Split train, Split test, Labels labels) {

    /**
     * One part of the set.
     *
     * @param files names of its files
     * @param records images in each of them
     */
    record Split(List<String> files, int records) {}

    /**
     * The classes.
     *
     * @param bytes before the samples of a record, the last of which is the label
     * @param namesFile one class name a line, in the order of the labels
     * @param classes how many
     */
    record Labels(int bytes, String namesFile, int classes) {}

    /** A longer list of names is refused; bytes. */
    private static final int MAX_NAMES = 1 << 20;

    static final ImageShape STORED = new ImageShape(3, 32, 32);

    static final CifarFiles CIFAR10 = new CifarFiles(
            "cifar10",
            "cifar-10-batches-bin",
            new Split(
                    List.of(
                            "data_batch_1.bin",
                            "data_batch_2.bin",
                            "data_batch_3.bin",
                            "data_batch_4.bin",
                            "data_batch_5.bin"),
                    10_000),
            new Split(List.of("test_batch.bin"), 10_000),
            new Labels(1, "batches.meta.txt", 10));

    /** Its records begin with the coarse label, which is passed over, and the fine one. */
    static final CifarFiles CIFAR100 = new CifarFiles(
            "cifar100",
            "cifar-100-binary",
            new Split(List.of("train.bin"), 50_000),
            new Split(List.of("test.bin"), 10_000),
            new Labels(2, "fine_label_names.txt", 100));

    /** What was read: samples CHW, and the label of each image, a position in the class names. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once
    record Content(byte[] samples, byte[] labels, List<String> classNames) {}

    private int recordBytes() {
        return labels.bytes() + STORED.elements();
    }

    /** @throws DataException when a file is missing, damaged or of another length; names it */
    Content read(Path given, boolean training) {
        requireFolder(given);
        Path nested = given.resolve(folder);
        Path place = Files.isDirectory(nested) ? nested : given;
        List<String> classNames = classNames(place.resolve(labels.namesFile()));
        Split split = training ? train : test;
        List<Path> files = split.files().stream().map(place::resolve).toList();
        files.forEach(this::requireFile);
        int records = split.records();
        byte[] samples = new byte[Math.multiplyExact(files.size() * records, STORED.elements())];
        byte[] classes = new byte[files.size() * records];
        for (int f = 0; f < files.size(); f++) {
            read(files.get(f), records, f * records, samples, classes);
        }
        return new Content(samples, classes, classNames);
    }

    private void read(Path file, int records, int first, byte[] samples, byte[] found) {
        int elements = STORED.elements();
        try (InputStream in = Files.newInputStream(file)) {
            long bytes = Files.size(file);
            if (bytes != (long) records * recordBytes()) {
                throw new DataException(file + " has " + bytes + " bytes; expected " + records + " images of "
                        + recordBytes() + " bytes, which are " + (long) records * recordBytes()
                        + "; it is cut off or no file of the binary version: get it again");
            }
            for (int i = first; i < first + records; i++) {
                byte[] label = in.readNBytes(labels.bytes());
                int read = in.readNBytes(samples, i * elements, elements);
                if (label.length < labels.bytes() || read < elements) {
                    throw new DataException(file + " became shorter while it was read; try again");
                }
                found[i] = label[label.length - 1];
                if ((found[i] & 0xff) >= labels.classes()) {
                    throw new DataException(file + " gives image " + (i - first) + " the label " + (found[i] & 0xff)
                            + "; expected one in [0, " + (labels.classes() - 1) + "]; it is damaged or of another set:"
                            + " get it again");
                }
            }
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    private void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchDataException("the folder " + folder + (exists(folder) ? " is a file" : " does not exist")
                    + "; " + name + " expects the folder of its binary version, relative to "
                    + Path.of("").toAbsolutePath());
        }
    }

    private void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchDataException(file + (exists(file) ? " is no regular file" : " does not exist") + "; "
                    + name + " expects " + String.join(", ", train.files()) + ", "
                    + String.join(", ", test.files()) + " and " + labels.namesFile()
                    + " of the binary version in one folder");
        }
    }

    private static boolean exists(Path path) {
        try {
            return InputFiles.exists(path);
        } catch (IOException e) {
            throw new DataException(path + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    private List<String> classNames(Path file) {
        requireFile(file);
        List<String> names;
        try {
            names = InputFiles.text(file, MAX_NAMES)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is no text in UTF-8; expected one class name a line; get it again", e);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + IoReasons.of(e), e);
        }
        if (names.size() != labels.classes() || names.stream().distinct().count() != names.size()) {
            throw new DataException(file + " names " + names.stream().distinct().count() + " different classes on "
                    + names.size() + " lines; expected " + labels.classes() + " of each; get it again");
        }
        return names;
    }
}
