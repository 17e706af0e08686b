package org.saddlepoint.data.images;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The segments of a JPEG file (ITU-T T.81, annex B) up to its frame header, with the orientation that EXIF gives. */
final class JpegHeader {
    /** More scans are refused: progressive images have about ten, and each is another pass over all pixels. */
    static final int MOST_SCANS = 100;

    /** A block of 64 pixels takes at least a bit, and where other planes are coarser, sixteen blocks as one. */
    static final int MOST_PIXELS_A_BYTE = 1 << 13;

    private static final int APP1 = 0xe1;
    private static final int ORIENTATION_TAG = 0x0112;

    private JpegHeader() {}

    /**
     * @param start the file's first 12 bytes: SOI and the beginning of its first segment
     * @param rest the bytes behind them
     */
    static ImageHeader read(byte[] start, DataInputStream rest) throws IOException {
        DataInputStream in = new DataInputStream(
                new SequenceInputStream(new ByteArrayInputStream(start, 2, start.length - 2), rest));
        int orientation = 1;
        while (true) {
            int marker = nextMarker(in);
            if (marker == 0xd9 || marker == 0xda) {
                throw new IOException("a JPEG file whose image data come before their sizes");
            }
            int length = in.readUnsignedShort() - 2;
            if (length < 0) {
                throw new IOException("a JPEG file with a damaged segment");
            }
            if (isFrame(marker)) {
                in.readByte(); // bits a sample
                int height = in.readUnsignedShort();
                int width = in.readUnsignedShort();
                boolean grey = in.readUnsignedByte() == 1;
                return new ImageHeader(ImageHeader.Type.JPEG, width, height, grey, orientation);
            }
            if (marker == APP1) {
                byte[] segment = new byte[length];
                in.readFully(segment);
                orientation = Math.max(orientation, orientation(segment));
            } else {
                in.skipNBytes(length);
            }
        }
    }

    /** How many scans begin in a file behind {@code from}; those of thumbnails count. */
    static int scans(byte[] file, int from) {
        int scans = 0;
        for (int i = Math.max(1, from); i < file.length; i++) {
            scans += file[i] == (byte) 0xda && file[i - 1] == (byte) 0xff ? 1 : 0;
        }
        return scans;
    }

    private static int nextMarker(DataInputStream in) throws IOException {
        if (in.readUnsignedByte() != 0xff) {
            throw new IOException("a JPEG file with a damaged segment");
        }
        int marker = in.readUnsignedByte();
        while (marker == 0xff) { // any number of fill bytes may come first
            marker = in.readUnsignedByte();
        }
        return marker;
    }

    /** SOF0 to SOF15, without DHT, JPG and DAC, which lie among them. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** The orientation in the first directory of an EXIF segment; 1 for anything else, since EXIF is often broken. */
    static int orientation(byte[] segment) {
        ByteBuffer exif = ByteBuffer.wrap(segment);
        if (segment.length < 20 || exif.getInt(0) != 0x45786966) {
            return 1;
        }
        ByteBuffer tiff = exif.position(6).slice();
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return 1;
        }
        int entries = Math.min(tiff.getShort(directory) & 0xffff, (tiff.limit() - directory - 2) / 12);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xffff) == ORIENTATION_TAG) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
