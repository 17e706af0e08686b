package org.saddlepoint.data.codecs;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the segments of a JPEG file (ITU-T T.81, annex B) up to its first scan: its frame, and the orientation in EXIF. */
final class JpegHeader {
    private static final int APP1 = 0xe1;

    private final PictureCodec codec;
    private @Nullable PictureHeader frame;
    private OptionalInt orientation = OptionalInt.empty();

    private JpegHeader(PictureCodec codec) {
        this.codec = codec;
    }

    /** @param in a file from its first byte on */
    static PictureHeader read(PictureCodec codec, DataInputStream in) throws IOException {
        JpegHeader header = new JpegHeader(codec);
        try {
            in.skipNBytes(2);
            header.read(in);
        } catch (EOFException e) {
            if (header.frame == null) {
                throw e;
            } // else it is cut off behind its frame, which check() reports
        }
        PictureHeader frame = header.frame;
        if (frame == null) {
            throw new IOException("a JPEG file whose image data come before their sizes");
        }
        int orientation = header.orientation.orElse(1);
        return new PictureHeader(codec, frame.width(), frame.height(), frame.grey(), orientation);
    }

    private void read(DataInputStream in) throws IOException {
        while (true) {
            int marker = nextMarker(in);
            if (marker == JpegSegment.END || marker == JpegSegment.SCAN) {
                return;
            }
            int length = in.readUnsignedShort() - 2;
            if (length < 0) {
                throw new IOException("a JPEG file with a damaged segment");
            }
            if (isFrame(marker) && frame == null && length >= 6) {
                frame = frame(marker, in);
                in.skipNBytes(length - 6);
            } else if (marker == APP1 && orientation.isEmpty()) {
                byte[] segment = new byte[length];
                in.readFully(segment);
                if (new JpegSegment(segment, marker, 0, length).beginsWith(Exif.PREFIX.substring(0, 5))) {
                    orientation = Exif.orientation(segment);
                }
            } else {
                in.skipNBytes(length);
            }
        }
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
    static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private PictureHeader frame(int marker, DataInputStream in) throws IOException {
        int bits = in.readUnsignedByte();
        int height = in.readUnsignedShort();
        int width = in.readUnsignedShort();
        int components = in.readUnsignedByte();
        String kind =
                switch (marker) {
                    case 0xc0, 0xc1, 0xc2, 0xc9, 0xca -> bits == 8 ? "" : "with " + bits + " bits a sample";
                    case 0xc3, 0xcb -> "without loss";
                    default -> "of the hierarchical kind";
                };
        if (!kind.isEmpty()) {
            throw new IOException("a JPEG image " + kind + ", which few programs read; save it as PNG or usual JPEG");
        }
        if (components != 1 && components != 3 && components != 4) {
            throw new IOException(
                    "a JPEG image of " + components + " components; 1 (grey), 3 (colour) and 4 (inks)" + " are read");
        }
        return new PictureHeader(codec, width, height, components == 1, 1);
    }
}
