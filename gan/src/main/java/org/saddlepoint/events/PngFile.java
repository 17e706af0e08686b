package org.saddlepoint.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.RunException;

/**
 * A PNG file as it is on disk, and what its header says (PNG specification, section 11.2.1).
 *
 * @param channels 1 grey, 2 grey with alpha, 3 colour, 4 colour with alpha
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record PngFile(int width, int height, int channels, byte[] bytes) {
    /** Sheets of pictures of 1,024 pixels a side are smaller. */
    private static final int LARGEST = 1 << 28;

    private static final int WIDTH_AT = 16;
    private static final int COLOUR_TYPE_AT = 25;
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;

    /** @throws RunException if it cannot be read, or is no PNG */
    static PngFile read(Path file) {
        try {
            byte[] bytes = InputFiles.bytes(file, LARGEST);
            ByteBuffer header = ByteBuffer.wrap(bytes);
            if (bytes.length <= COLOUR_TYPE_AT || header.getLong(0) != SIGNATURE) {
                throw new RunException(file + " is damaged: expected a PNG");
            }
            int channels =
                    switch (bytes[COLOUR_TYPE_AT]) {
                        case 0 -> 1;
                        case 4 -> 2;
                        case 6 -> 4;
                        default -> 3;
                    };
            return new PngFile(header.getInt(WIDTH_AT), header.getInt(WIDTH_AT + Integer.BYTES), channels, bytes);
        } catch (IOException e) {
            throw new RunException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }
}
