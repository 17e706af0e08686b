package org.saddlepoint.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.formats.CsvImages;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.ImagesInMemory;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.run.RunException;

class DatasetZipTest {
    @TempDir
    private Path temp;

    private static List<Integer> all(Dataset data) {
        return IntStream.range(0, data.size()).boxed().toList();
    }

    private Path written(String name, Dataset data, List<Integer> indices) {
        Path file = temp.resolve(name);
        new DatasetZip(data, indices).write(file, done -> {});
        return file;
    }

    private static String json(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile());
                InputStream in = file.getInputStream(file.getEntry("dataset.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path classes() {
        Images.png(temp.resolve("in/cats/0.png"), 40, 30, Color.RED);
        Images.png(temp.resolve("in/cats/1.png"), 40, 30, new Color(10, 20, 30));
        Images.png(temp.resolve("in/dogs, big/0.png"), 33, 90, Color.GREEN);
        return temp.resolve("in");
    }

    @Test
    void layoutAndLabelsAreThoseOfStyleGan() throws IOException {
        try (Dataset data = ImageCollection.folder(classes(), ImageFormat.ofSize(16))) {
            Path zip = written("out.zip", data, all(data));
            assertThat(json(zip))
                    .isEqualTo("{\"labels\":[[\"00000/img00000000.png\",0],[\"00000/img00000001.png\",0],"
                            + "[\"00000/img00000002.png\",1]],\"class_names\":[\"cats\",\"dogs, big\"]}");
            try (ZipFile file = new ZipFile(zip.toFile())) {
                List<? extends ZipEntry> entries = Collections.list(file.entries());
                assertThat(entries)
                        .extracting(ZipEntry::getName)
                        .containsExactly(
                                "00000/img00000000.png",
                                "00000/img00000001.png",
                                "00000/img00000002.png",
                                "dataset.json");
                assertThat(entries).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
                assertThat(entries.get(0).getSize())
                        .as("pixels and filters, not compressed")
                        .isGreaterThan(16 * (3 * 16 + 1));
            }
        }
    }

    @Test
    void whatIsReadBackIsWhatWasWritten() throws Exception {
        for (int channels : new int[] {1, 3}) {
            ImageFormat format = ImageFormat.ofSize(24).withChannels(channels);
            try (Dataset data = ImageCollection.folder(classes(), format)) {
                Path zip = written(channels + ".zip", data, List.of(2, 0));
                try (Dataset read = ImageCollection.zip(zip, ImageFormat.AS_STORED.withChannels(channels))) {
                    assertThat(read.shape()).isEqualTo(data.shape());
                    assertThat(Images.samples(read, 0)).isEqualTo(Images.samples(data, 2));
                    assertThat(Images.samples(read, 1)).isEqualTo(Images.samples(data, 0));
                }
            }
        }
    }

    @Test
    void equalPicturesGiveEqualBytesWheneverAndWhereverTheyLie() throws IOException {
        byte[] first;
        try (Dataset data = ImageCollection.folder(classes(), ImageFormat.ofSize(16))) {
            first = Files.readAllBytes(written("a.zip", data, all(data)));
        }
        Path moved = Files.move(temp.resolve("in"), temp.resolve("elsewhere"));
        Files.setLastModifiedTime(moved.resolve("cats/0.png"), FileTime.fromMillis(1_000_000_000_000L));
        try (Dataset data = ImageCollection.folder(moved, ImageFormat.ofSize(16))) {
            assertThat(written("b.zip", data, all(data))).hasBinaryContent(first);
        }
    }

    @Test
    void numbersOfATableAreLabelsWhereThereAreNoClasses() throws Exception {
        Path folder = classes().resolve("cats");
        Path table = Files.writeString(folder.resolve("t.csv"), "file,tilt,width\n0.png,0.5,-2\n1.png,1e-3,7\n");
        try (Dataset data = CsvImages.open(table, ImageFormat.ofSize(16), 0, Links.INSIDE)) {
            Path zip = written("vectors.zip", data, List.of(1, 0));
            assertThat(json(zip))
                    .isEqualTo("{\"labels\":[[\"00000/img00000000.png\",[0.001,7.0]],"
                            + "[\"00000/img00000001.png\",[0.5,-2.0]]]}");
            try (Dataset read = ImageCollection.zip(zip, ImageFormat.AS_STORED)) {
                float[] vector = new float[2];
                read.readVector(0, vector, 0);
                assertThat(vector).containsExactly(0.001F, 7);
                assertThat(read.vectorNames()).containsExactly("0", "1");
            }
        }
    }

    @Test
    void aThousandAreInAFolderAndWithoutClassesThereAreNoLabels() throws IOException {
        List<BufferedImage> images = new ArrayList<>();
        for (int i = 0; i < 2001; i++) {
            images.add(Images.filled(2, 2, new Color(i % 256, i / 256, 7)));
        }
        try (Dataset data = ImagesInMemory.of("many", images, ImageFormat.AS_STORED)) {
            List<Integer> told = new ArrayList<>();
            Path zip = temp.resolve("many.zip");
            new DatasetZip(data, all(data)).write(zip, told::add);
            assertThat(told).isSorted().endsWith(2001);
            assertThat(json(zip)).isEqualTo("{\"labels\":null}");
            try (ZipFile file = new ZipFile(zip.toFile())) {
                assertThat(file.size()).isEqualTo(2002);
                assertThat(file.getEntry("00000/img00000999.png")).isNotNull();
                assertThat(file.getEntry("00001/img00001000.png")).isNotNull();
                assertThat(file.getEntry("00002/img00002000.png")).isNotNull();
            }
        }
    }

    @Test
    void whereItCannotBeWrittenOneLineSaysWhyAndNothingIsLeft() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "mine");
        try (Dataset data = ImageCollection.folder(classes(), ImageFormat.ofSize(16))) {
            assertThatThrownBy(() -> new DatasetZip(data, all(data)).write(file.resolve("out.zip"), done -> {}))
                    .isInstanceOf(RunException.class)
                    .hasMessageStartingWith("cannot write " + file.resolve("out.zip") + ": ");
        }
        assertThat(file).hasContent("mine");
    }
}
