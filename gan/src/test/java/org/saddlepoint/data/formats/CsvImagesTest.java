package org.saddlepoint.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.Links;

class CsvImagesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void drawImages() {
        Images.greys(folder.resolve("in"), 4);
    }

    @Test
    void readsLabelsAndVectorsInTheOrderOfTheLines() throws DamagedExampleException {
        String table =
                "\ufeffangle, File,LABEL,size\n0.5,in/003.png,seven,1\n\n# note\n-2,in/000.png,12,1e1\n3,./in/002.png,9,0\n";
        try (ImageCollection images = open(table)) {
            assertThat(images.shape()).isEqualTo(new ImageShape(1, 8, 8));
            assertThat(IntStream.range(0, 3).map(i -> value(images, i))).containsExactly(3, 0, 2);
            assertThat(images.classNames()).containsExactly("9", "12", "seven");
            assertThat(IntStream.range(0, 3).map(i -> images.label(i).orElseThrow()))
                    .containsExactly(2, 1, 0);
            assertThat(images.vectorNames()).containsExactly("angle", "size");
            float[] vector = new float[3];
            images.readVector(1, vector, 1);
            assertThat(vector).containsExactly(0, -2, 10);
            assertThat(images.skipped()).isEmpty();
        }
    }

    @Test
    void readsQuotesAndOtherSeparators() throws IOException {
        Files.move(folder.resolve("in/001.png"), folder.resolve("a;b, \"c\".png"));
        try (ImageCollection images = open("file;label\n\"a;b, \"\"c\"\".png\" ;\" two words\"\nin\\002.png;x,y\n")) {
            assertThat(IntStream.range(0, 2).map(i -> value(images, i))).containsExactly(1, 2);
            assertThat(images.classNames()).containsExactly(" two words", "x,y");
        }
        try (ImageCollection images = open("file\nin/002.png\n")) {
            assertThat(images.classNames()).isEmpty();
            assertThat(images.label(0)).isEmpty();
            assertThat(images.vectorNames()).isEmpty();
        }
    }

    @Test
    void labelsStayWithTheirImagesWhereOthersAreDamaged() {
        Images.write(folder.resolve("in/001.png"), "no image".getBytes(StandardCharsets.UTF_8));
        try (ImageCollection images = open("file,label,n\nin/000.png,a,10\nin/001.png,b,11\nin/002.png,c,12\n")) {
            assertThat(images.size()).isEqualTo(2);
            assertThat(images.skipped()).extracting(Skipped::name).containsExactly("in/001.png");
            assertThat(images.classNames().get(images.label(1).orElseThrow())).isEqualTo("c");
            float[] vector = new float[1];
            images.readVector(1, vector, 0);
            assertThat(vector).containsExactly(12);
        }
    }

    @Test
    void theFingerprintCoversLabelsAndVectors() {
        String first = fingerprint("file,label,n\nin/000.png,a,1\nin/001.png,b,2\n");
        assertThat(fingerprint("file,label,n\nin/000.png,a,1\nin/001.png,b,2\n"))
                .isEqualTo(first);
        assertThat(fingerprint("file,label,n\nin/000.png,b,1\nin/001.png,a,2\n"))
                .isNotEqualTo(first);
        assertThat(fingerprint("file,label,n\nin/000.png,a,1\nin/001.png,b,3\n"))
                .isNotEqualTo(first);
        assertThat(fingerprint("file,label,m\nin/000.png,a,1\nin/001.png,b,2\n"))
                .isNotEqualTo(first);
    }

    @Test
    void refusesDamagedLinesByNumber() {
        assertRefused("file,label\nin/000.png,a\nin/001.png\n", "line 3", "1 fields", "expected 2: file, label");
        assertRefused("file,label\nin/000.png,a,b\n", "line 2", "3 fields");
        assertRefused("file,label\nin/000.png,\n", "line 2 has no label");
        assertRefused("file,label\nin/000.png, \" \"\n,b\n", "line 3 names no file");
        assertRefused("file,n\nin/000.png,1\nin/001.png,tall\n", "line 3", "\"tall\" in the column n", "finite number");
        assertRefused("file,n\nin/000.png,Infinity\n", "line 2", "finite number");
        assertRefused("file,n,n\nin/000.png,1,2\n", "line 1 names the column n twice");
        assertRefused("file,File\nin/000.png,1\n", "line 1 names the column file twice");
        assertRefused("file,\nin/000.png,1\n", "line 1 leaves a column without a name");
        assertRefused("file,label\nin/000.png,a\n./in/000.png,b\n", "line 3", "again, after line 2");
        assertRefused("file,label\n\"in/000.png,a\n", "line 2 has a quote that is not closed");
        assertRefused("file,label\n\"in/000.png\"x,a\n", "line 2 has a quote that is followed by");
        assertRefused("file,label\n# none\n", "names no images", "file, label");
    }

    @Test
    void listsMissingFiles() {
        assertRefused("file\nin/000.png\na.png\n", "1 of the 2 files", "do not exist: a.png (line 3);");
        StringBuilder table = new StringBuilder("file\n");
        IntStream.range(0, 9).forEach(i -> table.append("m").append(i).append(".png\n"));
        assertRefused(table.toString(), "9 of the 9 files", "m0.png (line 2), m1.png", "m4.png (line 6) and 4 more");
    }

    @Test
    void pathsDoNotLeaveTheFolder(@TempDir Path elsewhere) throws IOException {
        Path outside = Images.png(elsewhere.resolve("secret.png"), 8, 8, Color.RED);
        assertRefused("file\n" + folder.relativize(outside) + "\n", "line 2", "which is not in");
        assertRefused("file\n" + outside + "\n", "line 2", "which is not in");
        assertRefused("file\nin\n", "line 2", "no regular file");
        Files.createSymbolicLink(folder.resolve("out.png"), outside);
        Files.createSymbolicLink(folder.resolve("away"), elsewhere);
        assertRefused("file\nout.png\n", "line 2 names out.png, which is a link out of");
        assertRefused("file\naway/secret.png\n", "line 2", "which is a link out of");
        // By the operating system's rules this leads beside the other folder; here it is the image in this one.
        Images.png(elsewhere.getParent().resolve("x.png"), 16, 16, Color.RED);
        Images.png(folder.resolve("x.png"), 8, 8, Color.BLUE);
        try (ImageCollection images = open("file\naway/../x.png\n")) {
            assertThat(images.shape()).isEqualTo(new ImageShape(3, 8, 8));
        } finally {
            Files.delete(elsewhere.getParent().resolve("x.png"));
        }
        Files.createSymbolicLink(folder.resolve("within.png"), folder.resolve("in/003.png"));
        try (ImageCollection images = open("file\nwithin.png\n")) {
            assertThat(value(images, 0)).isEqualTo(3);
        }
    }

    @Test
    void theHeaderDecidesWhatATableHolds() {
        assertThat(CsvImages.isTable(write("x,FILE\n"))).isTrue();
        assertThat(CsvImages.isTable(write("x,y\n1,2\n"))).isFalse();
        assertThat(CsvImages.isTable(write(""))).isFalse();
        assertThat(CsvImages.isTable(folder.resolve("absent.csv"))).isFalse();
        Path points = write("path,label\na.png,b\n");
        assertThatThrownBy(() -> CsvPoints.open(points))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("line 2", "\"a.png\"", "call the column of their paths \"file\"");
    }

    @Test
    void pointsMayBeDividedBySemicolonsOrTabs() {
        assertThat(CsvPoints.open(write("1; 2\n3;4\n")).shape()).isEqualTo(new PointShape(2));
        assertThat(CsvPoints.open(write("x\ty\tz\n1\t2\t3\n")).shape()).isEqualTo(new PointShape(3));
    }

    private int value(ImageCollection images, int index) {
        try {
            return Images.samples(images, index)[0];
        } catch (DamagedExampleException e) {
            throw new AssertionError(e);
        }
    }

    private String fingerprint(String table) {
        try (ImageCollection images = open(table)) {
            return images.fingerprint();
        }
    }

    private Path write(String table) {
        return Images.write(folder.resolve("t.csv"), table.getBytes(StandardCharsets.UTF_8));
    }

    private ImageCollection open(String table) {
        return CsvImages.open(write(table), ImageFormat.AS_STORED, 1 << 20, Links.INSIDE);
    }

    private void assertRefused(String table, String... parts) {
        assertThatThrownBy(() -> open(table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv")
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }
}
