package org.saddlepoint.data.codecs;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DataException;
import org.saddlepoint.input.OneLine;
import org.saddlepoint.places.NativeLibraries;

/**
 * Leptonica, whose native library holds libjpeg-turbo and libwebp. The only class that uses its binding.
 *
 * <p>Native memory is freed before a method returns. On damaged JPEG data libjpeg itself writes a line to the standard
 * error, which nothing can turn off.
 */
final class Leptonica {
    private static final @Nullable String FAILURE = load();

    /** The most effort, which changes size and time alone. */
    private static final int BEST_WEBP = 100;

    private Leptonica() {}

    private static @Nullable String load() {
        try {
            NativeLibraries.load(() -> Loader.load(leptonica.class));
            leptonica.setMsgSeverity(leptonica.L_SEVERITY_NONE);
            return null;
        } catch (RuntimeException | LinkageError e) { // JavaCPP fails with both
            return OneLine.of(String.valueOf(e.getMessage()));
        }
    }

    /** @throws DataException when the native library cannot be loaded */
    private static void require() {
        if (FAILURE != null) {
            throw new DataException("the native library that decodes JPEG and WebP cannot be loaded (" + FAILURE
                    + "); it exists for Linux and Windows on x86-64 and macOS on ARM; elsewhere convert the pictures"
                    + " to PNG");
        }
    }

    /**
     * Decodes a JPEG file of one or three components.
     *
     * @param reduction 1, 2, 4 or 8: each side has the {@code reduction}-th part of the pixels, rounded up
     * @throws IOException when it does not decode
     */
    static WordSamples jpeg(byte[] file, int reduction) throws IOException {
        require();
        try (BytePointer bytes = new BytePointer(file)) {
            // parts whose data are damaged become grey; otherwise a stray byte would fail the whole picture
            int hint = leptonica.L_JPEG_CONTINUE_WITH_BAD_DATA;
            return samples(leptonica.pixReadMemJpeg(bytes, file.length, 0, reduction, (IntPointer) null, hint));
        }
    }

    /**
     * Decodes a still WebP file.
     *
     * @throws IOException when it does not decode
     */
    static WordSamples webp(byte[] file) throws IOException {
        require();
        try (BytePointer bytes = new BytePointer(file)) {
            return samples(leptonica.pixReadMemWebP(bytes, file.length));
        }
    }

    /**
     * Encodes without loss, always the same way.
     *
     * @param words a pixel each, row by row: red in the highest byte, then green and blue
     * @throws IOException when it is not encoded
     */
    static byte[] losslessWebp(int[] words, int width, int height) throws IOException {
        require();
        PIX picture = leptonica.pixCreate(width, height, 32);
        try (PointerPointer<BytePointer> data = new PointerPointer<>(1);
                SizeTPointer length = new SizeTPointer(1)) {
            if (picture == null) {
                throw new IOException("a picture of " + width + "x" + height + " pixels cannot be encoded");
            }
            leptonica.pixGetData(picture).put(words);
            if (leptonica.pixWriteMemWebP(data, length, picture, BEST_WEBP, 1) != 0) {
                throw new IOException("a picture of " + width + "x" + height + " pixels cannot be encoded as WebP");
            }
            BytePointer encoded = data.get(BytePointer.class);
            byte[] file = new byte[Math.toIntExact(length.get())];
            encoded.get(file);
            leptonica.lept_free(encoded);
            return file;
        } finally {
            leptonica.pixDestroy(picture);
        }
    }

    /** Copies the samples of a picture and frees it. */
    private static WordSamples samples(@Nullable PIX picture) throws IOException {
        if (picture == null) {
            throw new IOException("its data are damaged");
        }
        try {
            int width = leptonica.pixGetWidth(picture);
            int height = leptonica.pixGetHeight(picture);
            int wordsPerRow = leptonica.pixGetWpl(picture);
            int bands = leptonica.pixGetDepth(picture) == 8 ? 1 : Math.max(3, leptonica.pixGetSpp(picture));
            int[] words = new int[Math.multiplyExact(wordsPerRow, height)];
            leptonica.pixGetData(picture).get(words);
            return new WordSamples(width, height, bands, wordsPerRow, words);
        } finally {
            leptonica.pixDestroy(picture);
        }
    }
}
