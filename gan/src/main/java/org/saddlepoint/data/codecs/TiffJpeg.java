package org.saddlepoint.data.codecs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The parts of a TIFF picture that are JPEG streams (TIFF Technical Note 2), each as a JPEG file of its own.
 *
 * <p>Application segments are dropped: the directory says what the samples are, and has the colour profile.
 */
final class TiffJpeg {
    private static final PictureCodec JPEG = new JpegCodec();
    private static final int MOST_TABLES = 1 << 20; // bytes
    private static final int SCAN = 0xda;
    private static final int PROFILE_IN_SEGMENT = 65_519;
    private static final byte[] START = {(byte) 0xff, (byte) 0xd8};

    private final byte[] file;
    private final PictureHeader header;
    private final TiffPicture picture;
    private final byte[] before;

    TiffJpeg(byte[] file, PictureHeader header, TiffPicture picture, TiffDirectory directory) throws IOException {
        this.file = file;
        this.header = header;
        this.picture = picture;
        byte[] tables = directory.bytes(TiffTag.JPEG_TABLES, file, MOST_TABLES);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(START);
        if (picture.kind().channels() == 3) {
            int transform = picture.kind().photometric() == TiffKind.YCBCR ? 1 : 0;
            out.writeBytes(new byte[] {
                (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
            });
        }
        putProfile(directory.bytes(TiffTag.PROFILE, file, ColourProfile.LONGEST), out);
        if (tables.length > 4) { // without the marks of their start and end
            out.write(tables, 2, tables.length - 4);
        }
        this.before = out.toByteArray();
    }

    private static void putProfile(byte[] profile, ByteArrayOutputStream out) {
        int count = (profile.length + PROFILE_IN_SEGMENT - 1) / PROFILE_IN_SEGMENT;
        for (int i = 0; i < count; i++) {
            byte[] piece = Arrays.copyOfRange(
                    profile, i * PROFILE_IN_SEGMENT, Math.min(profile.length, (i + 1) * PROFILE_IN_SEGMENT));
            int length = 2 + 14 + piece.length;
            out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe2, (byte) (length >> 8), (byte) length});
            out.writeBytes(
                    new byte[] {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, (byte) (i + 1), (byte) count
                    });
            out.writeBytes(piece);
        }
    }

    /** @throws IOException when JPEG holds another kind of samples than {@link JpegCodec} reads in a TIFF file */
    static void requireRead(TiffKind kind, boolean planar) throws IOException {
        boolean grey = kind.channels() == 1 && kind.photometric() == TiffKind.BLACK_IS_ZERO;
        boolean colour =
                kind.channels() == 3 && (kind.photometric() == TiffKind.RGB || kind.photometric() == TiffKind.YCBCR);
        boolean known = grey || colour;
        if (!known || planar || kind.bits() != 8) {
            throw TiffKind.unread("JPEG data of " + kind.channels() + " channels, photometric interpretation "
                    + kind.photometric() + (planar ? " and a plane for each channel" : ""));
        }
    }

    DecodedPicture decoded() {
        return channels -> new TiffJpegRows(header, picture.parts(), this, channels);
    }

    /** The pixels of one part; at least {@code rows}. */
    PixelRows part(int index, int rows, int channels) throws IOException {
        byte[] jpeg = jpeg(index);
        PictureHeader part =
                JPEG.header(new DataInputStream(new ByteArrayInputStream(jpeg))).checked();
        if (part.width() != picture.parts().size().width
                || part.height() < rows
                || part.height() > picture.parts().size().height
                || part.grey() != (picture.kind().channels() == 1)) {
            throw new IOException(
                    "part " + (index + 1) + " holds a JPEG image of " + part.width() + "x" + part.height() + " pixels");
        }
        JPEG.check(jpeg, part);
        return JPEG.decode(jpeg, part, PictureHeader.LONGEST_SIDE).rows(channels);
    }

    private byte[] jpeg(int index) throws IOException {
        int at = (int) picture.parts().offsets()[index];
        int end = at + (int) picture.parts().bytes()[index];
        if (!Arrays.equals(file, at, Math.min(at + 2, end), START, 0, 2)) {
            throw new IOException("part " + (index + 1) + " does not begin as JPEG");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(before.length + end - at);
        out.writeBytes(before);
        at += 2;
        while (at + 4 <= end) {
            int marker = file[at + 1] & 0xff;
            int next = at + 2 + (((file[at + 2] & 0xff) << 8) | (file[at + 3] & 0xff));
            if (file[at] != (byte) 0xff || marker == SCAN || next > end) {
                break;
            }
            if (marker < 0xe0 || marker > 0xef) {
                out.write(file, at, next - at);
            }
            at = next;
        }
        out.write(file, at, end - at);
        return out.toByteArray();
    }
}
