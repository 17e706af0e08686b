package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.archives.RawZip;
import org.saddlepoint.data.formats.CsvImages;
import org.saddlepoint.testing.RawNames;

/** Pictures under names of every kind, in folders, zips and tables. */
class FileNamesTest {
    @TempDir
    Path folder;

    private static byte[] grey(int value) {
        return Images.encode(Images.filled(8, 8, new Color(value, value, value)), "png");
    }

    private ImageCollection open() {
        return ImageCollection.folder(folder, ImageFormat.AS_STORED);
    }

    private List<String> names() {
        try (PictureFiles files = PictureFiles.open(folder, Links.INSIDE)) {
            return files.names();
        }
    }

    private static int value(ImageCollection images, int index) throws DamagedExampleException {
        return Images.samples(images, index)[0];
    }

    @Test
    void namesThatAreNoUtf8AreReadInTheirEncodingAndOpenedByTheirBytes() throws DamagedExampleException {
        RawNames.write(folder, "a.png", grey(1));
        RawNames.write(folder, "b/caf\\351.png", grey(2));
        RawNames.write(folder, "gar\\347ons/\\311l\\350ve.png", grey(3));
        try (ImageCollection images = open()) {
            assertThat(names()).containsExactly("a.png", "b/café.png", "garçons/Élève.png");
            assertThat(List.of(value(images, 0), value(images, 1), value(images, 2)))
                    .containsExactly(1, 2, 3);
            assertThat(images.notes()).singleElement().asString().contains("Windows-1252");
        }
    }

    /** Both would be called {@code ?.png} by a program that shows what it cannot read as a question mark. */
    @Test
    void namesAndClassesThatPrintAlikeStayTwo() throws DamagedExampleException {
        RawNames.write(folder, "x\\201/a.png", grey(1));
        RawNames.write(folder, "x\\215/a.png", grey(2));
        RawNames.write(folder, "x\\201/caf\\351.png", grey(3));
        try (ImageCollection images = open()) {
            assertThat(images.size()).isEqualTo(3);
            assertThat(images.classNames()).hasSize(2);
            assertThat(names()).doesNotHaveDuplicates();
        }
    }

    @Test
    void composedAndDecomposedFilesOfOneFolderStayTwoPicturesOfOneName() throws DamagedExampleException {
        Images.write(folder.resolve("caf\u00e9/\u00e9.png"), grey(1));
        Images.write(folder.resolve("cafe\u0301/e\u0301.png"), grey(2));
        Images.write(folder.resolve("other/1.png"), grey(3));
        try (ImageCollection images = open()) {
            assertThat(images.size()).isEqualTo(3);
            assertThat(images.classNames()).containsExactly("caf\u00e9", "other");
            assertThat(List.of(value(images, 0), value(images, 1))).containsExactlyInAnyOrder(1, 2);
            assertThat(names()).containsExactly("caf\u00e9/\u00e9.png", "caf\u00e9/\u00e9.png", "other/1.png");
        }
    }

    /** Some systems decompose names when files are copied. */
    @Test
    void theFingerprintIsTheSameHoweverAccentsAreWritten(@TempDir Path other) {
        Images.write(folder.resolve("caf\u00e9/\u00fc.png"), grey(1));
        Images.write(other.resolve("cafe\u0301/u\u0308.png"), grey(1));
        try (ImageCollection one = open();
                ImageCollection two = ImageCollection.folder(other, ImageFormat.AS_STORED)) {
            assertThat(one.fingerprint()).isEqualTo(two.fingerprint());
        }
    }

    /** What the release before wrote into the runs of such folders and zips. */
    @Test
    void fingerprintsOfPlainNamesAreWhatTheyWere() {
        Images.write(folder.resolve("a/1.png"), Images.encode(Images.filled(8, 8, Color.RED), "png"));
        Images.write(folder.resolve("b/2.jpg"), new byte[] {1});
        byte[] fixed = grey(7);
        Images.write(folder.resolve("b/3.png"), fixed);
        try (ImageCollection images = open()) {
            String expected = new org.saddlepoint.data.Digest()
                    .add("images")
                    .add("a/1.png")
                    .add(size("a/1.png"))
                    .add(0)
                    .add(8)
                    .add(8)
                    .add("b/3.png")
                    .add(fixed.length)
                    .add(0)
                    .add(8)
                    .add(8)
                    .hex();
            assertThat(images.fingerprint()).isEqualTo(expected);
        }
    }

    private long size(String name) {
        try {
            return Files.size(folder.resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void strangeNamesAreReadOrLeftOutAloud() throws DamagedExampleException, IOException {
        List<String> read = List.of("C:a.png", "a b 'c'.png", "back\\slash.png", "x🐈\u200f\u202e.png", "ñ\"$(x).png");
        for (String name : read) {
            Images.write(folder.resolve(name), grey(5));
        }
        Images.write(folder.resolve("line\nbreak.png"), grey(6));
        try (ImageCollection images = open()) {
            assertThat(names()).containsExactlyInAnyOrderElementsOf(read);
            for (int i = 0; i < images.size(); i++) {
                assertThat(value(images, i)).isEqualTo(5);
            }
            assertThat(images.skipped()).singleElement().satisfies(skipped -> {
                assertThat(skipped.reason()).startsWith("its name holds control characters");
                assertThat(skipped.kind()).isEqualTo(Skipped.Kind.NOT_READ);
            });
        }
    }

    @Test
    void tablesFindFilesWhoseAccentsAreWrittenInAnotherWay() throws IOException, DamagedExampleException {
        Images.write(folder.resolve("cafe\u0301/e\u0301.png"), grey(1));
        Images.write(folder.resolve("\u00fc.png"), grey(2));
        Images.write(folder.resolve("u\u0308.png"), grey(3));
        RawNames.write(folder, "stra\\337e.png", grey(4));
        Path table = Files.writeString(
                folder.resolve("t.csv"),
                "file,label\ncaf\u00e9/\u00e9.png,e\u0301\n\u00fc.png,\u00e9\nu\u0308.png,b\nstra\u00dfe.png,b\n",
                StandardCharsets.UTF_8);
        try (ImageCollection images = CsvImages.open(table, ImageFormat.AS_STORED, 0, Links.INSIDE)) {
            assertThat(images.size()).isEqualTo(4);
            for (int i = 0; i < 4; i++) {
                assertThat(value(images, i)).isEqualTo(i + 1);
            }
            assertThat(images.classNames()).containsExactly("b", "\u00e9");
            assertThat(ClassNames.find(images.classNames(), "e\u0301")).hasValue(1);
        }
    }

    /** Without a locale, as in containers and in jobs of cron, Java reads names as ASCII. */
    @Test
    void withoutALocaleTheSameIsReadAsWithOne() throws Exception {
        Images.write(folder.resolve("写真/猫.png"), grey(1));
        Images.write(folder.resolve("cafe\u0301/e\u0301.png"), grey(2));
        RawNames.write(folder, "plain/gr\\374n.png", grey(3));
        Path table = Files.writeString(
                folder.resolve("t.csv"), "file\n写真/猫.png\ncaf\u00e9/\u00e9.png\n", StandardCharsets.UTF_8);
        String here = FolderNames.of(folder);
        String there = inLocaleC(folder.toString(), table.toString());
        assertThat(here).contains("\\u5199\\u771f/\\u732b.png", "3 classes, 1 left out");
        assertThat(there).startsWith(here);
        assertThat(there.substring(here.length())).startsWith("1 2 ");
    }

    private static String inLocaleC(String... args) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                FolderNames.class.getName()));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.remove("LANG");
        environment.put("LC_ALL", "C");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    void zipsFromWindowsAreReadWithTheirClasses() throws DamagedExampleException {
        byte[] zip = new RawZip()
                .add("été\\é1.png", "IBM437", grey(1))
                .add("hiver\\forêt.png", "IBM437", grey(2))
                .add("hiver\\Thumbs.db", "IBM437", new byte[] {1})
                .bytes();
        Path file = Images.write(folder.resolve("windows.zip"), zip);
        try (ImageCollection images = ImageCollection.zip(file, ImageFormat.AS_STORED)) {
            assertThat(images.classNames()).containsExactly("hiver", "été");
            assertThat(value(images, 0)).isEqualTo(2);
            assertThat(value(images, 1)).isEqualTo(1);
            assertThat(images.skipped()).isEmpty();
            assertThat(images.notes()).singleElement().asString().contains("names are read as code page 437");
        }
    }

    @Test
    void namesThatDifferInCaseOrAccentsStayTwoInAZipAndEqualOnesAreSaid() {
        byte[] zip = new RawZip()
                .add("a/\u00e9.png", "UTF-8", grey(1))
                .add("a/e\u0301.png", "UTF-8", grey(2))
                .add("A/\u00e9.png", "UTF-8", grey(3))
                .add("a/\u00e9.png", "UTF-8", grey(4))
                .bytes();
        Path file = Images.write(folder.resolve("twice.zip"), zip);
        try (ImageCollection images = ImageCollection.zip(file, ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(3);
            assertThat(images.classNames()).containsExactly("A", "a");
            assertThat(images.skipped()).singleElement().asString().contains("a second entry of this name");
        }
    }
}
