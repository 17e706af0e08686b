package org.saddlepoint.data.names;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Names of paths on disk. Java makes text of a file's name by the encoding of the locale, and loses what is not in it: all
 * that is not ASCII without a locale ({@code LC_ALL=C}, as in containers), and names that are no UTF-8 elsewhere. The path
 * itself keeps the bytes.
 */
public final class PathNames {
    private static final boolean UTF_8 = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding", "UTF-8"));
    private static final boolean BYTES = File.separatorChar == '/'; // Windows keeps names as text

    private PathNames() {}

    /** The path as text with forward slashes, as Java reads it. */
    public static String text(Path relative) {
        String text = relative.toString();
        return File.separatorChar == '\\' ? text.replace('\\', '/') : text;
    }

    /**
     * The bytes of a file's path below a folder, where its text may not be what the bytes say; empty where it is.
     *
     * @param root an absolute folder
     * @param file a file below it
     */
    public static Optional<byte[]> bytes(Path root, Path file) {
        String text = root.relativize(file).toString();
        boolean doubtful = BYTES && (UTF_8 ? text.indexOf('\ufffd') >= 0 : !ComposedNames.isAscii(text));
        return doubtful ? Optional.of(unescaped(uri(file).substring(uri(root).length() + 1))) : Optional.empty();
    }

    /** The path in its URI, which holds its bytes, without the slash that ends a folder's. */
    private static String uri(Path path) {
        String uri = path.toUri().getRawPath();
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    private static byte[] unescaped(String uri) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(uri, i + 1, i + 3));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(uri.charAt(i)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** Whether this name, below {@code root}, leads to {@code path} and to no other. */
    public static boolean leadsTo(Path root, String name, Path path) {
        try {
            return root.resolve(name).equals(path);
        } catch (InvalidPathException e) { // Java cannot write it in the encoding of the locale
            return false;
        }
    }
}
