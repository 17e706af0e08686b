package org.saddlepoint.data.images;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What the first bytes of an image file say, read without decoding.
 *
 * @param type the format, by content and not by file name
 * @param width columns as stored
 * @param height rows as stored
 * @param grey whether the file can hold no colour
 * @param orientation the camera's orientation, 1 (upright) to 8, as EXIF counts
 */
record ImageHeader(Type type, int width, int height, boolean grey, int orientation) {

    /** The longest side of an image, which is the longest that JPEG has. */
    static final int LONGEST_SIDE = 65_535;

    /** From this orientation on, stored rows are seen as columns. */
    static final int FIRST_TRANSPOSED = 5;

    private static final int ANIMATION = 2; // a flag of the first byte of VP8X

    enum Type {
        PNG(1L << 26),
        JPEG(1L << 26),
        /** Its decoder takes up to 25 bytes a pixel, and a small file can claim the most. */
        WEBP(1L << 24);

        private final long mostPixels;

        /** @param mostPixels that an image may have; decoding so many takes hundreds of megabytes a worker */
        Type(long mostPixels) {
            this.mostPixels = mostPixels;
        }
    }

    /** Columns of the upright image. */
    int uprightWidth() {
        return orientation < FIRST_TRANSPOSED ? width : height;
    }

    /** Rows of the upright image. */
    int uprightHeight() {
        return orientation < FIRST_TRANSPOSED ? height : width;
    }

    int shortSide() {
        return Math.min(width, height);
    }

    /**
     * Reads from the first byte of a file. Leaves the stream somewhere behind the image's sizes.
     *
     * @throws IOException when it is no such image; the message is the reason, in a few words
     */
    static ImageHeader read(InputStream stream) throws IOException {
        byte[] start = stream.readNBytes(12);
        if (start.length == 0) {
            throw new IOException("the file is empty");
        }
        try {
            return parse(start, new DataInputStream(stream)).checked();
        } catch (EOFException e) {
            throw new IOException("the file is cut off within its header", e);
        }
    }

    private static ImageHeader parse(byte[] start, DataInputStream in) throws IOException {
        String latin = new String(start, StandardCharsets.ISO_8859_1);
        if (latin.startsWith("\u0089PNG\r\n\u001a\n")) {
            return png(in);
        }
        if (latin.startsWith("\u00ff\u00d8\u00ff")) {
            return JpegHeader.read(start, in);
        }
        if (latin.startsWith("RIFF") && latin.endsWith("WEBP")) {
            return webp(in);
        }
        throw new IOException("no PNG, JPEG or WebP image; it begins with \""
                + latin.replaceAll("[^ -~]", ".").replace('"', '.') + "\"");
    }

    private ImageHeader checked() throws IOException {
        if (width < 1 || height < 1) {
            throw new IOException("its header claims " + width + "x" + height + " pixels");
        }
        if (width > LONGEST_SIDE || height > LONGEST_SIDE) {
            throw new IOException("its header claims " + width + "x" + height + " pixels, more than the limit of "
                    + LONGEST_SIDE + " a side");
        }
        if ((long) width * height > type.mostPixels) {
            throw new IOException("its header claims " + width + "x" + height + " pixels, more than the limit of "
                    + type.mostPixels / 1_000_000 + " million");
        }
        return this;
    }

    /** PNG (third edition), 11.2.1: IHDR comes first; its length has been read, its name has not. */
    private static ImageHeader png(DataInputStream in) throws IOException {
        if (in.readInt() != 0x49484452) {
            throw new IOException("a PNG file without its IHDR chunk");
        }
        int width = in.readInt();
        int height = in.readInt();
        in.readByte(); // bits a sample
        int colourType = in.readUnsignedByte();
        return new ImageHeader(Type.PNG, width, height, colourType == 0 || colourType == 4, 1);
    }

    /** RFC 9649: one of three first chunks, each with the sizes in a place of its own. */
    private static ImageHeader webp(DataInputStream in) throws IOException {
        String chunk = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        byte[] size = new byte[4];
        in.readFully(size);
        long length = Integer.toUnsignedLong(little(size, 0, 4));
        byte[] b = new byte[10];
        in.readFully(b);
        return switch (chunk) {
            case "VP8 " -> lossy(b);
            case "VP8L" -> lossless(b);
            case "VP8X" -> {
                if ((b[0] & ANIMATION) != 0) {
                    throw new IOException("an animated WebP file; save its frames as images");
                }
                yield extendedWebp(in, length - b.length, webp(little(b, 4, 3) + 1, little(b, 7, 3) + 1));
            }
            default -> throw new IOException("a WebP file without image data");
        };
    }

    /** The canvas, where the image itself, some chunks later, is as large: decoders trust the one or the other. */
    private static ImageHeader extendedWebp(DataInputStream in, long rest, ImageHeader canvas) throws IOException {
        in.skipNBytes(Math.max(0, rest));
        while (true) {
            String chunk = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
            if (chunk.equals("VP8 ") || chunk.equals("VP8L")) {
                in.skipNBytes(4);
                byte[] b = new byte[10];
                in.readFully(b);
                ImageHeader image = chunk.equals("VP8L") ? lossless(b) : lossy(b);
                if (!image.equals(canvas)) {
                    throw new IOException("its header claims " + canvas.width + "x" + canvas.height
                            + " pixels but its image " + image.width + "x" + image.height);
                }
                return canvas;
            }
            byte[] length = in.readNBytes(4);
            if (length.length < 4) {
                throw new IOException("a WebP file without image data");
            }
            long bytes = Integer.toUnsignedLong(little(length, 0, 4));
            in.skipNBytes(bytes + (bytes & 1)); // chunks begin at even places
        }
    }

    private static ImageHeader lossy(byte[] b) {
        return webp(little(b, 6, 2) & 0x3fff, little(b, 8, 2) & 0x3fff);
    }

    private static ImageHeader lossless(byte[] b) {
        return webp((little(b, 1, 4) & 0x3fff) + 1, ((little(b, 1, 4) >>> 14) & 0x3fff) + 1);
    }

    private static ImageHeader webp(int width, int height) {
        return new ImageHeader(Type.WEBP, width, height, false, 1);
    }

    private static int little(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[from + i] & 0xff) << (8 * i);
        }
        return value;
    }
}
