package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.formats.CsvImages;
import org.saddlepoint.data.formats.CsvPoints;
import org.saddlepoint.data.formats.IdxDataset;
import org.saddlepoint.testing.Pipes;

/** Data made to harm: each limit of {@code docs/security.md} refuses it by name, before memory or time is spent. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDataTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    /** Loading the native decoders takes memory, once. */
    @BeforeAll
    static void loadDecoders() throws IOException {
        ImageDecoder.decode(Base64.getDecoder().decode(ImageDecoderTest.WEBP_LOSSY), 3, 6);
    }

    @Test
    void pipesAndNamesWithControlCharactersAreListedAndNotOpened() {
        Images.greys(folder, 2);
        Pipes.make(folder.resolve("pipe.png"));
        Images.png(folder.resolve("clear\u001b[2J.png"), 8, 8, Color.RED);
        try (ImageCollection images = ImageCollection.folder(folder, ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(2);
            assertThat(images.skipped())
                    .extracting(Skipped::toString)
                    .containsExactly(
                            "clear [2J.png: its name holds control characters or more than 2000 characters",
                            "pipe.png: a device or a pipe, which is not opened");
        }
    }

    /** A folder that is itself a link was named by the user, and is what it leads to. */
    @Test
    void aFolderMayBeALinkAndWhatLeavesItIsNamed(@TempDir Path elsewhere) throws IOException {
        Images.greys(folder, 2);
        Files.createSymbolicLink(folder.resolve("passwd.png"), Path.of("/etc/passwd"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("data"), folder);
        try (ImageCollection images = ImageCollection.folder(link, ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(2);
            assertThat(images.skipped()).extracting(Skipped::name).containsExactly("passwd.png");
        }
    }

    @Test
    void onlyRegularFilesAreOpened() {
        Path pipe = Pipes.make(folder.resolve("pipe"));
        assertThatThrownBy(() -> IdxDataset.open(pipe, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a device or a pipe");
        assertThatThrownBy(() -> CsvPoints.open(pipe))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a device or a pipe");
        assertThatThrownBy(() -> CsvPoints.open(Path.of("/dev/zero")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a device or a pipe");
        assertThat(CsvImages.isTable(pipe)).isFalse();
    }

    @Test
    void zipEntriesThatLeaveTheirFolderAreListedAndNotRead() throws IOException {
        byte[] png = Images.encode(Images.filled(8, 8, Color.RED), "png");
        Path zip = folder.resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : new String[] {
                "../up.png",
                "/etc/x.png",
                "a/../../b.png",
                "C:\\x.png",
                "..\\y.png",
                "a\nb.png",
                "good.png",
                "..c/d..png"
            }) {
                out.putNextEntry(new ZipEntry(name));
                out.write(png);
            }
        }
        try (ImageCollection images = ImageCollection.zip(zip, ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(1); // ..c is hidden
            assertThat(images.skipped())
                    .extracting(Skipped::toString)
                    .containsExactly(
                            "../up.png: its name leads out of the folder",
                            "/etc/x.png: its name leads out of the folder",
                            "a/../../b.png: its name leads out of the folder",
                            "C:/x.png: its name leads out of the folder",
                            "../y.png: its name leads out of the folder",
                            "a b.png: its name holds control characters or more than 2000 characters");
        }
    }

    @Test
    void zipBombsAreListedAndNotUnpacked() throws IOException {
        byte[] png = Images.encode(Images.filled(8, 8, Color.RED), "png");
        Path zip = folder.resolve("bomb.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("bomb.png"));
            out.write(png);
            for (int i = 0; i < 200; i++) {
                out.write(new byte[1 << 20]);
            }
            out.putNextEntry(new ZipEntry("good.png"));
            out.write(png);
        }
        assertThat(zip).satisfies(file -> assertThat(Files.size(file)).isLessThan(1 << 20));
        try (ImageCollection images = ImageCollection.zip(zip, ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(1);
            assertThat(images.skipped().toString())
                    .contains("bomb.png: it unpacks from ", "more than 100 times as many");
        }
    }

    @Test
    void anEntryThatUnpacksToMoreThanItSaysIsDamaged() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] png = Images.encode(Images.filled(8, 8, Color.RED), "png");
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("liar.png"));
            out.write(png);
            for (int i = 0; i < 200; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        byte[] zip = bytes.toByteArray();
        ByteBuffer liar = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int central = zip.length - 22 - 46 - "liar.png".length(); // the central directory's one entry, then the end
        assertThat(liar.getInt(central)).isEqualTo(0x02014b50);
        liar.putInt(central + 24, png.length); // it says the picture's bytes alone
        Path file = Images.write(folder.resolve("liar.zip"), zip);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try (ImageCollection images = ImageCollection.zip(file, ImageFormat.AS_STORED)) {
            assertThatThrownBy(() -> images.read(0, new float[images.shape().elements()], 0))
                    .hasMessageContaining("liar.png: the file has more than the " + png.length + " bytes");
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(32 << 20);
    }

    @Test
    void imagesThatClaimMorePixelsThanTheyCanHoldAreRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] png = Images.encode(Images.filled(8, 8, Color.RED), "png");
        assertRefused(png(png, 8192, 8192), "take at least", "but has " + png.length);
        assertRefused(png(png, 65_536, 1), "65536x1 pixels, more than the limit of 65535 a side");
        assertRefused(png(png, 60_000, 60_000), "60000x60000 pixels, more than the limit of 67 million");
        byte[] jpeg = Images.encode(Images.filled(8, 8, Color.RED), "jpeg");
        int frame = find(jpeg, 0xc0);
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 8192).putShort(frame + 7, (short) 8192);
        assertRefused(jpeg, "take at least", "but has " + jpeg.length);
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65_535).putShort(frame + 7, (short) 65_535);
        assertRefused(jpeg, "more than the limit of 67 million");
    }

    /** Found by fuzzing: the table of what is seen for each of 2^188 samples took a gigabyte. */
    @ParameterizedTest
    @CsvSource({"188, 2", "0, 0", "3, 0", "16, 3", "4, 6", "8, 1", "8, 7"})
    void samplesThatPngHasNotAreRefused(int depth, int type) {
        byte[] png = Images.encode(Images.filled(8, 8, Color.RED), "png");
        png[24] = (byte) depth;
        png[25] = (byte) type;
        assertRefused(png(png, 8, 8), "claims colour type " + type + " with " + depth + " bits a sample");
    }

    @Test
    void aJpegOfAThousandScansIsRefused() throws IOException {
        byte[] jpeg = Images.encode(Images.filled(64, 64, Color.RED), "jpeg");
        int scan = find(jpeg, 0xda);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(jpeg, 0, scan);
        for (int i = 0; i < 101; i++) {
            bomb.write(jpeg, scan, jpeg.length - 2 - scan);
        }
        bomb.write(jpeg, jpeg.length - 2, 2);
        assertRefused(bomb.toByteArray(), "more than 100 scans");
    }

    /** Of VP8X files decoders trust the canvas or the image in it. */
    @Test
    void webpFilesOfTwoSizesAreRefused() throws IOException {
        byte[] lossy = Base64.getDecoder().decode(ImageDecoderTest.WEBP_LOSSY);
        assertThat(ImageDecoder.decode(extended(lossy, 8, 6, 0), 3, 6)).isEqualTo(ImageDecoder.decode(lossy, 3, 6));
        assertRefused(extended(lossy, 4096, 4096, 0), "claims 4096x4096 pixels but its image 8x6");
        byte[] large = lossy.clone();
        large[26] = (byte) 0xff; // width, low byte
        assertRefused(extended(large, 8, 6, 0), "claims 8x6 pixels but its image 255x6");
        assertRefused(extended(lossy, 8, 6, 2), "an animated WebP file without its first frame");
        byte[] lossless = Base64.getDecoder().decode(ImageDecoderTest.WEBP_LOSSLESS);
        assertThat(ImageDecoder.decode(extended(lossless, 8, 6, 0), 3, 6))
                .isEqualTo(ImageDecoder.decode(lossless, 3, 6));
    }

    @Test
    void framesOfAnimationsMustLieInTheCanvas() {
        assertRefused(animation(8, 6, 8, 16, 16), "its first frame leaves the canvas");
        assertRefused(animation(8, 6, 6, 0, 0), "its data are damaged"); // of another size than they say
        assertRefused(animation(1 << 14, 1 << 14, 8, 0, 0), "more than the limit of 67 million");
    }

    /** The one format in which few bytes can honestly claim many pixels: the limit of pixels alone bounds its memory. */
    @ParameterizedTest
    @ValueSource(strings = {ImageDecoderTest.WEBP_LOSSY, ImageDecoderTest.WEBP_LOSSLESS})
    void theLargestWebpTakesBoundedMemory(String small) {
        byte[] file = large(Base64.getDecoder().decode(small), 8192, 8192);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> ImageDecoder.decode(file, 3, 6)).isInstanceOf(IOException.class);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(640L << 20);
        assertRefused(
                large(Base64.getDecoder().decode(small), 8193, 8192),
                "8193x8192 pixels, more than the limit of 67 million");
    }

    private static byte[] large(byte[] file, int width, int height) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file[15] == 'L') {
            bytes.putInt(21, (width - 1) | ((height - 1) << 14));
        } else {
            bytes.putShort(26, (short) width).putShort(28, (short) height);
        }
        return file;
    }

    /** Found by fuzzing another decoder: it went on with zeros behind the end for 31 s, and took 18 GB on the way. */
    @Test
    void aDecoderDoesNotGoOnBehindTheEnd() {
        assertRefused(
                Base64.getDecoder().decode("UklGRiYAAABXRUJQVlA4TBkAAAAvB0ABEA8AAAAAAAAAgAWAIBL895qI6H8IAA=="),
                "its data are damaged");
    }

    @Test
    void profilesThatInflateToGigabytesAreLeftOut() throws IOException {
        byte[] png = Images.encode(Images.filled(8, 8, Color.RED), "png");
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        profile.write(new byte[] {'x', 0, 0});
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(profile)) {
            for (int i = 0; i < 64; i++) {
                deflated.write(new byte[1 << 20]);
            }
        }
        byte[] bomb = withChunk(png, "iCCP", profile.toByteArray());
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThat(ImageDecoder.decode(bomb, 3, 8)).isEqualTo(ImageDecoder.decode(png, 3, 8));
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(48 << 20);
    }

    /** The standard has one method of compression, 0; libpng ignores profiles that name another. */
    @Test
    void aProfileOfAnUnknownCompressionIsLeftOut() throws IOException {
        byte[] png = Images.encode(Images.filled(8, 8, new Color(100, 100, 100)), "png");
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        for (byte method = 0; method < 2; method++) {
            ByteArrayOutputStream profile = new ByteArrayOutputStream();
            profile.write(new byte[] {'x', 0, method});
            try (DeflaterOutputStream deflated = new DeflaterOutputStream(profile)) {
                deflated.write(linear);
            }
            byte[] seen = ImageDecoder.decode(withChunk(png, "iCCP", profile.toByteArray()), 3, 8);
            assertThat(seen[0] == 100).as("unchanged").isEqualTo(method == 1);
        }
    }

    @Test
    void tablesWithoutEndsOfLinesOrWithTooManyFieldsAreRefused() {
        Path file = Images.write(
                folder.resolve("long.csv"), "1".repeat((1 << 20) + 1).getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> CsvPoints.open(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 1 has more than 1048576 characters");
        Images.write(file, "1,".repeat(1 << 14).getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> CsvPoints.open(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 1 has more than 16384 fields");
        Images.write(file, "label,width\na,1\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> CsvImages.open(file, ImageFormat.AS_STORED, 0, Links.INSIDE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("names no column file");
        Images.write(file, "1,2\r\n3,4\r5,6".getBytes(StandardCharsets.US_ASCII));
        assertThat(CsvPoints.open(file).size()).isEqualTo(3);
    }

    @Test
    void idxFilesThatAnnounceMoreThanTheHeapHoldsAreRefused() {
        Path file = Images.write(folder.resolve("huge.gz"), Images.gzip(Images.idx(new int[] {2_000_000, 32, 32}, 1)));
        assertThatThrownBy(() -> IdxDataset.open(file, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("announces 2000000x32x32 bytes")
                .hasMessageContaining("a quarter of Java's heap");
    }

    private static byte[] png(byte[] file, int width, int height) {
        byte[] claimed = file.clone();
        ByteBuffer bytes = ByteBuffer.wrap(claimed).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(claimed, 12, 17);
        bytes.putInt(29, (int) crc.getValue());
        return claimed;
    }

    /** The image of a simple WebP file behind a VP8X chunk. */
    private static byte[] extended(byte[] simple, int width, int height, int flags) {
        ByteBuffer file = ByteBuffer.allocate(simple.length + 18).order(ByteOrder.LITTLE_ENDIAN);
        file.put(simple, 0, 4).putInt(simple.length + 10).put(simple, 8, 4);
        file.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(flags);
        file.put((byte) (width - 1)).putShort((short) ((width - 1) >> 8));
        file.put((byte) (height - 1)).putShort((short) ((height - 1) >> 8));
        return file.put(simple, 12, simple.length - 12).array();
    }

    /** A canvas, and a frame of 8x6 pixels that claims a width and a place. */
    private static byte[] animation(int width, int height, int frameWidth, int left, int top) {
        byte[] image = Base64.getDecoder().decode(ImageDecoderTest.WEBP_LOSSY);
        int body = image.length - 12;
        ByteBuffer file = ByteBuffer.allocate(54 + body).order(ByteOrder.LITTLE_ENDIAN);
        file.put(image, 0, 4).putInt(46 + body).put(image, 8, 4);
        file.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(2);
        file.put((byte) (width - 1)).putShort((short) ((width - 1) >> 8));
        file.put((byte) (height - 1)).putShort((short) ((height - 1) >> 8));
        file.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(16 + body);
        for (int number : new int[] {left / 2, top / 2, frameWidth - 1, 5, 0}) {
            file.putShort((short) number).put((byte) 0);
        }
        return file.put((byte) 0).put(image, 12, body).array();
    }

    /** A PNG with one more chunk behind its header. */
    private static byte[] withChunk(byte[] png, String name, byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(png.length + 12 + data.length);
        file.put(png, 0, 33)
                .putInt(data.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(data);
        CRC32 crc = new CRC32();
        crc.update(file.array(), 37, 4 + data.length);
        return file.putInt((int) crc.getValue()).put(png, 33, png.length - 33).array();
    }

    private static int find(byte[] jpeg, int marker) {
        int at = 0;
        while (jpeg[at] != (byte) 0xff || jpeg[at + 1] != (byte) marker) {
            at++;
        }
        return at;
    }

    private static void assertRefused(byte[] file, String... parts) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> ImageDecoder.decode(file, 3, 6))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(parts);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(8 << 20);
    }
}
