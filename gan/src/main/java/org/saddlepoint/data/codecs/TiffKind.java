package org.saddlepoint.data.codecs;

import java.io.IOException;
import java.util.Arrays;

/**
 * What the samples of a TIFF file are.
 *
 * @param photometric what they mean: one of the constants below
 * @param compression how they are packed: one of the constants below
 * @param channels samples of a pixel
 * @param bits of a sample
 * @param alpha which kind of alpha the first channel behind the colours is, or {@link #NO_ALPHA}
 */
record TiffKind(int photometric, int compression, int channels, int bits, int alpha) {
    static final int WHITE_IS_ZERO = 0;
    static final int BLACK_IS_ZERO = 1;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int INKS = 5; // cyan, magenta, yellow, black
    static final int YCBCR = 6;

    static final int NONE = 1;
    static final int FAX_RUNS = 2; // CCITT modified Huffman
    static final int FAX3 = 3;
    static final int FAX4 = 4;
    static final int LZW = 5;
    static final int JPEG = 7;
    static final int DEFLATE = 8;
    static final int PACK_BITS = 32773;
    static final int OLD_DEFLATE = 32946;

    static final int NO_ALPHA = 0;
    static final int ASSOCIATED = 1;
    static final int UNASSOCIATED = 2;

    private static final int MOST_CHANNELS = 1024;
    private static final int UNSIGNED = 1;
    private static final int UNDEFINED = 4; // as good as unsigned

    static TiffKind of(TiffDirectory directory, byte[] file) throws IOException {
        long channels = directory.number(TiffTag.CHANNELS, 1);
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new IOException("a TIFF file with " + channels + " samples a pixel");
        }
        long[] bits = directory.numbers(TiffTag.BITS, file, MOST_CHANNELS);
        long[] formats = directory.numbers(TiffTag.SAMPLE_FORMAT, file, MOST_CHANNELS);
        if (!Arrays.stream(formats).allMatch(format -> format == UNSIGNED || format == UNDEFINED)) {
            throw unread("samples that are floating-point or signed numbers");
        }
        if (Arrays.stream(bits).distinct().count() > 1) {
            throw unread("samples of different sizes");
        }
        int photometric = TiffSurvey.photometric(directory);
        int colours = colours(photometric);
        if (channels < colours) {
            throw new IOException("a TIFF file with " + channels + " samples a pixel instead of " + colours);
        }
        long[] extra = directory.numbers(TiffTag.EXTRA, file, MOST_CHANNELS);
        int alpha = extra.length == 0 ? UNASSOCIATED : (int) extra[0]; // unsaid: as in Pillow
        TiffKind kind = new TiffKind(
                photometric,
                TiffSurvey.compression(directory),
                (int) channels,
                bits.length == 0 ? 1 : (int) Math.min(bits[0], Integer.MAX_VALUE),
                channels > colours && (alpha == ASSOCIATED || alpha == UNASSOCIATED) ? alpha : NO_ALPHA);
        kind.requireRead();
        return kind;
    }

    private void requireRead() throws IOException {
        boolean known =
                switch (photometric) {
                    case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
                    case INKS, YCBCR -> bits == 8 || bits == 16;
                    default -> bits >= 1 && bits <= 16;
                };
        if (!known) {
            throw unread(bits + " bits a sample and photometric interpretation " + photometric);
        }
        if (photometric == YCBCR && compression != JPEG) {
            throw unread("Y, Cb and Cr that are not compressed as JPEG");
        }
        if (alpha != NO_ALPHA && (photometric == PALETTE || photometric == INKS)) {
            throw unread("alpha besides " + (photometric == PALETTE ? "a palette" : "four inks"));
        }
    }

    boolean isFax() {
        return compression == FAX_RUNS || compression == FAX3 || compression == FAX4;
    }

    boolean mayHavePredictor() {
        return compression == LZW || compression == DEFLATE || compression == OLD_DEFLATE;
    }

    /** Samples of a pixel that are colours. */
    int colours() {
        return colours(photometric);
    }

    private static int colours(int photometric) {
        return switch (photometric) {
            case RGB, YCBCR -> 3;
            case INKS -> 4;
            default -> 1;
        };
    }

    static IOException unread(String what) {
        return new IOException("a TIFF file with " + what
                + ", which is not read; convert it, such as with `magick IN.tif -depth 8 OUT.png`");
    }
}
