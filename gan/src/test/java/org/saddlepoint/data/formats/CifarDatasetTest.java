package org.saddlepoint.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.images.ImageFormat;

class CifarDatasetTest {
    private static final int PLANE = 32 * 32;

    /** The published forms with fewer images. */
    private static final CifarFiles TEN = new CifarFiles(
            "cifar10",
            "nested",
            new CifarFiles.Split(List.of("b1.bin", "b2.bin"), 2),
            new CifarFiles.Split(List.of("t.bin"), 1),
            new CifarFiles.Labels(1, "names.txt", 10));

    private static final CifarFiles HUNDRED = new CifarFiles(
            "cifar100",
            "nested",
            new CifarFiles.Split(List.of("b1.bin"), 2),
            new CifarFiles.Split(List.of("t.bin"), 1),
            new CifarFiles.Labels(2, "names.txt", 3));

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() {
        Images.write(folder.resolve("b1.bin"), join(record(10, 3), record(20, 0)));
        Images.write(folder.resolve("b2.bin"), join(record(30, 9), record(40, 3)));
        Images.write(folder.resolve("t.bin"), record(50, 7));
        names("zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n\n");
    }

    @Test
    void readsRecordsOfAllFilesInOrder() throws DamagedExampleException {
        CifarDataset data = open(TEN, CifarDataset.Part.TRAIN);
        assertThat(data.size()).isEqualTo(4);
        assertThat(data.shape()).isEqualTo(new ImageShape(3, 32, 32));
        assertThat(data.classNames()).startsWith("zero", "one").hasSize(10);
        assertThat(labels(data)).containsExactly(3, 0, 9, 3);
        int[] third = Images.samples(data, 2);
        assertThat(third[0]).isEqualTo(30);
        assertThat(third[PLANE]).isEqualTo(31);
        assertThat(third[2 * PLANE]).isEqualTo(32);
        assertThat(third[33]).isEqualTo(30 + 7); // second row and column of the red plane
        assertThat(data.name()).isEqualTo("cifar10:" + folder);
    }

    @Test
    void readsTestImagesAndFineLabels() {
        assertThat(labels(open(TEN, CifarDataset.Part.TEST))).containsExactly(7);
        assertThat(open(TEN, CifarDataset.Part.TEST).name()).endsWith(",test");
        names("a\nb\nc\n");
        Images.write(folder.resolve("b1.bin"), join(record(1, 19, 2), record(2, 0, 1)));
        assertThat(labels(open(HUNDRED, CifarDataset.Part.TRAIN))).containsExactly(2, 1);
    }

    @Test
    void findsTheFolderThatTheArchiveUnpacksTo() throws IOException {
        Path nested = Files.createDirectory(folder.resolve("nested"));
        for (String file : List.of("b1.bin", "b2.bin", "t.bin", "names.txt")) {
            Files.move(folder.resolve(file), nested.resolve(file));
        }
        assertThat(labels(open(TEN, CifarDataset.Part.TRAIN))).containsExactly(3, 0, 9, 3);
    }

    @Test
    void becomesGreyAndSmallerWhenAsked() throws DamagedExampleException {
        ImageFormat grey = ImageFormat.AS_STORED.withChannels(1);
        CifarDataset data = CifarDataset.open(TEN, folder, CifarDataset.Part.TRAIN, grey);
        assertThat(data.shape()).isEqualTo(new ImageShape(1, 32, 32));
        // 0.299 · 30 + 0.587 · 31 + 0.114 · 32 = 30.815
        assertThat(Images.samples(data, 2)[0]).isEqualTo(31);
        CifarDataset small = CifarDataset.open(TEN, folder, CifarDataset.Part.TRAIN, ImageFormat.ofSize(8));
        assertThat(small.shape()).isEqualTo(new ImageShape(3, 8, 8));
        assertThatThrownBy(() -> CifarDataset.open(TEN, folder, CifarDataset.Part.TRAIN, ImageFormat.ofSize(64)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("32x32")
                .hasMessageContaining("upscaling");
    }

    @Test
    void refusesDamagedFilesByName() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("b2.bin"));
        Images.write(folder.resolve("b2.bin"), Arrays.copyOf(whole, whole.length - 5));
        assertRefused("b2.bin has 6141 bytes", "expected 2 images of 3073 bytes, which are 6146");
        Images.write(folder.resolve("b2.bin"), Arrays.copyOf(whole, 3073));
        assertRefused("b2.bin has 3073 bytes", "cut off");
        Images.write(folder.resolve("b2.bin"), join(record(30, 9), record(40, 10)));
        assertRefused("b2.bin gives image 1 the label 10", "expected one in [0, 9]");
        Files.delete(folder.resolve("b2.bin"));
        assertRefused("b2.bin does not exist", "cifar10 expects b1.bin, b2.bin, t.bin and names.txt");
    }

    @Test
    void refusesWrongNames() throws IOException {
        names("zero\none\n");
        assertRefused("names.txt names 2 different classes on 2 lines", "expected 10");
        names("a\na\nb\nc\nd\ne\nf\ng\nh\ni\n");
        assertRefused("names.txt names 9 different classes on 10 lines");
        Files.delete(folder.resolve("names.txt"));
        assertRefused("names.txt does not exist");
        assertThatThrownBy(() ->
                        CifarDataset.cifar10(folder.resolve("absent"), CifarDataset.Part.TRAIN, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("absent does not exist");
        assertThatThrownBy(() -> CifarDataset.cifar100(folder, CifarDataset.Part.TRAIN, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("fine_label_names.txt does not exist");
    }

    @Test
    void theFingerprintCoversImagesAndLabels() {
        String first = open(TEN, CifarDataset.Part.TRAIN).fingerprint();
        Images.write(folder.resolve("b2.bin"), join(record(30, 8), record(40, 3)));
        assertThat(open(TEN, CifarDataset.Part.TRAIN).fingerprint()).isNotEqualTo(first);
    }

    private static int[] labels(CifarDataset data) {
        return IntStream.range(0, data.size())
                .map(i -> data.label(i).orElseThrow())
                .toArray();
    }

    private void names(String text) {
        Images.write(folder.resolve("names.txt"), text.getBytes(StandardCharsets.UTF_8));
    }

    private CifarDataset open(CifarFiles files, CifarDataset.Part part) {
        return CifarDataset.open(files, folder, part, ImageFormat.AS_STORED);
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> open(TEN, CifarDataset.Part.TRAIN))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    /** A record whose three planes are filled with the value and the two after it, and 7 more at row 1, column 1. */
    private static byte[] record(int value, int... labels) {
        byte[] record = new byte[labels.length + 3 * PLANE];
        for (int i = 0; i < labels.length; i++) {
            record[i] = (byte) labels[i];
        }
        for (int channel = 0; channel < 3; channel++) {
            int from = labels.length + channel * PLANE;
            Arrays.fill(record, from, from + PLANE, (byte) (value + channel));
            record[from + 33] += 7;
        }
        return record;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
