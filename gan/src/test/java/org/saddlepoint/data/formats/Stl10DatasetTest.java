package org.saddlepoint.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.images.ImageFormat;

/** STL-10's binary files, whose images lie column by column. */
class Stl10DatasetTest {
    private static final int SIDE = 96;
    private static final int PLANE = SIDE * SIDE;

    /** The published forms with fewer images. */
    private static final Stl10Files TRAIN = new Stl10Files("x.bin", "y.bin", 3);

    private static final Stl10Files UNLABELLED = new Stl10Files("x.bin", "", 3);

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() {
        byte[] images = new byte[3 * 3 * PLANE];
        for (int i = 0; i < 3; i++) {
            for (int c = 0; c < 3; c++) {
                for (int x = 0; x < SIDE; x++) {
                    for (int y = 0; y < SIDE; y++) {
                        images[(i * 3 + c) * PLANE + x * SIDE + y] = (byte) value(i, c, x, y);
                    }
                }
            }
        }
        Images.write(folder.resolve("x.bin"), images);
        Images.write(folder.resolve("y.bin"), new byte[] {10, 1, 7});
    }

    private static int value(int image, int channel, int x, int y) {
        return 60 * image + 20 * channel + x / 8 + (y == 5 ? 4 : 0);
    }

    private Stl10Dataset open(Stl10Files files, ImageFormat format) {
        return Stl10Dataset.open("stl10:here", folder, files, format);
    }

    @Test
    void columnsBecomeRows() throws DamagedExampleException {
        try (Stl10Dataset data = open(TRAIN, ImageFormat.AS_STORED)) {
            assertThat(data.size()).isEqualTo(3);
            assertThat(data.shape()).isEqualTo(new ImageShape(3, SIDE, SIDE));
            int[] second = Images.samples(data, 1);
            for (int[] place : new int[][] {{0, 0, 0}, {1, 90, 5}, {2, 17, 5}, {2, 5, 17}, {1, 95, 95}}) {
                assertThat(second[place[0] * PLANE + place[2] * SIDE + place[1]])
                        .isEqualTo(value(1, place[0], place[1], place[2]));
            }
        }
    }

    @Test
    void labelsCountFromOneInTheFile() {
        try (Stl10Dataset data = open(TRAIN, ImageFormat.AS_STORED)) {
            assertThat(IntStream.range(0, 3).map(i -> data.label(i).orElseThrow()))
                    .containsExactly(9, 0, 6);
            assertThat(data.classNames())
                    .hasSize(10)
                    .startsWith("airplane", "bird")
                    .endsWith("ship", "truck");
        }
        try (Stl10Dataset data = open(UNLABELLED, ImageFormat.AS_STORED)) {
            assertThat(data.label(2)).isEmpty();
            assertThat(data.classNames()).isEmpty();
        }
    }

    @Test
    void becomesSmallerAndGreyWhenAsked() throws DamagedExampleException {
        try (Stl10Dataset data = open(UNLABELLED, ImageFormat.ofSize(48).withChannels(1))) {
            assertThat(data.shape()).isEqualTo(new ImageShape(1, 48, 48));
            int[] samples = Images.samples(data, 2);
            // Of planes that differ by 20: 0.587 · 20 + 0.114 · 40 = 16.3; in the middle of a stripe of 8 columns.
            assertThat(samples[47 * 48 + 46]).isEqualTo(120 + 16 + 11);
        }
        assertThatThrownBy(() -> open(TRAIN, ImageFormat.ofSize(128)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("96x96")
                .hasMessageContaining("upscaling");
    }

    @Test
    void refusesDamagedFilesByName() throws IOException {
        byte[] labels = Files.readAllBytes(folder.resolve("y.bin"));
        Images.write(folder.resolve("y.bin"), Arrays.copyOf(labels, 2));
        assertRefused("y.bin has 2 bytes; expected 3 labels of 1 byte, which are 3");
        labels[1] = 11;
        Images.write(folder.resolve("y.bin"), labels);
        assertRefused("y.bin gives image 1 the label 11; expected one in [1, 10]");
        labels[1] = 0;
        Images.write(folder.resolve("y.bin"), labels);
        assertRefused("y.bin gives image 1 the label 0");
        byte[] images = Files.readAllBytes(folder.resolve("x.bin"));
        Images.write(folder.resolve("x.bin"), Arrays.copyOf(images, images.length - 1));
        assertRefused("x.bin has 82943 bytes; expected 3 images of 27648 bytes, which are 82944");
        Files.delete(folder.resolve("x.bin"));
        assertRefused("x.bin does not exist");
        assertThatThrownBy(() ->
                        Stl10Dataset.open(folder.resolve("absent"), Stl10Dataset.Part.TEST, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("absent does not exist");
        assertThatThrownBy(() -> Stl10Dataset.open(folder, Stl10Dataset.Part.UNLABELLED, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("unlabeled_X.bin does not exist");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> open(TRAIN, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theFingerprintCoversImagesAndLabels() throws IOException {
        String first;
        try (Stl10Dataset data = open(TRAIN, ImageFormat.AS_STORED)) {
            first = data.fingerprint();
        }
        byte[] images = Files.readAllBytes(folder.resolve("x.bin"));
        images[images.length - 1]++;
        Images.write(folder.resolve("x.bin"), images);
        try (Stl10Dataset data = open(TRAIN, ImageFormat.AS_STORED)) {
            assertThat(data.fingerprint()).isNotEqualTo(first);
        }
    }
}
