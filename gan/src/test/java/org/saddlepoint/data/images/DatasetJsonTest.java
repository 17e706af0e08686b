package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Images;
import org.saddlepoint.testing.Denied;

/** Folders and zips as StyleGAN's dataset tool lays them out, with and without labels. */
class DatasetJsonTest {
    private static final List<String> NAMES =
            List.of("00000/img00000000.png", "00000/img00000001.png", "00001/img00001000.png");

    @TempDir
    private Path folder;

    private Path place(String json) throws IOException {
        Images.greys(folder.resolve("source"), NAMES.size());
        Path data = folder.resolve("data");
        for (int i = 0; i < NAMES.size(); i++) {
            Images.write(
                    data.resolve(NAMES.get(i)), Files.readAllBytes(folder.resolve("source/%03d.png".formatted(i))));
        }
        if (!json.isEmpty()) {
            Files.writeString(data.resolve("dataset.json"), json);
        }
        return data;
    }

    /** The same as a zip, below a folder in it or not. */
    private Path zip(String json, String around) throws IOException {
        Path data = place(json);
        Path zip = folder.resolve("data.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of(NAMES.get(0), NAMES.get(1), NAMES.get(2), "dataset.json")) {
                out.putNextEntry(new ZipEntry(around + name));
                out.write(Files.readAllBytes(data.resolve(name)));
            }
        }
        return zip;
    }

    private static ImageCollection open(Path path) {
        return path.toString().endsWith(".zip")
                ? ImageCollection.zip(path, ImageFormat.AS_STORED)
                : ImageCollection.folder(path, ImageFormat.AS_STORED);
    }

    private static String labels(String... labels) {
        return "{\"labels\": ["
                + String.join(
                        ", ",
                        IntStream.range(0, labels.length)
                                .mapToObj(i -> "[\"" + NAMES.get(i) + "\", " + labels[i] + "]")
                                .toList())
                + "]}";
    }

    @Test
    void messagesHoldNothingOfTheParsersOwn() throws IOException {
        Path data = place("{\"labels\": [");
        assertThatThrownBy(() -> open(data))
                .hasMessage("dataset.json in folder " + data
                        + " is no JSON (Unexpected end-of-input: expected close marker for Array); correct or remove the"
                        + " file");
    }

    @Test
    void aFileThatMayNotBeReadIsSaidToBeThat() throws IOException {
        Path data = place(labels("1", "2", "3"));
        assertThatThrownBy(() -> open(Denied.path(data, data.resolve("dataset.json"))))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        "dataset.json in folder " + data + " cannot be read (permission denied for user ");
    }

    private static void requireClasses(ImageCollection images) {
        assertThat(images.classNames()).containsExactly("2", "10");
        assertThat(IntStream.range(0, 3).map(i -> images.label(i).getAsInt())).containsExactly(1, 0, 1);
        assertThat(images.vectorNames()).isEmpty();
        assertThat(images.notes()).singleElement().asString().startsWith("classes are the labels in ");
    }

    @Test
    void numbersAreClasses() throws IOException {
        String json = labels("10", "2", "10.0");
        try (ImageCollection images = open(place(json))) {
            requireClasses(images);
        }
        for (String around : List.of("", "faces/", "my/faces/")) {
            try (ImageCollection images = open(zip(json, around))) {
                requireClasses(images);
                assertThat(images.notes().get(0)).contains(around + "dataset.json in zip ");
            }
        }
    }

    @Test
    void classesMayHaveNames() throws IOException {
        String named = labels("1", "0", "1").replace("]]}", "]], \"class_names\": [\"cat\", \"dog\", \"bird\"]}");
        try (ImageCollection images = open(place(named))) {
            assertThat(images.classNames()).containsExactly("cat", "dog");
            assertThat(IntStream.range(0, 3).map(i -> images.label(i).getAsInt()))
                    .containsExactly(1, 0, 1);
        }
        assertThatThrownBy(
                        () -> open(place(labels("1", "0", "3").replace("]]}", "]], \"class_names\": [\"a\", \"b\"]}"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("names 2 classes but has a label 3; name each class, from 0 on");
        for (String wrong : new String[] {"[\"a\", \"a\"]", "[1]", "\"a\"", "[\" \"]"}) {
            assertThatThrownBy(() ->
                            open(place(labels("0", "0", "0").replace("]]}", "]], \"class_names\": " + wrong + "}"))))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("class_names");
        }
    }

    @Test
    void listsAreVectors() throws IOException {
        try (ImageCollection images = open(place(labels("[1, -0.5]", "[0, 2e3]", "[1e-9, 7]")))) {
            assertThat(images.classNames()).isEmpty();
            assertThat(images.vectorNames()).containsExactly("0", "1");
            float[] vector = new float[2];
            images.readVector(1, vector, 0);
            assertThat(vector).containsExactly(0, 2000);
            images.readVector(2, vector, 0);
            assertThat(vector).containsExactly(1e-9f, 7);
        }
    }

    @Test
    void shardsAreNoClasses() throws IOException {
        for (String json : List.of("", "{\"labels\": null}", "{\"other\": [{\"a\": 1}]}")) {
            try (ImageCollection images = open(place(json))) {
                assertThat(images.classNames()).as(json).isEmpty();
                assertThat(images.label(0)).isEmpty();
                assertThat(String.join(" ", images.notes()))
                        .contains(json.contains("null") ? "says that the images have no labels" : "shards");
            }
            Files.deleteIfExists(folder.resolve("data/dataset.json"));
        }
        Images.png(folder.resolve("data/cats/a.png"), 8, 8, java.awt.Color.RED);
        try (ImageCollection images = open(folder.resolve("data"))) {
            assertThat(images.classNames()).as("not all are shards").containsExactly("00000", "00001", "cats");
        }
    }

    /** A file of this name that is another program's does not take the classes away. */
    @Test
    void aFileWithoutLabelsLeavesTheFoldersTheirClasses() throws IOException {
        Images.greys(folder.resolve("cats"), 1);
        Images.greys(folder.resolve("dogs"), 1);
        Files.writeString(folder.resolve("dataset.json"), "{\"name\": \"pets\", \"files\": [1, [2]]}");
        try (ImageCollection images = open(folder)) {
            assertThat(images.classNames()).containsExactly("cats", "dogs");
            assertThat(images.notes()).singleElement().asString().contains("holds no labels, and is not used");
        }
    }

    @Test
    void theFingerprintCoversTheLabels() throws IOException {
        String first;
        String shards;
        try (ImageCollection images = open(place(""))) {
            shards = images.fingerprint();
        }
        try (ImageCollection images = open(place(labels("1", "2", "1")))) {
            first = images.fingerprint();
        }
        try (ImageCollection images =
                open(place("{ \"labels\" :" + labels("1", "2", "1").substring(10)))) {
            assertThat(images.fingerprint()).as("layout").isEqualTo(first).isNotEqualTo(shards);
        }
        for (String[] other : new String[][] {{"1", "2", "2"}, {"1", "3", "1"}, {"[1]", "[2]", "[1]"}}) {
            try (ImageCollection images = open(place(labels(other)))) {
                assertThat(images.fingerprint()).isNotEqualTo(first).isNotEqualTo(shards);
            }
        }
        try (ImageCollection images = open(place("{\"labels\": null}"))) {
            assertThat(images.fingerprint()).as("as without the file").isEqualTo(shards);
        }
    }

    @Test
    void anImageThatIsNoneMayHaveALabel() throws IOException {
        Path data = place(labels("1", "2", "1"));
        Files.writeString(data.resolve(NAMES.get(1)), "no image");
        try (ImageCollection images = open(data)) {
            assertThat(images.classNames()).containsExactly("1");
            assertThat(images.skipped()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|is no JSON object",
                "3|is no JSON object",
                "{|is no JSON (",
                "{\"labels\": [[\"00000/img00000000.png\", 1]|is no JSON (",
                "{\"labels\": null} {}|goes on behind its end",
                "{\"labels\": null, \"labels\": null}|has the key labels twice",
                "{\"labels\": {\"00000/img00000000.png\": 1}}|has labels that are no list",
                "{\"labels\": \"none\"}|has labels that are no list",
                "{\"labels\": []}|has no label for 3 of 3 images: 00000/img00000000.png, 00000/img00000001.png",
                "{\"labels\": [[\"00000/img00000000.png\", 1]]}|has no label for 2 of 3 images: 00000/img00000001.png",
                "{\"labels\": [3]}|has as entry 1 of its labels something else",
                "{\"labels\": [[3, 3]]}|has as entry 1 of its labels something else",
                "{\"labels\": [[\"a.png\", 3, 4]]}|has as entry 1 of its labels for a.png something else",
                "{\"labels\": [[\"a.png\"]]}|entry 1 of its labels for a.png",
                "{\"labels\": [[\"a.png\", -1]]}|a whole number of at least 0",
                "{\"labels\": [[\"a.png\", 1.5]]}|a whole number of at least 0",
                "{\"labels\": [[\"a.png\", 9999999999]]}|a whole number of at least 0",
                "{\"labels\": [[\"a.png\", \"cat\"]]}|a whole number of at least 0",
                "{\"labels\": [[\"a.png\", null]]}|a whole number of at least 0",
                "{\"labels\": [[\"a.png\", []]]}|a list of finite numbers",
                "{\"labels\": [[\"a.png\", [1, \"x\"]]]}|a list of finite numbers",
                "{\"labels\": [[\"a.png\", [[1]]]]}|a list of finite numbers",
                "{\"labels\": [[\"a.png\", [1e999]]]}|a list of finite numbers",
                "{\"labels\": [[\"a.png\", 0], [\"../b.png\", 0]]}|labels 2 images that are not there: a.png, ../b.png;",
                "{\"labels\": [[\"img00000000.png\", 0]]}|labels an image that is not there: img00000000.png;",
                "{\"labels\": [[\"00000/img00000000.png\", 1], [\"00000/img00000000.png\", 1]]}|labels"
                        + " 00000/img00000000.png twice",
                "{\"labels\": [[\"00000/img00000000.png\", 1], [\"00000/img00000001.png\", [1]]]}|labels of two kinds:"
                        + " 00000/img00000001.png has a list of 1 numbers and the images before it a number",
                "{\"labels\": [[\"00000/img00000000.png\", [1]], [\"00000/img00000001.png\", [1, 2]]]}|labels of two"
                        + " kinds"
            })
    void wrongLabelsAreNamed(String json, String reason) throws IOException {
        for (Path path : List.of(place(json), zip(json, ""))) {
            assertThatThrownBy(() -> open(path))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("dataset.json in ")
                    .hasMessageContaining(reason)
                    .hasMessageMatching(".*; (correct or remove the file|add the images, .*|label each image, .*)")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void hostileFilesTakeNoMemoryAndNoTime() throws IOException {
        Path data = place("");
        Path json = data.resolve("dataset.json");
        Files.writeString(json, "{\"labels\": " + "[".repeat(1 << 20));
        assertThatThrownBy(() -> open(data)).isInstanceOf(DataException.class).hasMessageContaining("dataset.json");
        Files.writeString(json, "{\"a\": " + "[".repeat(1 << 20));
        assertThatThrownBy(() -> open(data)).isInstanceOf(DataException.class).hasMessageContaining("depth");

        byte[] sparse = "{".getBytes(StandardCharsets.UTF_8);
        try (var channel = Files.newByteChannel(
                json, java.nio.file.StandardOpenOption.WRITE, java.nio.file.StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.position(ImageFiles.LARGEST_FILE).write(java.nio.ByteBuffer.wrap(sparse));
        }
        assertThatThrownBy(() -> open(data))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has 268435457 bytes, more than the limit of 268435456");
    }

    @Test
    void aLinkOutOfTheFolderIsNotReadUnlessLinksAreFollowed(@TempDir Path elsewhere) throws IOException {
        Path data = place("");
        Files.writeString(elsewhere.resolve("labels.json"), labels("1", "2", "1"));
        Files.createSymbolicLink(data.resolve("dataset.json"), elsewhere.resolve("labels.json"));
        try (ImageCollection images = open(data)) {
            assertThat(images.classNames()).isEmpty();
        }
        try (ImageCollection images = ImageCollection.folder(data, ImageFormat.AS_STORED, 0, Links.ALL)) {
            assertThat(images.classNames()).containsExactly("1", "2");
        }
    }
}
