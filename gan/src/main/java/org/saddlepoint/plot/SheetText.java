package org.saddlepoint.plot;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.saddlepoint.places.UserHome;

/** Text beside pictures: what a font lacks is escaped, and what is too long is shortened in its middle. */
final class SheetText {
    private static final String ELLIPSIS = "…";

    static {
        UserHome.mend();
    }

    private SheetText() {}

    /** The sans-serif font of this size in pixels. */
    static Font font(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    /** How wide and high text in this font is. */
    static FontMetrics metrics(Font font) {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY).createGraphics();
        try {
            return graphics.getFontMetrics(font);
        } finally {
            graphics.dispose();
        }
    }

    /** The text with {@code \}{@code uXXXX} in place of each character that the font has no glyph for, or that has none. */
    static String displayable(String text, Font font) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (font.canDisplay(character) && !Character.isISOControl(character)) {
                shown.appendCodePoint(character);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", character));
            }
        });
        return shown.toString();
    }

    /**
     * The text, shortened in its middle if it is wider: names in a row often differ at their ends, such as {@code
     * 017-common-tern} or {@code part_12}.
     */
    static String fit(String text, FontMetrics metrics, int width) {
        String shown = displayable(text, metrics.getFont());
        if (metrics.stringWidth(shown) <= width) {
            return shown;
        }
        int[] characters = shown.codePoints().toArray();
        for (int kept = characters.length - 1; kept > 0; kept--) {
            int head = (kept * 2 + 2) / 3;
            int tail = kept - head;
            String shorter =
                    new String(characters, 0, head) + ELLIPSIS + new String(characters, characters.length - tail, tail);
            if (metrics.stringWidth(shorter) <= width) {
                return shorter;
            }
        }
        return ELLIPSIS;
    }
}
