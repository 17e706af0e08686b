package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DataChecks;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.Reading;

class ImagesInMemoryTest {
    private static final ImageFormat FREE = ImageFormat.AS_STORED;

    private static BufferedImage noise(int width, int height, int type, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                    image.getRaster().setSample(x, y, band, random.nextInt(256));
                }
            }
        }
        return image;
    }

    @Test
    void picturesGiveWhatTheirFilesGive(@TempDir Path folder) throws Exception {
        List<BufferedImage> pictures = List.of(
                noise(9, 12, BufferedImage.TYPE_INT_RGB, 1),
                noise(8, 8, BufferedImage.TYPE_INT_ARGB, 2),
                noise(20, 11, BufferedImage.TYPE_BYTE_GRAY, 3),
                noise(10, 10, BufferedImage.TYPE_4BYTE_ABGR, 4),
                noise(11, 9, BufferedImage.TYPE_INT_BGR, 5));
        for (int i = 0; i < pictures.size(); i++) {
            Images.write(folder.resolve(i + ".png"), Images.encode(pictures.get(i), "png"));
        }
        for (ImageFormat format :
                List.of(ImageFormat.ofSize(8), ImageFormat.ofSize(5).withChannels(1))) {
            try (ImageCollection files = ImageCollection.folder(folder, format);
                    ImagesInMemory memory = ImagesInMemory.of("mine", pictures, format)) {
                assertThat(memory.shape()).isEqualTo(files.shape());
                assertThat(memory.size()).isEqualTo(5);
                for (int i = 0; i < 5; i++) {
                    assertThat(Images.samples(memory, i)).isEqualTo(Images.samples(files, i));
                }
            }
        }
    }

    @Test
    void theFormatDecidesAndElseTheImages() throws Exception {
        BufferedImage red = Images.filled(3, 2, new Color(255, 0, 0));
        BufferedImage grey = Images.filled(3, 2, new Color(7, 7, 7));
        assertThat(ImagesInMemory.of("mine", List.of(grey, red), FREE).shape()).isEqualTo(new ImageShape(3, 2, 3));
        ImagesInMemory greys = ImagesInMemory.of("mine", List.of(grey, grey), FREE);
        assertThat(greys.shape()).isEqualTo(new ImageShape(1, 2, 3));
        assertThat(Images.samples(greys, 1)).containsOnly(7);
        assertThat(ImagesInMemory.of("mine", List.of(grey), FREE.withChannels(3))
                        .shape())
                .isEqualTo(new ImageShape(3, 2, 3));
        assertThat(ImagesInMemory.of("mine", List.of(red), ImageFormat.ofSize(4).withUpscale(true))
                        .shape())
                .isEqualTo(new ImageShape(3, 4, 4));
    }

    @Test
    void numbersAreKeptToTheNearestLevel() throws Exception {
        ImageShape shape = new ImageShape(3, 1, 2);
        float[] values = {-1, 1, 0.004f, (float) (17 / 127.5 - 1), -0.5f, 0.999f};
        ImagesInMemory data = ImagesInMemory.ofValues("mine", List.of(values, new float[6]), shape, FREE);
        assertThat(Images.samples(data, 0)).containsExactly(0, 255, 128, 17, 64, 255);
        assertThat(data.shape()).isEqualTo(shape);
        float[] read = new float[6];
        data.read(0, read, 0);
        assertThat(read[3]).isEqualTo(values[3]);
        assertThat(ImagesInMemory.ofValues("mine", List.of(values), shape, FREE.withChannels(1))
                        .shape())
                .isEqualTo(new ImageShape(1, 1, 2));
    }

    @Test
    void labelsAndContentAreInTheFingerprint() {
        List<BufferedImage> pictures = List.of(Images.filled(2, 2, Color.RED), Images.filled(2, 2, Color.BLUE));
        ImagesInMemory plain = ImagesInMemory.of("mine", pictures, FREE);
        ImagesInMemory labelled = plain.withLabels(List.of(1, 0), List.of("blue", "red"));
        assertThat(plain.label(0)).isEmpty();
        assertThat(plain.classNames()).isEmpty();
        assertThat(labelled.label(0)).isEqualTo(OptionalInt.of(1));
        assertThat(labelled.classNames()).containsExactly("blue", "red");
        List<BufferedImage> turned = List.of(pictures.get(1), pictures.get(0));
        assertThat(List.of(
                        plain.fingerprint(),
                        labelled.fingerprint(),
                        plain.withLabels(List.of(0, 1), List.of("blue", "red")).fingerprint(),
                        plain.withLabels(List.of(1, 0), List.of("blau", "red")).fingerprint(),
                        ImagesInMemory.of("mine", turned, FREE).fingerprint()))
                .doesNotHaveDuplicates();
        assertThat(ImagesInMemory.of("other", pictures, FREE).fingerprint()).isEqualTo(plain.fingerprint());
        Reading.all(labelled);
        DataChecks.requireUsable(labelled);
    }

    @Test
    void imagesAreCopied() throws Exception {
        BufferedImage picture = Images.filled(2, 2, Color.WHITE);
        List<BufferedImage> pictures = new ArrayList<>(List.of(picture));
        ImagesInMemory data = ImagesInMemory.of("mine", pictures, FREE);
        picture.setRGB(0, 0, 0xff000000);
        pictures.clear();
        assertThat(Images.samples(data, 0)).containsOnly(255);
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        BufferedImage small = Images.filled(2, 3, Color.RED);
        BufferedImage large = Images.filled(4, 4, Color.RED);
        assertRefused(() -> ImagesInMemory.of("mine", List.of(), FREE), "mine holds no images");
        assertRefused(
                () -> ImagesInMemory.of("mine", List.of(large, small), FREE),
                "different sizes",
                "image 0 has 4x4",
                "image 1 has 2x3",
                "give a size");
        assertRefused(
                () -> ImagesInMemory.of("mine", List.of(large, small), ImageFormat.ofSize(3)),
                "image 1 of mine has 2x3 pixels",
                "smaller than the 3x3");
        ImageShape shape = new ImageShape(1, 1, 2);
        assertRefused(() -> ImagesInMemory.ofValues("mine", List.of(), shape, FREE), "no images");
        assertRefused(
                () -> ImagesInMemory.ofValues("mine", List.of(new float[3]), shape, FREE),
                "image 0 of mine has 3 numbers; expected 2");
        for (float wrong : new float[] {Float.NaN, 1.01f, -255, Float.POSITIVE_INFINITY}) {
            assertRefused(
                    () -> ImagesInMemory.ofValues("mine", List.of(new float[2], new float[] {0, wrong}), shape, FREE),
                    "image 1 of mine has the value " + wrong,
                    "[-1, 1]",
                    "127.5");
        }
        ImagesInMemory two = ImagesInMemory.of("mine", List.of(large, large), FREE);
        assertThatThrownBy(() -> two.withLabels(List.of(0), List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels must be as many as the 2 images but was 1");
        assertThatThrownBy(() -> two.withLabels(List.of(0, 1), List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a label must be in [0, 1) but was 1");
        assertThatThrownBy(() -> two.withLabels(List.of(0, 1), List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("distinct");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
    }
}
