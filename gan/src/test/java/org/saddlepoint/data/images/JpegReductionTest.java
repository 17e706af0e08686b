package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.codecs.PictureCodecs;
import org.saddlepoint.data.codecs.PictureHeader;
import org.saddlepoint.data.codecs.PixelRows;

/** Large JPEG pictures are decoded at a half, a quarter or an eighth, and show the same. */
class JpegReductionTest {

    /** Sides that 8 does not divide, wider or higher than the other, so that crops begin within a reduced pixel. */
    @ParameterizedTest
    @CsvSource({
        "1001, 777, 24, 8",
        "777, 1003, 31, 4",
        "512, 512, 16, 8",
        "515, 512, 63, 2",
        "1030, 515, 128, 1",
        "513, 1026, 40, 2"
    })
    void nothingMovesAndLittleChanges(int width, int height, int size, int reduction) throws IOException {
        byte[] file = Images.encode(picture(width, height), "jpeg");
        assertThat(rows(file, size).reduction()).isEqualTo(reduction);
        byte[] reduced = ImageDecoder.decode(file, 3, size);
        byte[] full = Resampler.square(rows(file, PictureHeader.LONGEST_SIDE), size);
        assertSimilar(reduced, full);
    }

    private static void assertSimilar(byte[] reduced, byte[] full) {
        double sum = 0;
        for (int i = 0; i < full.length; i++) {
            int difference = Math.abs((reduced[i] & 0xff) - (full[i] & 0xff));
            assertThat(difference).isLessThanOrEqualTo(6);
            sum += difference;
        }
        // a shift by half a reduced pixel would be 1 level on the slopes alone
        assertThat(sum / full.length).isLessThan(0.45);
    }

    /** Inks are means of those around them, whatever decodes them. */
    @ParameterizedTest
    @CsvSource({"403, 301, 18, 4", "301, 402, 9, 8", "300, 300, 50, 1"})
    void inksAreReducedToo(int width, int height, int size, int reduction) throws IOException {
        BufferedImage picture = picture(width, height);
        WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int p = 0; p < width * height; p++) {
            int rgb = picture.getRGB(p % width, p / width);
            inks.setPixel(
                    p % width, p / width, new int[] {(rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff, 200 + p % 40});
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(new IIOImage(inks, null, null));
        }
        assertThat(rows(file.toByteArray(), size).reduction()).isEqualTo(reduction);
        assertSimilar(
                ImageDecoder.decode(file.toByteArray(), 3, size),
                Resampler.square(rows(file.toByteArray(), PictureHeader.LONGEST_SIDE), size));
    }

    /** A slope of red along the columns and of green along the rows: each result is the slope at its centre. */
    @ParameterizedTest
    @CsvSource({"1001, 777, 24", "777, 1003, 31", "519, 517, 16"})
    void slopesStayInPlace(int width, int height, int size) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, (Math.round(255f * x / width) << 16) | (Math.round(255f * y / height) << 8));
            }
        }
        byte[] planes = ImageDecoder.decode(Images.encode(picture, "jpeg"), 3, size);
        int side = Math.min(width, height);
        double red = 0;
        double green = 0;
        for (int i = 0; i < size; i++) {
            double centre = (i + 0.5) * side / size - 0.5;
            int middle = size / 2;
            red += (planes[middle * size + i] & 0xff) - 255 * ((width - side) / 2 + centre) / width;
            green += (planes[size * size + i * size + middle] & 0xff) - 255 * ((height - side) / 2 + centre) / height;
        }
        // half a pixel of the eighths is a level
        assertThat(red / size).isCloseTo(0, within(0.3));
        assertThat(green / size).isCloseTo(0, within(0.3));
    }

    /** Halves have half the columns, and keep as many pixels for each wanted one as a whole picture does. */
    @ParameterizedTest
    @CsvSource({"1600, 800, 25", "1600, 1600, 50"})
    void halvesAreReducedLess(int width, int height, int size) throws IOException {
        byte[] file = Images.encode(picture(width, height), "jpeg");
        byte[] half = ImageDecoder.views(file, List.of(new PictureView(PictureView.Half.RIGHT, 3, false)), size);
        byte[] full = new PictureView(PictureView.Half.RIGHT, 3, false)
                .of(channels -> rows(file, PictureHeader.LONGEST_SIDE), 1, size);
        assertSimilar(half, full);
    }

    private static PixelRows rows(byte[] file, int shortSide) {
        try {
            PictureHeader header = PictureCodecs.header(file);
            return header.codec().decode(file, header, shortSide).rows(3);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Slopes, waves of several lengths, and discs with sharp borders. */
    private static BufferedImage picture(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double wave = 30 * Math.sin(x / 37.0 + y / 91.0) + 20 * Math.cos(y / 13.0) + 10 * Math.sin(x / 3.1);
                boolean disc = Math.hypot(x % 290 - 140, y % 310 - 120) < 90;
                int red = (int) (60 + 100.0 * x / width + wave * 0.8 + (disc ? 40 : 0));
                int green = (int) (90 + 90.0 * y / height - wave * 0.6);
                int blue = (int) (disc ? 180 - wave : 100 + wave);
                picture.setRGB(x, y, (red << 16) | (green << 8) | blue);
            }
        }
        return picture;
    }
}
