package org.saddlepoint.data.codecs;

import java.io.IOException;

/** Judges a TIFF file by its first directory alone. */
final class TiffSurvey {
    private static final int REDUCED = 1; // a bit of NewSubfileType
    private static final int SENSOR = 32803; // a camera's colour filters
    private static final int LINEAR_SENSOR = 34892;

    private TiffSurvey() {}

    /** @throws IOException when the picture is not in the first directory, but a preview; or of a kind that is not read */
    static void requireRead(TiffDirectory directory) throws IOException {
        long photometric = directory.number(TiffTag.PHOTOMETRIC, 0);
        if (directory.has(TiffTag.DNG_VERSION)
                || photometric == SENSOR
                || photometric == LINEAR_SENSOR
                || (directory.number(TiffTag.KIND, 0) & REDUCED) != 0) {
            throw new IOException(UnreadFormats.CAMERA_RAW.reason());
        }
        compression(directory);
        photometric(directory);
    }

    static int compression(TiffDirectory directory) throws IOException {
        int compression = (int) directory.number(TiffTag.COMPRESSION, TiffKind.NONE);
        String name =
                switch (compression) {
                    case TiffKind.NONE,
                            TiffKind.FAX_RUNS,
                            TiffKind.FAX3,
                            TiffKind.FAX4,
                            TiffKind.LZW,
                            TiffKind.JPEG,
                            TiffKind.DEFLATE,
                            TiffKind.PACK_BITS,
                            TiffKind.OLD_DEFLATE -> "";
                    case 6 -> " (JPEG of TIFF 6.0)";
                    case 33003, 33004, 33005, 34712 -> " (JPEG 2000)";
                    case 34887 -> " (LERC)";
                    case 34925 -> " (LZMA)";
                    case 50000 -> " (Zstandard)";
                    case 50001 -> " (WebP)";
                    case 50002, 52546 -> " (JPEG XL)";
                    default -> " ";
                };
        if (!name.isEmpty()) {
            throw TiffKind.unread("compression " + compression + name.stripTrailing());
        }
        return compression;
    }

    /** What samples mean; where it is missing, what they likely mean. */
    static int photometric(TiffDirectory directory) throws IOException {
        boolean fax = directory.number(TiffTag.COMPRESSION, TiffKind.NONE) >= TiffKind.FAX_RUNS
                && directory.number(TiffTag.COMPRESSION, TiffKind.NONE) <= TiffKind.FAX4;
        int guess = fax
                ? TiffKind.WHITE_IS_ZERO
                : directory.has(TiffTag.PALETTE)
                        ? TiffKind.PALETTE
                        : directory.number(TiffTag.CHANNELS, 1) >= 3 ? TiffKind.RGB : TiffKind.BLACK_IS_ZERO;
        int photometric = (int) directory.number(TiffTag.PHOTOMETRIC, guess);
        return switch (photometric) {
            case TiffKind.WHITE_IS_ZERO,
                    TiffKind.BLACK_IS_ZERO,
                    TiffKind.RGB,
                    TiffKind.PALETTE,
                    TiffKind.INKS,
                    TiffKind.YCBCR -> photometric;
            case 4 -> throw TiffKind.unread("a mask");
            case 8, 9, 10 -> throw TiffKind.unread("colours of L*a*b*");
            default -> throw TiffKind.unread("photometric interpretation " + photometric);
        };
    }
}
