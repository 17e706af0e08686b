package org.saddlepoint.data.codecs;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads size and orientation from the chunks of a WebP file (RFC 9649). */
final class WebpHeader {
    /** Flags of the first byte of VP8X. */
    static final int ANIMATION = 0x02;

    static final int EXIF = 0x08;
    static final int PROFILE = 0x20;

    private static final int LONGEST_EXIF = 1 << 20;
    private static final int START = 10; // bytes of the first chunk that hold its sizes

    private final PictureCodec codec;
    private final DataInputStream in;

    private WebpHeader(PictureCodec codec, DataInputStream in) {
        this.codec = codec;
        this.in = in;
    }

    /**
     * One of three first chunks, each with the sizes in a place of its own.
     *
     * @param in a file from its first chunk on
     */
    static PictureHeader read(PictureCodec codec, DataInputStream in) throws IOException {
        return new WebpHeader(codec, in).read();
    }

    private PictureHeader read() throws IOException {
        String name = name();
        long length = length();
        byte[] start = start();
        return switch (name) {
            case "VP8 ", "VP8L" -> image(name, start);
            case "VP8X" -> {
                in.skipNBytes(Math.max(0, length + (length & 1) - START));
                yield extended(start[0], picture(little(start, 4, 3) + 1, little(start, 7, 3) + 1, 1));
            }
            default -> throw new IOException("a WebP file without image data");
        };
    }

    /**
     * The canvas, where the image itself, some chunks later, is as large: decoders trust the one or the other. EXIF, which
     * usually comes behind the image, is looked for only if it is announced.
     */
    private PictureHeader extended(int flags, PictureHeader canvas) throws IOException {
        @Nullable PictureHeader image = (flags & ANIMATION) == 0 ? null : canvas;
        int orientation = (flags & EXIF) == 0 ? 1 : 0;
        try {
            while (image == null || orientation == 0) {
                String name = name();
                long length = length();
                long rest = length + (length & 1); // chunks begin at even places
                if (image == null && (name.equals("VP8 ") || name.equals("VP8L"))) {
                    image = image(name, start());
                    requireEqual(canvas, image);
                    rest -= START;
                } else if (orientation == 0 && name.equals("EXIF") && length <= LONGEST_EXIF) {
                    orientation = Exif.orientation(in.readNBytes((int) length)).orElse(1);
                    rest -= length;
                }
                if (image == null || orientation == 0) {
                    in.skipNBytes(Math.max(0, rest));
                }
            }
        } catch (EOFException e) {
            if (image == null) {
                throw new IOException("a WebP file without image data", e);
            }
        }
        return picture(canvas.width(), canvas.height(), Math.max(1, orientation));
    }

    private static void requireEqual(PictureHeader canvas, PictureHeader image) throws IOException {
        if (!image.equals(canvas)) {
            throw new IOException("its header claims " + canvas.width() + "x" + canvas.height()
                    + " pixels but its image " + image.width() + "x" + image.height());
        }
    }

    private PictureHeader image(String name, byte[] start) {
        return name.equals("VP8L")
                ? picture((little(start, 1, 4) & 0x3fff) + 1, ((little(start, 1, 4) >>> 14) & 0x3fff) + 1, 1)
                : picture(little(start, 6, 2) & 0x3fff, little(start, 8, 2) & 0x3fff, 1);
    }

    private PictureHeader picture(int width, int height, int orientation) {
        return new PictureHeader(codec, width, height, false, orientation);
    }

    private String name() throws IOException {
        byte[] name = new byte[4];
        in.readFully(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private long length() throws IOException {
        byte[] size = new byte[4];
        in.readFully(size);
        return Integer.toUnsignedLong(little(size, 0, 4));
    }

    private byte[] start() throws IOException {
        byte[] start = new byte[START];
        in.readFully(start);
        return start;
    }

    private static int little(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[from + i] & 0xff) << (8 * i);
        }
        return value;
    }
}
