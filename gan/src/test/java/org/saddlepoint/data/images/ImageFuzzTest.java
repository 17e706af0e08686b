package org.saddlepoint.data.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.Reading;
import org.saddlepoint.data.codecs.PictureCodecs;
import org.saddlepoint.data.codecs.PictureHeader;
import org.saddlepoint.data.codecs.PixelRows;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;
import org.saddlepoint.testing.fuzz.Scratch;

/** Images and zips of images, mutated. */
class ImageFuzzTest {
    private static final Path ZIP = Scratch.file("fuzzed.zip");

    /** What decoding an image of the largest size that headers may claim takes at most, WebP among them. */
    private static final long IMAGE_MEMORY = 640L << 20;

    private static final Fuzzing PNG = new Fuzzing(Format.of(
                    List.of(
                            Images.encode(picture(BufferedImage.TYPE_INT_ARGB), "png"),
                            Images.encode(picture(BufferedImage.TYPE_BYTE_GRAY), "png"),
                            Images.encode(picture(BufferedImage.TYPE_BYTE_INDEXED), "png"),
                            Images.encode(picture(BufferedImage.TYPE_USHORT_GRAY), "png"),
                            golden("png", "palette-4-alpha/adam7"),
                            golden("png", "grey-2/odd"),
                            golden("png", "profile-grey/plain"),
                            golden("png", "turned/ztxt-6")),
                    ImageFuzzTest::decode,
                    IOException.class)
            .memory(IMAGE_MEMORY)
            .words(
                    "IHDR", "IDAT", "IEND", "PLTE", "tRNS", "acTL", "fdAT", "iCCP", "zTXt", "tEXt", "eXIf", "gAMA",
                    "cICP")
            .repaired(ImageFuzzTest::withChecksums));

    private static final Fuzzing JPEG = new Fuzzing(Format.of(
                    List.of(
                            Images.encode(picture(BufferedImage.TYPE_INT_RGB), "jpeg"),
                            Images.encode(picture(BufferedImage.TYPE_BYTE_GRAY), "jpeg"),
                            Base64.getDecoder().decode(ImageDecoderTest.CMYK_JPEG),
                            golden("jpeg", "size-17x2/plain"),
                            golden("jpeg", "coded/progressive"),
                            golden("jpeg", "arithmetic/sequential"),
                            golden("jpeg", "rotated-inks/progressive"),
                            golden("jpeg", "profile-p3/parts"),
                            golden("jpeg", "turned/second-6")),
                    ImageFuzzTest::decodeReducedOrWhole,
                    IOException.class)
            .memory(IMAGE_MEMORY)
            .words(
                    "\u00ff\u00d8",
                    "\u00ff\u00d9",
                    "\u00ff\u00c0",
                    "\u00ff\u00c2",
                    "\u00ff\u00c4",
                    "\u00ff\u00da",
                    "\u00ff\u00db",
                    "\u00ff\u00dd",
                    "\u00ff\u00e1\u0000\u0010Exif\u0000\u0000",
                    "\u00ff\u00e2\u0000\u0020ICC_PROFILE\u0000\u0001\u0001",
                    "\u00ff\u00ee",
                    "\u00ff\u00ff"));

    private static final Fuzzing WEBP = new Fuzzing(Format.of(
                    List.of(
                            Base64.getDecoder().decode(ImageDecoderTest.WEBP_LOSSLESS),
                            Base64.getDecoder().decode(ImageDecoderTest.WEBP_LOSSY),
                            Base64.getDecoder().decode(ImageDecoderTest.WEBP_TRANSPARENT),
                            golden("webp", "size-17x15-False/plain"),
                            golden("webp", "profile-lossy/p3"),
                            golden("webp", "turned/plain-6"),
                            golden("webp", "animated-part-alpha/first")),
                    ImageFuzzTest::decode,
                    IOException.class)
            .memory(IMAGE_MEMORY)
            .words(
                    "VP8 ",
                    "VP8L",
                    "VP8X\n\u0000\u0000\u0000\u0010\u0000\u0000\u0000\u0007\u0000\u0000\u0005\u0000\u0000",
                    "ALPH",
                    "ANIM",
                    "ANMF",
                    "ICCP",
                    "EXIF",
                    "RIFF")
            .repaired(ImageFuzzTest::withRiffLength));

    private static final Fuzzing ZIPS = new Fuzzing(Format.of(
                    List.of(zip("a/1.png", "b/2.png"), zip("1.png"), zip("x.txt", "1.png")),
                    file -> Reading.all(ImageCollection.zip(Files.write(ZIP, file), ImageFormat.AS_STORED)),
                    DataException.class)
            .memory(IMAGE_MEMORY)
            .words("../", "/", "\\", "PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", ".png", "\n"));

    @Property
    void png(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        PNG.check(mutation);
    }

    @Property
    void jpeg(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        JPEG.check(mutation);
    }

    @Property
    void webp(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        WEBP.check(mutation);
    }

    private static final Path SHARDS = shards();

    private static final Fuzzing DATASET_JSON = new Fuzzing(Format.of(
                    List.of(
                            bytes("{\"labels\": [[\"a/img00000000.png\", 3], [\"b.png\", 0]]}"),
                            bytes(
                                    "{\"x\": [{}], \"labels\": [[\"b.png\", [1, -2.5]], [\"a/img00000000.png\", [0, 1e3]]]}"),
                            bytes("{\"labels\":[[\"a/img00000000.png\",1],[\"b.png\",0]],"
                                    + "\"class_names\":[\"c\",\"d\"]}"),
                            bytes("{\"labels\": null}")),
                    ImageFuzzTest::readLabels,
                    DataException.class)
            .words(
                    "{",
                    "}",
                    "[",
                    "]",
                    "[[",
                    ",",
                    ":",
                    "null",
                    "\"labels\":",
                    "\"class_names\":[\"x\"],",
                    "[\"b.png\", 1],",
                    "\"b.png\"",
                    "\"",
                    "1e999",
                    "-1",
                    "NaN",
                    "\\u0000",
                    "\\n",
                    "\u00ff\u00fe"));

    @Property
    void labelsOfStyleGan(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        DATASET_JSON.check(mutation);
    }

    private static void readLabels(byte[] file) throws IOException {
        Files.write(SHARDS.resolve("dataset.json"), file);
        Reading.all(ImageCollection.folder(SHARDS, ImageFormat.AS_STORED, 0, Links.INSIDE));
    }

    private static Path shards() {
        Path folder = Scratch.folder();
        Images.png(folder.resolve("a/img00000000.png"), 4, 4, java.awt.Color.RED);
        Images.png(folder.resolve("b.png"), 4, 4, java.awt.Color.BLUE);
        return folder;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Property
    void zips(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        ZIPS.check(mutation);
    }

    private static void decode(byte[] file) throws IOException {
        ImageDecoder.decode(file, 3, 6);
    }

    /** Large JPEG files are reduced; of half the files all pixels are read. */
    private static void decodeReducedOrWhole(byte[] file) throws IOException {
        if (file.length % 2 == 0) {
            decode(file);
            return;
        }
        PictureHeader header = PictureCodecs.header(file);
        header.codec().check(file, header);
        try {
            PixelRows rows = header.codec()
                    .decode(file, header, PictureHeader.LONGEST_SIDE)
                    .rows(3);
            float[] row = new float[3 * rows.width()];
            for (int y = 0; y < rows.height(); y++) {
                rows.read(y, row);
            }
        } catch (IOException | RuntimeException e) { // as ImageDecoder does
            throw new IOException("it does not decode", e);
        }
    }

    private static byte[] golden(String zip, String name) {
        return new GoldenPictures.Golden(zip, name).file();
    }

    private static BufferedImage picture(int type) {
        BufferedImage image = new BufferedImage(9, 6, type);
        for (int p = 0; p < 54; p++) {
            image.setRGB(p % 9, p / 9, 0xff000000 | p * 0x40205);
        }
        return image;
    }

    private static byte[] withChecksums(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file.clone());
        CRC32 crc = new CRC32();
        for (int at = 8; at <= file.length - 12; ) {
            int length = bytes.getInt(at);
            if (length < 0 || length > file.length - 12 - at) {
                length = file.length - 12 - at;
                bytes.putInt(at, length);
            }
            crc.reset();
            crc.update(bytes.array(), at + 4, 4 + length);
            bytes.putInt(at + 8 + length, (int) crc.getValue());
            at += 12 + length;
        }
        return bytes.array();
    }

    private static byte[] withRiffLength(byte[] file) {
        byte[] repaired = file.clone();
        if (file.length >= 8) {
            ByteBuffer.wrap(repaired).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(4, file.length - 8);
        }
        return repaired;
    }

    private static byte[] zip(String... names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(Images.encode(picture(BufferedImage.TYPE_INT_RGB), "png"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
