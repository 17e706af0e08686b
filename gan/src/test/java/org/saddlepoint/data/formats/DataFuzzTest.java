package org.saddlepoint.data.formats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.Reading;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;
import org.saddlepoint.testing.fuzz.Scratch;

/** Tables, IDX and CIFAR files, mutated. */
class DataFuzzTest {
    private static final String[] CSV = {
        ",",
        ";",
        "\t",
        "\"",
        "\"\"",
        "\n",
        "\r",
        "\r\n",
        "#",
        "file",
        "label",
        "a.png",
        "../",
        "/etc/passwd",
        "\u00ef\u00bb\u00bf",
        "1e39",
        "NaN",
        " ",
        "0x1p3",
        "1d",
        "\u0000",
        "\u00ff",
        "b.png,x,1,2\n"
    };

    private static final Path FILE = Scratch.file("fuzzed");
    private static final Path TABLE = Scratch.file("fuzzed.csv");
    private static final Path CIFAR = Scratch.folder();
    private static final CifarFiles SMALL = new CifarFiles(
            "small",
            "none",
            new CifarFiles.Split(List.of("a.bin"), 2),
            new CifarFiles.Split(List.of("a.bin"), 2),
            new CifarFiles.Labels(1, "names.txt", 3));

    private static final byte[] IDX_FILE = Images.idx(new int[] {3, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

    private static final Fuzzing IDX = new Fuzzing(Format.of(
                    List.of(IDX_FILE, Images.gzip(IDX_FILE)),
                    file -> Reading.all(IdxDataset.open(Files.write(FILE, file), ImageFormat.AS_STORED)),
                    DataException.class)
            .words("\u0000\u0000\u0008\u0003", "\u001f\u008b\u0008"));

    private static final Fuzzing IDX_LABELS = new Fuzzing(Format.of(
                    List.of(Images.idx(new int[] {3}, 0, 1, 1), Images.gzip(Images.idx(new int[] {3}, 0, 1, 255))),
                    DataFuzzTest::readLabels,
                    DataException.class)
            .words("\u0000\u0000\u0008\u0001", "\u001f\u008b\u0008"));

    private static final Fuzzing CIFAR_IMAGES = new Fuzzing(Format.of(
            List.of(new byte[2 * 3073]),
            file -> readCifar(file, "x\ny\nz\n".getBytes(StandardCharsets.UTF_8)),
            DataException.class));

    private static final Fuzzing CIFAR_NAMES = new Fuzzing(Format.of(
                    List.of("x\ny\nz\n".getBytes(StandardCharsets.UTF_8)),
                    names -> readCifar(new byte[2 * 3073], names),
                    DataException.class)
            .words("\n", "x", " ", "\u00ff", "\r"));

    private static final Fuzzing POINTS = new Fuzzing(Format.of(
                    List.of(
                            bytes("x,y\n1,2\n# no\n3.5,-4e-2\n"),
                            bytes("1;2;3\n4;5;6\n"),
                            bytes("\"a\"\t b\n1\t\"2\"\n")),
                    file -> Reading.all(CsvPoints.open(Files.write(TABLE, file))),
                    DataException.class)
            .words(CSV));

    private static final Fuzzing TABLES = new Fuzzing(Format.of(
                    List.of(
                            bytes("file,label,v,w\na.png,one,1,2\n\"b.png\",two,3,-4\n"),
                            bytes("file\na.png\nb.png\n")),
                    DataFuzzTest::readTable,
                    DataException.class)
            .words(CSV));

    @Property
    void idx(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        IDX.check(mutation);
    }

    @Property
    void idxLabels(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        IDX_LABELS.check(mutation);
    }

    @Property
    void cifar(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        CIFAR_IMAGES.check(mutation);
    }

    @Property
    void cifarNames(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        CIFAR_NAMES.check(mutation);
    }

    @Property
    void tablesOfPoints(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        POINTS.check(mutation);
    }

    @Property
    void tablesOfImages(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        TABLES.check(mutation);
    }

    private static void readLabels(byte[] labels) throws IOException {
        Path images = Files.write(FILE, IDX_FILE);
        Reading.all(IdxDataset.open(images, Files.write(TABLE, labels), ImageFormat.AS_STORED));
    }

    private static void readCifar(byte[] images, byte[] names) throws IOException {
        Files.write(CIFAR.resolve("a.bin"), images);
        Files.write(CIFAR.resolve("names.txt"), names);
        Reading.all(CifarDataset.open(SMALL, CIFAR, CifarDataset.Part.TRAIN, ImageFormat.AS_STORED));
    }

    private static void readTable(byte[] file) throws IOException {
        Path folder = TABLE.getParent();
        if (!Files.exists(folder.resolve("b.png"))) {
            Images.png(folder.resolve("a.png"), 4, 4, java.awt.Color.RED);
            Images.png(folder.resolve("b.png"), 4, 4, java.awt.Color.BLUE);
        }
        Reading.all(CsvImages.open(Files.write(TABLE, file), ImageFormat.AS_STORED, 0, Links.INSIDE));
    }

    private static byte[] bytes(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), text.length());
    }
}
