package org.saddlepoint.data.archives;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.saddlepoint.input.InputFiles;

/** Archives that are not read, told by their first bytes so that messages can name them. */
public final class OtherArchive {
    /** What to do with them. */
    public static final String ADVICE = "unpack it and give the folder, or pack its files as a .zip";

    private static final int START = 4096;
    private static final int TAR_MARK = 257;
    private static final Map<String, String> MARKS = marks();

    private OtherArchive() {}

    private static Map<String, String> marks() {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put("Rar!\u001a\u0007", "a RAR archive");
        marks.put("7z\u00bc\u00af'\u001c", "a 7z archive");
        marks.put("MSCF", "a cabinet archive");
        marks.put("BZh", "a file compressed by bzip2");
        marks.put("\u00fd7zXZ\u0000", "a file compressed by xz");
        marks.put("(\u00b5/\u00fd", "a file compressed by Zstandard");
        return marks;
    }

    /** What archive a file is, such as {@code a RAR archive}; empty for zips, for other files, and if it cannot be read. */
    public static Optional<String> name(Path path) {
        try (InputStream in = InputFiles.open(path)) {
            byte[] start = in.readNBytes(START);
            if (isTar(start)) {
                return Optional.of("a tar archive");
            }
            if (start.length > 2 && start[0] == 0x1f && (start[1] & 0xff) == 0x8b) {
                return isTarWithin(start) ? Optional.of("a tar archive compressed by gzip") : Optional.empty();
            }
            String latin = new String(start, StandardCharsets.ISO_8859_1);
            boolean tar = path.toString().toLowerCase(Locale.ROOT).contains(".tar.");
            return MARKS.entrySet().stream()
                    .filter(mark -> latin.startsWith(mark.getKey()))
                    .map(mark -> tar ? mark.getValue().replace("a file", "a tar archive") : mark.getValue())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // whoever reads it will say why
        }
    }

    private static boolean isTar(byte[] start) {
        String latin = new String(start, StandardCharsets.ISO_8859_1);
        return latin.startsWith("ustar", TAR_MARK);
    }

    private static boolean isTarWithin(byte[] gzip) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return isTar(in.readNBytes(TAR_MARK + 5));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a file is a zip by its first bytes; false if it cannot be read. Zips behind other bytes are not recognised. */
    public static boolean isZip(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = InputFiles.open(path)) {
            String latin = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
            return latin.equals("PK\u0003\u0004") || latin.equals("PK\u0005\u0006");
        } catch (IOException e) {
            return false;
        }
    }
}
