package org.saddlepoint.data.codecs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * EXIF in a PNG file: the chunk {@code eXIf}, or as ImageMagick wrote it before that chunk existed, a text of hexadecimal
 * digits, compressed or not.
 */
final class PngExif {
    /** More data are not read; camera makers' notes and a thumbnail take less. */
    static final int LONGEST = 1 << 20;

    private static final List<String> KEYWORDS = List.of("Raw profile type exif", "Raw profile type APP1");

    private PngExif() {}

    /** Whether a chunk of this name may hold EXIF. */
    static boolean mayBeIn(String name) {
        return name.equals("eXIf") || name.equals("zTXt") || name.equals("tEXt");
    }

    /** The orientation, 1 to 8; empty if these data give none. */
    static OptionalInt orientation(String name, byte[] data) {
        if (name.equals("eXIf")) {
            return Exif.orientation(data);
        }
        int keyword = 0;
        while (keyword < data.length && data[keyword] != 0) {
            keyword++;
        }
        if (!KEYWORDS.contains(new String(data, 0, keyword, StandardCharsets.ISO_8859_1))) {
            return OptionalInt.empty();
        }
        Optional<byte[]> text = name.equals("zTXt")
                ? Inflated.of(tail(data, keyword + 2), 2 * LONGEST)
                : Optional.of(tail(data, keyword + 1));
        return text.map(PngExif::fromDigits).orElse(OptionalInt.empty());
    }

    private static byte[] tail(byte[] data, int from) {
        return Arrays.copyOfRange(data, Math.min(from, data.length), data.length);
    }

    /** A line with a name, one with the number of bytes, then lines of digits. */
    private static OptionalInt fromDigits(byte[] text) {
        String[] words = new String(text, StandardCharsets.ISO_8859_1).strip().split("\\s+", 3);
        if (words.length < 3) {
            return OptionalInt.empty();
        }
        try {
            return Exif.orientation(HexFormat.of().parseHex(words[2].replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }
}
