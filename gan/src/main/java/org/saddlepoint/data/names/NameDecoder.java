package org.saddlepoint.data.names;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DataException;

/**
 * Reads the names of one archive or folder, stored as bytes whose encoding nobody states. Names that are UTF-8 are read as
 * that. If others are not, the encoding that all of them most likely have is chosen by how plausible the names are in it, and
 * so it is if UTF-8 gives characters that no names have;
 * the variable {@value #VARIABLE} states it instead. Bytes that mean nothing in it become {@code %} and two digits.
 */
public final class NameDecoder {
    /** The environment variable that states the encoding of names that are not UTF-8, such as {@code GBK}. */
    public static final String VARIABLE = "SADDLEPOINT_FILE_NAMES";

    /** Parts of names beyond so many are not looked at to find the encoding. */
    private static final int MOST_PARTS = 2000;

    /** Among names in another encoding, one that is valid UTF-8 must be so much likelier in it to be taken as that. */
    private static final double BY_CHANCE = 6;

    private static final int LONGEST_CHARACTER = 4; // bytes

    private final @Nullable NameEncoding encoding;
    private final boolean stated;

    private NameDecoder(@Nullable NameEncoding encoding, boolean stated) {
        this.encoding = encoding;
        this.stated = stated;
    }

    /**
     * Finds the encoding of names.
     *
     * @param names all names of an archive or folder that are not known to be UTF-8, with {@code /} between their parts
     * @throws DataException when {@value #VARIABLE} states no encoding that Java knows
     */
    public static NameDecoder of(Collection<byte[]> names) {
        return of(names, Optional.ofNullable(System.getenv(VARIABLE)).filter(value -> !value.isBlank()));
    }

    /** @param stated the value of the variable */
    static NameDecoder of(Collection<byte[]> names, Optional<String> stated) {
        if (stated.isPresent()) {
            String charset = charset(stated.get());
            return new NameDecoder(new NameEncoding(charset, charset, 0, name -> 0), true);
        }
        List<byte[]> parts = parts(names, part -> utf8(part).isEmpty());
        if (!parts.isEmpty()) {
            return new NameDecoder(NameEncoding.likeliest(parts).orElse(NameEncoding.ALL.get(0)), false);
        }
        List<byte[]> odd =
                parts(names, part -> utf8(part).filter(NameEncoding::isOdd).isPresent());
        double asUtf8 = odd.stream()
                .mapToDouble(part -> NameEncoding.leastCost(utf8(part).orElseThrow()))
                .sum();
        Optional<NameEncoding> other =
                odd.isEmpty() ? Optional.empty() : NameEncoding.likeliest(parts(names, part -> !isAscii(part)));
        return new NameDecoder(
                other.filter(encoding -> encoding.cost(odd) < asUtf8).orElse(null), false);
    }

    private static String charset(String stated) {
        try {
            return Charset.forName(stated.strip()).name();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new DataException(
                    VARIABLE + " is \"" + stated + "\"; expected an encoding of file names such as UTF-8, GBK, Big5,"
                            + " Shift_JIS, EUC-KR, IBM437, IBM850, IBM866 or windows-1252",
                    e);
        }
    }

    /** The distinct parts of names that pass: a folder counts once, however many files are in it. */
    private static List<byte[]> parts(Collection<byte[]> names, Predicate<byte[]> passes) {
        TreeSet<String> parts = new TreeSet<>();
        for (byte[] name : names) {
            if (passes.test(name)) {
                for (String part : new String(name, StandardCharsets.ISO_8859_1).split("/", -1)) {
                    if (!ComposedNames.isAscii(part)) {
                        parts.add(part);
                    }
                }
            }
        }
        List<byte[]> chosen = new ArrayList<>();
        int every = 1 + parts.size() / MOST_PARTS;
        int index = 0;
        for (String part : parts) {
            if (index++ % every == 0) {
                chosen.add(part.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return chosen;
    }

    /** Whether all bytes are ASCII, so that every encoding here reads them alike. */
    public static boolean isAscii(byte[] name) {
        for (byte b : name) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** The name if it is valid UTF-8, else empty. */
    public static Optional<String> utf8(byte[] name) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The name as text. */
    public String decode(byte[] name) {
        NameEncoding other = encoding;
        if (isAscii(name)) {
            return new String(name, StandardCharsets.US_ASCII);
        }
        Optional<String> utf8 = stated ? Optional.empty() : utf8(name);
        if (utf8.isPresent()
                && (other == null || other.cost(List.of(name)) > NameEncoding.leastCost(utf8.get()) + BY_CHANCE)) {
            return utf8.get();
        }
        Charset charset = other == null ? StandardCharsets.UTF_8 : Charset.forName(other.charset());
        return NameEncoding.strictly(charset, name).orElseGet(() -> leniently(charset, name));
    }

    /** Such as {@code names are read as Shift-JIS (SADDLEPOINT_FILE_NAMES states another encoding)}; empty for UTF-8. */
    public Optional<String> note() {
        return Optional.ofNullable(encoding)
                .map(found -> stated
                        ? "names that are not marked as UTF-8 are read as " + found.title() + ", as " + VARIABLE
                                + " says"
                        : "names are read as " + found.title() + "; if they look wrong, state their encoding, such as "
                                + VARIABLE + "=GBK");
    }

    private static String leniently(Charset charset, byte[] name) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        while (from < name.length) {
            int length = characterLength(charset, name, from);
            if (length == 0) {
                text.append('%').append(HexFormat.of().toHexDigits(name[from]));
            } else {
                text.append(new String(name, from, length, charset));
            }
            from += Math.max(1, length);
        }
        return text.toString();
    }

    /** How many bytes the character has that begins at {@code from}; 0 if they mean nothing. */
    private static int characterLength(Charset charset, byte[] name, int from) {
        for (int length = 1; length <= Math.min(LONGEST_CHARACTER, name.length - from); length++) {
            if (NameEncoding.strictly(charset, Arrays.copyOfRange(name, from, from + length))
                    .isPresent()) {
                return length;
            }
        }
        return 0;
    }
}
