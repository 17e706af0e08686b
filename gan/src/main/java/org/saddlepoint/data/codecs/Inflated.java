package org.saddlepoint.data.codecs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/** Small parts of a file that are compressed as zlib does it. */
final class Inflated {
    private Inflated() {}

    /** The bytes; empty if they are damaged or more than {@code most}. */
    static Optional<byte[]> of(byte[] deflated, int most) {
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            byte[] bytes = in.readNBytes(most + 1);
            return bytes.length > most ? Optional.empty() : Optional.of(bytes);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
