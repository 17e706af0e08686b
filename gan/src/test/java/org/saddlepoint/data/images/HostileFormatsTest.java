package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.codecs.PictureCodecs;

/** BMP, GIF, TIFF and PNM files made to harm: refused by name, before memory or time is spent. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFormatsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void bmpFilesThatClaimMorePixelsThanTheyHoldAreRefused() {
        assertRefused(bmp("24-bit/header-40", 8192, 8192), "cut off: its 8192x8192 pixels take 201326646 bytes");
        assertRefused(bmp("24-bit/header-40", 65_536, 1), "65536x1 pixels, more than the limit of 65535 a side");
        assertRefused(
                bmp("24-bit/header-40", 60_000, -60_000), "60000x60000 pixels, more than the limit of 67 million");
        assertRefused(bmp("24-bit/header-40", 8, Integer.MIN_VALUE), "header claims");
        assertRefused(bmp("24-bit/header-40", -8, 8), "header claims -8x8 pixels");
        assertRefused(bmp("rle8/no-end", 1000, 1000), "its runs end in row 10 of 1000");
    }

    /** Each run may lead out of its row, and each move out of the picture. */
    @Test
    void bmpRunsStayInThePicture() throws IOException {
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        runs.writeBytes(bmp("rle8/header-40", 17, 9));
        for (int i = 0; i < 4_000_000; i++) {
            runs.writeBytes(new byte[] {0, 2, (byte) 0xff, 0}); // 255 columns to the right
        }
        byte[] file = runs.toByteArray();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(10, file.length - 16_000_000);
        assertRefused(file, "its runs end in row 1 of 9");
    }

    @Test
    void bmpFilesOfUnknownKindsAreNamed() {
        byte[] jpeg = bmp("24-bit/header-40", 17, 9);
        ByteBuffer.wrap(jpeg)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(28, (short) 0)
                .putInt(30, 4);
        assertRefused(jpeg, "a BMP file with 0 bits a pixel and compression 4, which is not read");
        byte[] noPalette = bmp("8-bit/header-40", 17, 9);
        ByteBuffer.wrap(noPalette).order(ByteOrder.LITTLE_ENDIAN).putInt(10, 54);
        assertRefused(noPalette, "a BMP file without a palette");
        byte[] within = bmp("24-bit/header-40", 17, 9);
        ByteBuffer.wrap(within).order(ByteOrder.LITTLE_ENDIAN).putInt(10, 20);
        assertRefused(within, "a BMP file whose pixels begin in its header");
    }

    @Test
    void gifFilesThatClaimMorePixelsThanTheyHoldAreRefused() {
        byte[] gif = golden("gif", "16-colours/global");
        int frame = 13 + 48; // behind screen and palette
        assertThat(gif[frame]).isEqualTo((byte) ',');
        ByteBuffer bytes = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(frame + 5, (short) 8000).putShort(frame + 7, (short) 8000);
        assertRefused(gif, "claims 8000x8000 pixels, which take at least 23434 bytes");
        bytes.putShort(frame + 5, (short) 9000).putShort(frame + 7, (short) 9000);
        assertRefused(gif, "more than the limit of 67 million");
        bytes.putShort(frame + 1, (short) 60_000)
                .putShort(frame + 5, (short) 6000)
                .putShort(frame + 7, (short) 13);
        assertRefused(gif, "66000x13 pixels, more than the limit of 65535 a side");
        bytes.putShort(frame + 1, (short) 0).putShort(frame + 5, (short) 0);
        assertRefused(gif, "a frame without pixels");
        bytes.putShort(frame + 5, (short) 17).put(frame + 10, (byte) 12);
        assertRefused(gif, "its frame has 12 bits a pixel");
    }

    @Test
    void aGifFileOfCommentsAloneIsRefused() {
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        gif.writeBytes("GIF89a\1\0\1\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < 1_000_000; i++) {
            gif.writeBytes(new byte[] {'!', (byte) 0xfe, 1, 'x', 0});
        }
        assertRefused(gif.toByteArray(), "cut off within its header");
        gif.write(';');
        assertRefused(gif.toByteArray(), "a GIF file without a picture");
    }

    @Test
    void tiffFilesThatClaimMoreThanTheyHoldAreRefused() {
        assertRefused(TiffFiles.with(256, 1 << 20), "1048576x3 pixels, more than the limit of 65535 a side");
        assertRefused(sized(60_000, 60_000, 1), "more than the limit of 67 million");
        assertRefused(sized(8192, 8192, 1), "cut off: part 1 of 1 is not in its");
        assertRefused(sized(8192, 8192, 5), "which take at least 24573 bytes, but has 12");
        Map<Integer, long[]> wide = TiffFiles.grey();
        wide.put(256, new long[] {8000});
        wide.put(257, new long[] {8000});
        wide.put(277, new long[] {64});
        wide.put(278, new long[] {8000});
        wide.put(258, repeated(8, 64));
        assertRefused(TiffFiles.of(wide), "the samples of the TIFF image take 3906 MiB, more than the limit of 256");
    }

    @Test
    void tiffPartsAreBounded() {
        assertRefused(tiled(1 << 17, 16), "parts of 131072x16 pixels");
        assertRefused(tiled(0, 16), "parts of 0x16 pixels");
        assertRefused(tiled(1, 1), "327675 parts, more than the limit of 262144");
        assertRefused(TiffFiles.with(273, 1 << 30), "cut off: part 1 of 1 is not in its");
        assertRefused(TiffFiles.with(273, 4), "cut off: part 1 of 1 is not in its");
        assertRefused(TiffFiles.with(278, 1), "1 parts instead of 3");
        Map<Integer, long[]> overlapping = TiffFiles.grey();
        overlapping.put(259, new long[] {7});
        overlapping.put(278, new long[] {1});
        overlapping.put(273, repeated(8, 3));
        overlapping.put(279, repeated(100, 3));
        assertRefused(TiffFiles.of(overlapping), "the parts of the TIFF image overlap");
    }

    private static byte[] tiled(long width, long height) {
        Map<Integer, long[]> entries = TiffFiles.grey();
        entries.put(256, new long[] {5});
        entries.put(257, new long[] {65_535});
        entries.put(322, new long[] {width});
        entries.put(323, new long[] {height});
        entries.put(324, new long[] {8});
        return TiffFiles.of(entries);
    }

    /** A part of a few kilobytes that inflates to gigabytes is unpacked as far as the picture goes. */
    @Test
    void deflatedTiffPartsAreUnpackedAsFarAsTheyAreSeen() throws IOException {
        Deflater deflater = new Deflater(9);
        deflater.setInput(new byte[64 << 20]);
        deflater.finish();
        byte[] packed = new byte[1 << 17];
        byte[] data = Arrays.copyOf(packed, deflater.deflate(packed));
        deflater.end();
        Map<Integer, long[]> entries = TiffFiles.grey();
        entries.put(259, new long[] {8});
        entries.put(279, new long[] {data.length});
        byte[] file = TiffFiles.of(data, entries);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThat(ImageDecoder.decode(file, 1, 3)).containsOnly((byte) 0);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    /** Where a picture is of another kind than those that are read, the file is named with what it is. */
    @ParameterizedTest
    @CsvSource({
        "339, 3, floating-point or signed",
        "339, 2, floating-point or signed",
        "258, 32, 32 bits a sample",
        "259, 50000, compression 50000 (Zstandard)",
        "259, 34925, compression 34925 (LZMA)",
        "259, 34712, compression 34712 (JPEG 2000)",
        "259, 6, compression 6 (JPEG of TIFF 6.0)",
        "259, 77, compression 77",
        "262, 8, colours of L*a*b*",
        "262, 4, a mask",
        "262, 32844, photometric interpretation 32844",
        "262, 32803, camera raw is not read",
        "254, 1, camera raw is not read",
        "50706, 1, camera raw is not read",
        "262, 2, 1 samples a pixel instead of 3",
        "277, 5000, 5000 samples a pixel",
        "320, 7, ''"
    })
    void tiffFilesOfOtherKindsAreNamed(int tag, long value, String message) throws IOException {
        byte[] file = TiffFiles.with(tag, value);
        if (message.isEmpty()) { // a palette that nothing asks for
            assertThat(ImageDecoder.decode(file, 1, 3)).hasSize(9);
        } else {
            assertRefused(file, message);
        }
    }

    @Test
    void tiffPalettesAndPredictorsAreChecked() {
        Map<Integer, long[]> palette = TiffFiles.grey();
        palette.put(262, new long[] {3});
        palette.put(320, new long[] {1, 2, 3});
        assertRefused(TiffFiles.of(palette), "a palette of 3 values instead of 768");
        Map<Integer, long[]> predictor = TiffFiles.grey();
        predictor.put(259, new long[] {5});
        predictor.put(317, new long[] {3});
        assertRefused(TiffFiles.of(predictor), "predictor 3 of 8 bits a sample");
    }

    /** Directories that lead to each other, or to themselves. */
    @Test
    void pagesOfTiffFilesAreCountedOnce() throws IOException {
        byte[] file = TiffFiles.of(TiffFiles.grey());
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(4);
        bytes.putInt(directory + 2 + 12 * TiffFiles.grey().size(), directory);
        assertThat(PictureCodecs.header(file).codec().pictures(file)).isEqualTo(2);
        assertThat(ImageDecoder.decode(file, 1, 3)).hasSize(9);
        for (String name : new String[] {"rgb-8/pages", "rgb-8/bigtiff"}) {
            byte[] golden = golden("tiff", name);
            assertThat(PictureCodecs.header(golden).codec().pictures(golden)).isEqualTo(name.endsWith("pages") ? 3 : 1);
        }
    }

    @Test
    void framesOfGifFilesAreCounted() throws IOException {
        byte[] gif = golden("gif", "animated/whole");
        assertThat(PictureCodecs.header(gif).codec().pictures(gif)).isEqualTo(3);
        byte[] cut = Arrays.copyOf(gif, gif.length - 40);
        assertThat(PictureCodecs.header(gif).codec().pictures(cut)).isBetween(2, 3);
    }

    @Test
    void pnmFilesThatClaimMorePixelsThanTheyHoldAreRefused() throws IOException {
        assertThat(ImageDecoder.decode(pnm("P5 2 2 255\n\0\1\2\3"), 1, 2)).containsExactly(0, 1, 2, 3);
        assertThat(ImageDecoder.decode(pnm("P5#a\n2\n#b\n 2\t3\n\0\1\2\3"), 1, 2))
                .containsExactly(0, 85, 170, 255);
        assertThat(ImageDecoder.decode(pnm("P6 1 1 65535 \u0080\u0080\0\0\u00ff\u00ff"), 3, 1))
                .containsExactly(128, 0, 255);
        assertRefused(pnm("P5 2 2 255\n\0\1\2"), "cut off: its 2x2 pixels end at byte 15, but it has 14");
        assertRefused(pnm("P6 8000 8000 65535\n\0"), "cut off");
        assertRefused(pnm("P6 80000 8 255\n\0"), "more than the limit of 65535 a side");
        assertRefused(pnm("P6 99999999999999 8 255\n\0"), "a PNM file with a damaged header");
        assertRefused(pnm("P6 8 8 0\n\0"), "a PNM file whose white is 0");
        assertRefused(pnm("P6 8 8 99999\n\0"), "a PNM file whose white is 99999");
        assertRefused(pnm("P5 #" + " ".repeat(1 << 20)), "cut off within its header");
    }

    private static byte[] pnm(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static long[] repeated(long value, int count) {
        long[] values = new long[count];
        Arrays.fill(values, value);
        return values;
    }

    private static byte[] sized(long width, long height, long compression) {
        Map<Integer, long[]> entries = TiffFiles.grey();
        entries.put(256, new long[] {width});
        entries.put(257, new long[] {height});
        entries.put(278, new long[] {height});
        entries.put(259, new long[] {compression});
        return TiffFiles.of(entries);
    }

    private static byte[] bmp(String name, int width, int height) {
        byte[] file = golden("bmp", name);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(18, width).putInt(22, height);
        return file;
    }

    private static byte[] golden(String zip, String name) {
        return new GoldenPictures.Golden(zip, name).file().clone();
    }

    private static void assertRefused(byte[] file, String... parts) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> ImageDecoder.decode(file, 3, 6))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(parts);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(8 << 20);
    }
}
