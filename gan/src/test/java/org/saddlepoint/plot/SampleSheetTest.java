package org.saddlepoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSheetTest {
    @TempDir
    Path folder;

    @Test
    void everyPixelOfAGridIsWhereTheFormulaSays() throws Exception {
        for (int channels : new int[] {1, 3}) {
            SampleSheet sheet = new SampleSheet(5, channels, 3, 4, 2, 3);
            float[] pixels = random(5 * channels * 3 * 4);
            Path file = folder.resolve(channels + ".png");
            sheet.write(pixels, file);
            BufferedImage image = ImageIO.read(file.toFile());

            assertThat(image.getWidth()).isEqualTo(3 + 2 * (4 * 3 + 3));
            assertThat(image.getHeight()).isEqualTo(3 + 3 * (3 * 3 + 3));
            assertThat(image.getRaster().getNumBands()).isEqualTo(channels);
            int[][][] expected = expected(sheet, pixels, image.getWidth(), image.getHeight());
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    assertThat(image.getRaster().getPixel(x, y, (int[]) null))
                            .as("pixel (%d, %d)", x, y)
                            .isEqualTo(expected[y][x]);
                }
            }
        }
    }

    @Test
    void valuesRoundToTheNearestByteAndAreClamped() {
        float[] values = {-1, 1, 0, -5, 7, -1 + 0.49f / 127.5f, -1 + 0.51f / 127.5f, 100 / 127.5f - 1};
        BufferedImage image = SampleSheet.single(values, 1, 1, values.length);

        assertThat(image.getRaster().getPixels(0, 0, values.length, 1, (int[]) null))
                .containsExactly(0, 255, 128, 0, 255, 0, 1, 100);
    }

    @Test
    void smallImagesAreEnlargedUntilASheetIsWide() {
        assertThat(SampleSheet.of(64, 1, 28, 28)).isEqualTo(new SampleSheet(64, 1, 28, 28, 8, 6));
        assertThat(SampleSheet.of(64, 3, 32, 32)).isEqualTo(new SampleSheet(64, 3, 32, 32, 8, 5));
        assertThat(SampleSheet.of(64, 3, 64, 64)).isEqualTo(new SampleSheet(64, 3, 64, 64, 8, 2));
        assertThat(SampleSheet.of(10, 3, 32, 32).columns()).isEqualTo(4);
        for (int count = 5; count <= 100; count++) {
            SampleSheet sheet = SampleSheet.of(count, 1, 28, 28);
            int width = sheet.render(new float[count * 784]).getWidth();
            assertThat(width).as("count %d", count).isBetween(1000, SampleSheet.MAX_WIDTH);
        }
    }

    @Test
    void enlargementHasBounds() {
        assertThat(SampleSheet.of(1, 1, 28, 28).scale()).isEqualTo(SampleSheet.MAX_SCALE);
        assertThat(SampleSheet.of(1, 1, 128, 128).scale()).isEqualTo(10);
        assertThat(SampleSheet.of(1, 1, 129, 64).scale()).isEqualTo(1);
        assertThat(SampleSheet.of(64, 3, 256, 256).scale()).isEqualTo(1);
        SampleSheet classes = SampleSheet.of(100 * 8, 3, 32, 32, 8);
        assertThat(classes.scale()).as("of a hundred rows").isEqualTo(2);
        assertThat(new SampleSheet(1, 1, 2, 2, 1, 1).padding()).isEqualTo(2);
        assertThat(new SampleSheet(1, 1, 2, 2, 1, 16).padding()).isEqualTo(6);
    }

    @Test
    void aSingleImageIsAsADataSetHoldsIt() throws Exception {
        float[] pixels = random(3 * 5 * 7);
        Path file = folder.resolve("one.png");
        SampleSheet.writeSingle(pixels, 3, 5, 7, file);
        BufferedImage image = ImageIO.read(file.toFile());

        assertThat(image.getWidth()).isEqualTo(7);
        assertThat(image.getHeight()).isEqualTo(5);
        float value = Math.max(-1, Math.min(1, pixels[5 * 7 + 4 * 7 + 6]));
        int green = Math.round((value + 1) * 127.5f); // channel 1, row 4, column 6
        assertThat(image.getRGB(6, 4) >> 8 & 0xFF).isEqualTo(green);
    }

    @Test
    void aGreyGutterPartsWhiteBlackAndColouredImagesAndFillsEmptyPlaces() {
        SampleSheet sheet = new SampleSheet(3, 3, 2, 2, 2, 1);
        float[] pixels = new float[3 * 3 * 4];
        Arrays.fill(pixels, 0, 12, 1); // white
        Arrays.fill(pixels, 12, 24, -1); // black
        Arrays.fill(pixels, 24, 36, -1);
        Arrays.fill(pixels, 24, 28, 1); // red
        BufferedImage image = sheet.render(pixels);

        int[][] row = new int[10][];
        int[][] below = new int[10][];
        for (int x = 0; x < 10; x++) {
            row[x] = image.getRaster().getPixel(x, 2, (int[]) null);
            below[x] = image.getRaster().getPixel(x, 6, (int[]) null);
        }
        int[] grey = {144, 144, 144};
        int[] white = {255, 255, 255};
        int[] black = {0, 0, 0};
        int[] red = {255, 0, 0};
        assertThat(row).isDeepEqualTo(new int[][] {grey, grey, white, white, grey, grey, black, black, grey, grey});
        assertThat(below).isDeepEqualTo(new int[][] {grey, grey, red, red, grey, grey, grey, grey, grey, grey});
        for (int[] neighbour : List.of(white, black)) {
            assertThat(contrast(neighbour[0], SampleSheet.GUTTER)).isGreaterThan(3);
        }
    }

    /** WCAG 2.1, "contrast ratio", of two levels of grey. */
    private static double contrast(int a, int b) {
        double first = Math.pow((a / 255.0 + 0.055) / 1.055, 2.4) + 0.05;
        double second = Math.pow((b / 255.0 + 0.055) / 1.055, 2.4) + 0.05;
        return Math.max(first, second) / Math.min(first, second);
    }

    @Test
    void pngInMemoryHasTheBytesOfTheFile() throws Exception {
        for (int channels : new int[] {1, 3}) {
            float[] pixels = random(5 * channels * 3 * 4);
            SampleSheet sheet = new SampleSheet(5, channels, 3, 4, 2, 3);
            Path file = folder.resolve("sheet.png");
            sheet.write(pixels, file);
            assertThat(sheet.png(pixels)).isEqualTo(Files.readAllBytes(file));

            LabelledSheet labelled = new LabelledSheet(sheet, List.of("a", "b", "c"));
            labelled.write(pixels, file);
            assertThat(labelled.png(pixels)).isEqualTo(Files.readAllBytes(file));

            float[] one = Arrays.copyOf(pixels, channels * 3 * 4);
            SampleSheet.writeSingle(one, channels, 3, 4, file);
            byte[] single = SampleSheet.png(one, channels, 3, 4);
            assertThat(single).isEqualTo(Files.readAllBytes(file));
            assertThat(SampleSheet.png(SampleSheet.single(one, channels, 3, 4))).isEqualTo(single);
            one[0] = one[0] > 0 ? -1 : 1;
            assertThat(SampleSheet.png(one, channels, 3, 4)).isNotEqualTo(single);
        }
    }

    @Test
    void wrongLengthsChannelsAndNanAreRefused() {
        assertThatThrownBy(() -> SampleSheet.of(4, 3, 8, 8).render(new float[100]))
                .hasMessage("pixels must hold 4 x 3 x 8 x 8 = 768 values but held 100");
        assertThatThrownBy(() -> SampleSheet.of(4, 2, 8, 8))
                .hasMessageContaining("channels must be 1 (grey) or 3 (RGB)");
        assertThatThrownBy(() -> SampleSheet.of(0, 1, 8, 8)).hasMessage("count must be >= 1 but was 0");
        assertThatThrownBy(() -> SampleSheet.single(new float[] {0, Float.NaN}, 1, 1, 2))
                .hasMessageContaining("pixels[1] must be finite but was NaN");
    }

    /** The grey of the gutter, then each image's block, from the documentation and not from the code. */
    private static int[][][] expected(SampleSheet sheet, float[] pixels, int width, int height) {
        int[][][] picture = new int[height][width][sheet.channels()];
        for (int[][] row : picture) {
            for (int[] pixel : row) {
                Arrays.fill(pixel, 0x90);
            }
        }
        int at = 0;
        for (int n = 0; n < sheet.count(); n++) {
            int left = 3 + n % sheet.columns() * (sheet.width() * sheet.scale() + 3);
            int top = 3 + n / sheet.columns() * (sheet.height() * sheet.scale() + 3);
            for (int c = 0; c < sheet.channels(); c++) {
                for (int i = 0; i < sheet.height() * sheet.width(); i++, at++) {
                    int value = Math.round((Math.max(-1, Math.min(1, pixels[at])) + 1) * 127.5f);
                    for (int dy = 0; dy < sheet.scale(); dy++) {
                        for (int dx = 0; dx < sheet.scale(); dx++) {
                            int y = top + i / sheet.width() * sheet.scale() + dy;
                            int x = left + i % sheet.width() * sheet.scale() + dx;
                            picture[y][x][c] = value;
                        }
                    }
                }
            }
        }
        return picture;
    }

    private static float[] random(int length) {
        Random random = new Random(9);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) Math.max(-1.2, Math.min(1.2, random.nextGaussian())); // a few need clamping
        }
        return values;
    }
}
