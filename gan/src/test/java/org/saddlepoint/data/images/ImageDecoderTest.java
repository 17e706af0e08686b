package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.codecs.DecodedPicture;
import org.saddlepoint.data.codecs.RasterRows;

class ImageDecoderTest {
    // 8x6 pixels, left half (250, 20, 30), right half (10, 20, 240); written by Pillow
    static final String WEBP_LOSSLESS = "UklGRiYAAABXRUJQVlA4TBoAAAAvB0ABAA8wFFeAvwv8/EcLAIJI8N9rIqL/IQ==";
    static final String WEBP_LOSSY =
            "UklGRloAAABXRUJQVlA4IE4AAABwAwCdASoIAAYAAMASJagCdLoB+AH4gUoD8AK7/3AAFVgfcsAA/vrv//yGRHf+213lfL/+ZFMRhDtYf"
                    + "/zYB/72w654cEHN17crI/4WAAA=";
    static final String WEBP_TRANSPARENT = "UklGRiYAAABXRUJQVlA4TBkAAAAvB0ABEA8wFFeAvwt8RAWAIBL895qI6H8IAA==";
    // 8x8 pixels of cyan 0, magenta 255, yellow 255, black 0; written by Pillow
    static final String CMYK_JPEG =
            "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwL"
                    + "CgwJCgoK/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAAB"
                    + "fQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hp"
                    + "anN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5"
                    + "+v/aAA4EQwBNAFkASwAAPwD9/K/n/r+f+v38r//Z";

    private static final int[] RED_BLUE = {250, 10, 20, 20, 30, 240}; // 2x1 columns, CHW

    @Test
    void readsPng() throws IOException {
        assertColumns(Images.encode(redBlue(), "png"), 0);
    }

    @Test
    void readsJpeg() throws IOException {
        assertColumns(Images.encode(redBlue(), "jpeg"), 12);
    }

    @ParameterizedTest
    @CsvSource({WEBP_LOSSLESS + ", 0", WEBP_LOSSY + ", 2"})
    void readsWebp(String base64, int tolerance) throws IOException {
        assertColumns(Base64.getDecoder().decode(base64), tolerance);
    }

    /** 34x18 pixels of (3, 200, 7), which take no bits; written by Pillow. */
    @Test
    void readsLosslessWebpOfOneColour() throws IOException {
        byte[] file = Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4TBUAAAAvIUAEAAdQZIUAAqCg6UH/Y0RE/wMA");
        byte[] planes = ImageDecoder.decode(file, 3, 18);
        assertThat(Arrays.copyOf(planes, 324)).containsOnly((byte) 3);
        assertThat(Arrays.copyOfRange(planes, 324, 648)).containsOnly((byte) 200);
        assertThat(Arrays.copyOfRange(planes, 648, 972)).containsOnly((byte) 7);
    }

    @Test
    void compositesTransparentPixelsOnWhite() throws IOException {
        byte[] half = Images.encode(Images.filled(4, 4, new Color(0, 0, 0, 128)), "png");
        assertThat(ImageDecoder.decode(half, 3, 4)).containsOnly((byte) 127);
        assertThat(ImageDecoder.decode(Base64.getDecoder().decode(WEBP_TRANSPARENT), 3, 6))
                .containsOnly((byte) 255);
    }

    @Test
    void convertsCmyk() throws IOException {
        byte[] red = ImageDecoder.decode(Base64.getDecoder().decode(CMYK_JPEG), 3, 8);
        assertThat(red[0] & 0xff).isGreaterThan(200);
        assertThat(red[64] & 0xff).isLessThan(60);
        assertThat(red[128] & 0xff).isLessThan(60);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_INDEXED})
    void takesGreyAsStored(int type) throws IOException {
        BufferedImage image = new BufferedImage(5, 5, type);
        int value = 51; // in the default palette of indexed images
        for (int p = 0; p < 25; p++) {
            if (type == BufferedImage.TYPE_BYTE_INDEXED) {
                image.setRGB(p % 5, p / 5, new Color(value, value, value).getRGB());
            } else {
                int stored = type == BufferedImage.TYPE_USHORT_GRAY ? value * 257 : value;
                image.getRaster().setSample(p % 5, p / 5, 0, stored);
            }
        }
        byte[] file = Images.encode(image, "png");
        assertThat(ImageDecoder.decode(file, 1, 5)).containsOnly((byte) value);
        assertThat(ImageDecoder.decode(file, 3, 5)).hasSize(75).containsOnly((byte) value);
    }

    @Test
    void compositesGreyWithAlpha() throws IOException {
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(model, model.createCompatibleWritableRaster(2, 2), false, null);
        for (int p = 0; p < 4; p++) {
            image.getRaster().setPixel(p % 2, p / 2, new int[] {100, 51});
        }
        // 100 · 0.2 + 255 · 0.8
        assertThat(ImageDecoder.decode(Images.encode(image, "png"), 1, 2)).containsOnly((byte) 224);
    }

    @Test
    void turnsColourGreyByLuma() throws IOException {
        byte[] file = Images.encode(Images.filled(3, 3, new Color(200, 100, 50)), "png");
        assertThat(ImageDecoder.decode(file, 1, 3)).containsOnly((byte) Math.round(59.8 + 58.7 + 5.7));
    }

    @Test
    void turnsPhotographsUpright() throws IOException {
        byte[] jpeg = Images.encode(redBlue(), "jpeg");
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] turned = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, turned, 0, 2);
        System.arraycopy(exif, 0, turned, 2, exif.length);
        System.arraycopy(jpeg, 2, turned, 2 + exif.length, jpeg.length - 2);
        byte[] image = ImageDecoder.decode(turned, 3, 6);
        // 6: the stored left side is seen on top
        assertThat(image[3] & 0xff).isCloseTo(250, within(15));
        assertThat(image[33] & 0xff).isCloseTo(10, within(15));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0 1 2 3",
        "2, 1 0 3 2",
        "3, 3 2 1 0",
        "4, 2 3 0 1",
        "5, 0 2 1 3",
        "6, 2 0 3 1",
        "7, 3 1 2 0",
        "8, 1 3 0 2"
    })
    void orientationsFollowExif(int orientation, String expected) {
        byte[] upright = Orientation.upright(new byte[] {0, 1, 2, 3}, 2, orientation);
        assertThat(upright).isEqualTo(bytes(expected));
    }

    /** A picture of 4 × 2 whose upright left half is 10 and right half 20, stored as each orientation has it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void halvesAreThoseOfTheUprightPicture(int orientation) {
        boolean transposed = orientation > 4;
        boolean mirrored = List.of(2, 3, 6, 7).contains(orientation);
        BufferedImage stored = new BufferedImage(transposed ? 2 : 4, transposed ? 4 : 2, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 8; i++) {
            int x = i % stored.getWidth();
            int y = i / stored.getWidth();
            boolean left = (transposed ? y : x) < 2 != mirrored;
            stored.getRaster().setSample(x, y, 0, left ? 10 : 20);
        }
        PictureView left = new PictureView(PictureView.Half.LEFT, 1, false);
        PictureView right = new PictureView(PictureView.Half.RIGHT, 3, false);
        DecodedPicture picture = channels -> new RasterRows(stored, channels);
        assertThat(left.of(picture, orientation, 2)).hasSize(4).containsOnly(10);
        assertThat(right.of(picture, orientation, 2)).hasSize(12).containsOnly(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "webp"})
    void refusesFilesThatAreCutOff(String format) {
        byte[] whole =
                format.equals("webp") ? Base64.getDecoder().decode(WEBP_LOSSY) : Images.encode(redBlue(), format);
        byte[] cut = Arrays.copyOf(whole, whole.length * 3 / 4);
        assertThatThrownBy(() -> ImageDecoder.decode(cut, 3, 6))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(format.toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({
        "c3, 8, a JPEG image without loss",
        "cb, 8, a JPEG image without loss",
        "c0, 12, a JPEG image with 12 bits a sample",
        "c1, 12, a JPEG image with 12 bits a sample",
        "c5, 8, a JPEG image of the hierarchical kind",
    })
    void namesKindsOfJpegThatAreNotRead(String marker, int bits, String message) {
        byte[] file = Images.encode(redBlue(), "jpeg");
        int frame = find(file, 0xc0);
        file[frame + 1] = (byte) Integer.parseInt(marker, 16);
        file[frame + 4] = (byte) bits;
        assertThatThrownBy(() -> ImageDecoder.decode(file, 3, 6))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void namesJpegOfTwoComponents() {
        byte[] file = Images.encode(redBlue(), "jpeg");
        file[find(file, 0xc0) + 9] = 2;
        assertThatThrownBy(() -> ImageDecoder.decode(file, 3, 6))
                .hasMessageStartingWith("a JPEG image of 2 components; 1 (grey), 3 (colour) and 4 (inks) are read");
    }

    private static int find(byte[] jpeg, int marker) {
        int at = 0;
        while (jpeg[at] != (byte) 0xff || jpeg[at + 1] != (byte) marker) {
            at++;
        }
        return at;
    }

    /** Columns 0 to 7 of 30x20 are of the transparent colour, 8 to 29 are not: of the crop of columns 5 to 24, three are. */
    @Test
    void cropsWidePicturesWithATransparentColourInTheirMiddle() throws IOException {
        BufferedImage wide = new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_GRAY);
        for (int p = 0; p < 600; p++) {
            wide.getRaster().setSample(p % 30, p / 30, 0, p % 30 < 8 ? 77 : p % 30);
        }
        byte[] plain = Images.encode(wide, "png");
        ByteBuffer file = ByteBuffer.allocate(plain.length + 14);
        file.put(plain, 0, 33)
                .putInt(2)
                .put("tRNS".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 77);
        CRC32 crc = new CRC32();
        crc.update(file.array(), 37, 6);
        file.putInt((int) crc.getValue()).put(plain, 33, plain.length - 33);
        byte[] square = ImageDecoder.decode(file.array(), 1, 20);
        for (int x = 0; x < 20; x++) {
            assertThat(square[x] & 0xff).isEqualTo(x < 3 ? 255 : 5 + x);
        }
    }

    @Test
    void refusesPngFilesWithAWrongByte() {
        byte[] file = Images.encode(redBlue(), "png");
        file[file.length - 20] ^= 1; // in the last bytes of the image data
        assertThatThrownBy(() -> ImageDecoder.decode(file, 3, 6))
                .hasMessageContaining("PNG image is cut off or damaged");
    }

    @Test
    void refusesImagesThatClaimToBeGigantic() {
        byte[] file = Images.encode(redBlue(), "png");
        file[16] = 0x40; // width, highest byte
        assertThatThrownBy(() -> ImageDecoder.decode(file, 3, 6))
                .hasMessageContaining("header claims 1073741832x6")
                .hasMessageContaining("limit");
    }

    @Test
    void saysHowAFileThatIsNoImageBegins() {
        assertThatThrownBy(() -> ImageDecoder.decode("hello world, hello".getBytes(StandardCharsets.UTF_8), 3, 6))
                .hasMessage("no PNG, JPEG, WEBP, GIF, BMP, TIFF or PNM image; it begins with \"hello world,\"");
        assertThatThrownBy(() -> ImageDecoder.decode(new byte[0], 3, 6)).hasMessage("the file is empty");
    }

    private static void assertColumns(byte[] file, int tolerance) throws IOException {
        byte[] planes = ImageDecoder.decode(file, 3, 6);
        for (int c = 0; c < 3; c++) {
            assertThat(planes[36 * c + 12] & 0xff).isCloseTo(RED_BLUE[2 * c], within(tolerance));
            assertThat(planes[36 * c + 17] & 0xff).isCloseTo(RED_BLUE[2 * c + 1], within(tolerance));
        }
    }

    private static BufferedImage redBlue() {
        BufferedImage image = Images.filled(8, 6, new Color(250, 20, 30));
        for (int p = 0; p < 24; p++) {
            image.setRGB(4 + p % 4, p / 4, new Color(10, 20, 240).getRGB());
        }
        return image;
    }

    private static byte[] bytes(String numbers) {
        String[] parts = numbers.split(" ", -1);
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = Byte.parseByte(parts[i]);
        }
        return bytes;
    }
}
