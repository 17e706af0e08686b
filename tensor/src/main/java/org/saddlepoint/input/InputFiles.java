package org.saddlepoint.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Opens files that others wrote. Only regular files, and links to them, are opened: opening a pipe waits for ever, and a
 * device never ends.
 */
public final class InputFiles {
    private InputFiles() {}

    /**
     * Whether there is anything; links are followed.
     *
     * @throws AccessDeniedException if this user may not look; {@link Files#exists} then answers that there is nothing
     */
    public static boolean exists(Path path) throws AccessDeniedException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return true;
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The length of a regular file in bytes.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it is no regular file, such as a folder, a device or a pipe
     */
    public static long size(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException(
                    "it is " + (attributes.isDirectory() ? "a folder" : "a device or a pipe") + " and no regular file");
        }
        return attributes.size();
    }

    /**
     * The content of a regular file, from its first byte.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it is no regular file or cannot be opened
     */
    public static InputStream open(Path file) throws IOException {
        size(file);
        return Files.newInputStream(file);
    }

    /**
     * Fails as {@link #open} does; for libraries that open files themselves and do not say why they cannot.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it is no regular file or cannot be opened
     */
    public static void requireReadable(Path file) throws IOException {
        open(file).close();
    }

    /**
     * The whole content of a small regular file.
     *
     * @param most bytes that it may have
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it is no regular file, is longer, or cannot be read
     */
    public static byte[] bytes(Path file, int most) throws IOException {
        long size = size(file);
        if (size <= most) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(most);
                if (in.read() < 0) {
                    return content;
                }
            }
        }
        throw new IOException("it has " + size + " bytes, more than the limit of " + most);
    }

    /**
     * The whole content of a small regular file of text in UTF-8.
     *
     * @param most bytes that it may have
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws java.nio.charset.CharacterCodingException if it is no text in UTF-8
     * @throws IOException if it is no regular file, is longer, or cannot be read
     */
    public static String text(Path file, int most) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(file, most)))
                .toString();
    }
}
