package org.saddlepoint.data.codecs;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The first picture of a TIFF file, as far as its directory was checked.
 *
 * @param order of bytes
 * @param kind of samples
 * @param parts where they are
 * @param differences whether each sample is the difference to that of the pixel on its left (predictor 2)
 * @param reversedBits whether the lowest bit of each byte comes first
 * @param faxOptions of ITU-T T.4 or T.6
 */
record TiffPicture(
        ByteOrder order, TiffKind kind, TiffParts parts, boolean differences, boolean reversedBits, int faxOptions) {
    private static final int DIFFERENCES = 2;
    private static final int LOWEST_FIRST = 2;

    /** @throws IOException when it is of a kind that is not read, or the file does not hold it */
    static TiffPicture of(TiffDirectory directory, byte[] file, PictureHeader header) throws IOException {
        TiffKind kind = TiffKind.of(directory, file);
        TiffParts parts = TiffParts.of(directory, file, header, kind);
        if (kind.compression() == TiffKind.JPEG) {
            TiffJpeg.requireRead(kind, parts.planar());
        }
        if (kind.isFax() && (kind.channels() > 1 || kind.bits() > 1)) {
            throw TiffKind.unread("fax data of more than one bit a pixel");
        }
        long predictor = kind.mayHavePredictor() ? directory.number(TiffTag.PREDICTOR, 1) : 1;
        if (predictor != 1 && (predictor != DIFFERENCES || (kind.bits() != 8 && kind.bits() != 16))) {
            throw TiffKind.unread("predictor " + predictor + " of " + kind.bits() + " bits a sample");
        }
        int options = kind.compression() == TiffKind.FAX3 ? TiffTag.FAX3_OPTIONS : TiffTag.FAX4_OPTIONS;
        return new TiffPicture(
                directory.order(),
                kind,
                parts,
                predictor == DIFFERENCES,
                directory.number(TiffTag.FILL_ORDER, 1) == LOWEST_FIRST,
                (int) directory.number(options, 0));
    }

    boolean isLittleEndian() {
        return order == ByteOrder.LITTLE_ENDIAN;
    }
}
