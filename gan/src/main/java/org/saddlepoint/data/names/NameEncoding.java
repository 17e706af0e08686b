package org.saddlepoint.data.names;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An encoding that names of files may have, with the languages that use it.
 *
 * @param title what messages call it
 * @param charset Java's name of it
 * @param rarity how much less likely it is than others before any name is seen; not negative
 * @param language how likely a name that is read in it is
 */
record NameEncoding(String title, String charset, double rarity, Plausibility language) {
    /**
     * In the order in which they are preferred where names are the same in several. Windows writes zips in the code page of
     * DOS (437, 850, 852, 866, 932, 936, 949, 950), and some programs in that of Windows (1250 to 1254).
     */
    static final List<NameEncoding> ALL = List.of(
            new NameEncoding("code page 437", "IBM437", 0, AlphabetPlausibility.WESTERN),
            new NameEncoding("code page 850", "IBM850", 0.1, AlphabetPlausibility.WESTERN),
            new NameEncoding("Windows-1252 (Latin-1)", "windows-1252", 0.5, AlphabetPlausibility.WESTERN),
            new NameEncoding("code page 852", "IBM852", 1, AlphabetPlausibility.CENTRAL),
            new NameEncoding("Windows-1250", "windows-1250", 1.5, AlphabetPlausibility.CENTRAL),
            new NameEncoding("code page 866", "IBM866", 0, AlphabetPlausibility.CYRILLIC),
            new NameEncoding("Windows-1251", "windows-1251", 0.5, AlphabetPlausibility.CYRILLIC),
            new NameEncoding("KOI8-R", "KOI8-R", 4, AlphabetPlausibility.CYRILLIC),
            new NameEncoding("code page 737", "x-IBM737", 2, AlphabetPlausibility.GREEK),
            new NameEncoding("Windows-1253", "windows-1253", 2, AlphabetPlausibility.GREEK),
            new NameEncoding("code page 857", "IBM857", 3, AlphabetPlausibility.TURKISH),
            new NameEncoding("Windows-1254", "windows-1254", 3, AlphabetPlausibility.TURKISH),
            new NameEncoding(
                    "Shift-JIS", "windows-31j", 0, new EastAsianPlausibility(() -> CharacterRanks.JAPANESE, true)),
            new NameEncoding("EUC-JP", "EUC-JP", 4, new EastAsianPlausibility(() -> CharacterRanks.JAPANESE, true)),
            new NameEncoding("GBK", "GBK", 0, new EastAsianPlausibility(() -> CharacterRanks.SIMPLIFIED, false)),
            new NameEncoding(
                    "Big5", "x-windows-950", 0, new EastAsianPlausibility(() -> CharacterRanks.TRADITIONAL, false)),
            new NameEncoding(
                    "EUC-KR", "x-windows-949", 1, new EastAsianPlausibility(() -> CharacterRanks.KOREAN, false)));

    /** Letters of living languages among the rare ones: Vietnamese, Romanian, Azerbaijani, Pinyin and some of Africa. */
    private static final String LETTERS = "ơƠưƯșȘțȚəƏǎǍǐǏǒǑǔǓǖǘǚǜǝƎɛƐɔƆɓƁɗƊƙƘŋǧǦǫǪ";

    /** The likeliest encoding of all these names together; empty where no encoding fits all. */
    static Optional<NameEncoding> likeliest(Collection<byte[]> names) {
        return ALL.stream()
                .filter(encoding -> Charset.isSupported(encoding.charset))
                .filter(encoding -> encoding.cost(names) < Double.POSITIVE_INFINITY)
                .min(Comparator.comparingDouble(encoding -> encoding.cost(names)));
    }

    /** Cost of all names, infinite where one cannot be in this encoding. */
    double cost(Collection<byte[]> names) {
        double cost = rarity;
        for (byte[] name : names) {
            Optional<String> text = strictly(Charset.forName(charset), name);
            if (text.isEmpty()) {
                return Double.POSITIVE_INFINITY;
            }
            cost += language.cost(text.get());
        }
        return cost;
    }

    /** The cost of a text in the language that it fits best. */
    static double leastCost(String text) {
        double odd =
                Plausibility.ABSURD * text.chars().filter(NameEncoding::isOdd).count();
        return odd
                + ALL.stream()
                        .mapToDouble(encoding -> encoding.language.cost(text))
                        .min()
                        .orElseThrow();
    }

    /** The name in this charset; empty where it has bytes that mean nothing there. */
    static Optional<String> strictly(Charset charset, byte[] name) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(name)).toString();
            return text.chars().anyMatch(NameEncoding::meansNothing) ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a text has characters that names hardly have. Chinese names of a few characters may be valid UTF-8 by chance, and
     * are then made of such: 图片 in GBK is ͼƬ in UTF-8.
     */
    static boolean isOdd(String text) {
        return text.chars().anyMatch(NameEncoding::isOdd);
    }

    private static boolean isOdd(int c) {
        boolean control = c >= 0x80 && c < 0xa0;
        boolean rareLetter = (c >= 0x180 && c < 0x300 && LETTERS.indexOf(c) < 0) || (c >= 0x370 && c < 0x386);
        boolean rareScript = (c >= 0x460 && c < 0x490) || (c >= 0x500 && c < 0x530) || (c >= 0x700 && c < 0x800);
        return control || rareLetter || rareScript;
    }

    /** Control characters of the upper half, and characters for private use. */
    private static boolean meansNothing(int c) {
        return (c >= 0x80 && c < 0xa0) || Character.getType(c) == Character.PRIVATE_USE || c == 0xfffd;
    }
}
