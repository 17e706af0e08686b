package org.saddlepoint.evaluation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.saddlepoint.input.InputFiles;

/** The hash of a file of weights, which never is in memory as a whole. */
final class FileHash {
    private FileHash() {}

    /**
     * SHA-256 in hexadecimal.
     *
     * @throws IOException if there is no such file or it cannot be read; the message names it
     */
    static String sha256(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException(file + " is no file or cannot be read");
        }
        try (DigestInputStream in =
                new DigestInputStream(InputFiles.open(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
