package org.saddlepoint.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.saddlepoint.input.Sha256;

/**
 * SHA-256 over a sequence of values, each with its length, so that no two sequences give the same bytes. Data sets make
 * their {@link Dataset#fingerprint()} with it.
 */
public final class Digest {
    private final MessageDigest sha256 = Sha256.digest();

    /** Adds bytes. */
    public Digest add(byte[] bytes) {
        add(bytes.length);
        sha256.update(bytes);
        return this;
    }

    /** Adds a whole number. */
    public Digest add(long value) {
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
        return this;
    }

    /** Adds a text in UTF-8. */
    public Digest add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds numbers, to the bit. */
    public Digest add(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        return add(bytes.array());
    }

    /** The hash of all that was added, in hexadecimal digits. Nothing can be added afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
