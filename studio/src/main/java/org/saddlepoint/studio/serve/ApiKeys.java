package org.saddlepoint.studio.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.RequestException;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;

/** What programs must know to be answered. Keeps digests alone, so that keys get into no log. */
public final class ApiKeys {
    /** No key: everybody is answered who can reach the server. */
    public static final ApiKeys NONE = new ApiKeys(List.of());

    private static final int LARGEST_FILE = 1 << 16;
    private static final int SHORTEST = 16;

    private final List<byte[]> digests;

    private ApiKeys(List<String> keys) {
        this.digests = keys.stream().map(ApiKeys::digest).toList();
    }

    /**
     * The keys in a file, one a line; blank lines and lines that begin with # are left out.
     *
     * @throws RequestException if it cannot be read, holds none, or one is shorter than 16 characters
     */
    public static ApiKeys read(Path file) {
        List<String> keys = lines(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length() < SHORTEST)) {
            throw new RequestException(file + " must hold one key a line, each of at least " + SHORTEST
                    + " characters; make one with: openssl rand -hex 24");
        }
        return new ApiKeys(keys);
    }

    private static String lines(Path file) {
        try {
            return InputFiles.text(file, LARGEST_FILE);
        } catch (IOException e) {
            throw new RequestException("the keys in " + file + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    /** Whether there are none. */
    public boolean areNone() {
        return digests.isEmpty();
    }

    /** Whether this is one of them; takes equally long for any wrong text. */
    boolean isKnownBy(@Nullable String given) {
        byte[] digest = digest(given == null ? "" : given);
        boolean known = false;
        for (byte[] each : digests) {
            known |= MessageDigest.isEqual(each, digest);
        }
        return known;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
