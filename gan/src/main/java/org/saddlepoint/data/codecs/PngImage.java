package org.saddlepoint.data.codecs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** The picture of a PNG file without all that is said about it, which no decoder can then get wrong. */
final class PngImage {
    private static final int GREY = 0;
    private static final int COLOUR = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int COLOUR_ALPHA = 6;

    private static final int SIGNATURE_AND_IHDR = 33;
    private static final int DEPTH = 24;
    private static final int TYPE = 25;

    private PngImage() {}

    /** Samples of a pixel of this colour type; 0 if there is none such. */
    static int bands(int colourType) {
        return switch (colourType) {
            case GREY, PALETTE -> 1;
            case COLOUR -> 3;
            case GREY_ALPHA -> 2;
            case COLOUR_ALPHA -> 4;
            default -> 0;
        };
    }

    static int depth(byte[] file) {
        return file[DEPTH];
    }

    static int bands(byte[] file) {
        return bands(file[TYPE]);
    }

    static boolean hasPalette(byte[] file) {
        return file[TYPE] == PALETTE;
    }

    /** Whether its samples are grey, perhaps with alpha. */
    static boolean isGrey(int colourType) {
        return colourType == GREY || colourType == GREY_ALPHA;
    }

    /**
     * The file with its header, image data and end mark only. Places in a palette become grey samples, which have the same
     * depths.
     */
    static byte[] plain(byte[] file, List<PngChunk> chunks) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(file.length);
        byte[] header = Arrays.copyOf(file, SIGNATURE_AND_IHDR);
        if (hasPalette(file)) {
            header[TYPE] = GREY;
            CRC32 crc = new CRC32();
            crc.update(header, 12, 17);
            ByteBuffer.wrap(header).putInt(29, (int) crc.getValue());
        }
        plain.write(header, 0, header.length);
        for (PngChunk chunk : chunks) {
            if (chunk.name().equals("IDAT") || chunk.name().equals("IEND")) {
                plain.write(file, chunk.at(), chunk.end() - chunk.at());
            }
        }
        return plain.toByteArray();
    }

    /** @throws IOException if PNG has no such samples */
    static void requireKnown(int type, int depth) throws IOException {
        List<Integer> depths =
                switch (type) {
                    case GREY -> List.of(1, 2, 4, 8, 16);
                    case PALETTE -> List.of(1, 2, 4, 8);
                    case COLOUR, GREY_ALPHA, COLOUR_ALPHA -> List.of(8, 16);
                    default -> List.of();
                };
        if (!depths.contains(depth)) {
            throw new IOException("its header claims colour type " + type + " with " + depth + " bits a sample");
        }
    }
}
