package org.saddlepoint.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.saddlepoint.run.RunException;

/**
 * What is written around sheets of images, on white: a name to the left of each row, a heading over each sheet, and a line
 * below all.
 *
 * <p>Characters that no font has are escaped; what is too long is shortened in its middle. Sheets side by side have the same
 * rows.
 *
 * @param layout whose rows have the names
 * @param names one for each row, from the top; or none
 * @param footer the line below; empty for none
 */
public record SheetFrame(SampleSheet layout, List<String> names, String footer) {
    /** The largest width of the margin with the names, in pixels. */
    public static final int WIDEST = 260;

    private static final int LARGEST_TEXT = 28;
    private static final int SMALLEST_TEXT = 8;
    private static final int SMALL_TEXT = 17;
    private static final int GAP = 12;
    private static final int BETWEEN = 24;
    private static final int STRIP = 34;
    private static final Color INK = new Color(0x1A, 0x1A, 0x1A);
    private static final Color FAINT = new Color(0x59, 0x59, 0x59);

    /**
     * A sheet with its heading.
     *
     * @param heading over the sheet; empty for none
     * @param picture as {@link SampleSheet#render} draws it, with the rows of the layout
     */
    public record Part(String heading, BufferedImage picture) {}

    /** @throws IllegalArgumentException if there are names, but not one for each row */
    public SheetFrame {
        names = List.copyOf(names);
        if (!names.isEmpty() && names.size() != layout.rows()) {
            throw new IllegalArgumentException(
                    "names must be one for each of the " + layout.rows() + " rows but were " + names.size());
        }
    }

    /**
     * Draws the frame around sheets that stand side by side.
     *
     * @param parts at least one, all grey or all RGB
     */
    public BufferedImage around(List<Part> parts) {
        int rowHeight = layout.height() * layout.scale();
        FontMetrics large =
                SheetText.metrics(SheetText.font(Math.max(SMALLEST_TEXT, Math.min(LARGEST_TEXT, rowHeight * 2 / 3))));
        List<String> shown = names.stream()
                .map(name -> SheetText.fit(name, large, WIDEST - 2 * GAP))
                .toList();
        int widest = shown.stream().mapToInt(large::stringWidth).max().orElse(0);
        int margin = names.isEmpty() ? 0 : 2 * GAP + widest;
        int head = parts.stream().allMatch(part -> part.heading().isEmpty()) ? 0 : STRIP;
        int foot = footer.isEmpty() ? 0 : STRIP;
        int width = margin - BETWEEN;
        int height = 0;
        for (Part part : parts) {
            width += part.picture().getWidth() + BETWEEN;
            height = Math.max(height, part.picture().getHeight());
        }
        int type = parts.get(0).picture().getType();
        BufferedImage all = new BufferedImage(width, head + height + foot, type);
        Graphics2D graphics = all.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        names(graphics, shown, large, margin, head);
        Font small = SheetText.font(SMALL_TEXT);
        FontMetrics metrics = SheetText.metrics(small);
        graphics.setFont(small);
        graphics.setColor(FAINT);
        int centre = (STRIP + metrics.getAscent() - metrics.getDescent()) / 2;
        int left = margin;
        for (Part part : parts) {
            String heading =
                    SheetText.fit(part.heading(), metrics, part.picture().getWidth());
            graphics.drawString(heading, left + layout.padding(), centre);
            left += part.picture().getWidth() + BETWEEN;
        }
        int indent = margin + layout.padding();
        graphics.drawString(SheetText.fit(footer, metrics, width - indent), indent, head + height + centre);
        graphics.dispose();
        left = margin;
        for (Part part : parts) {
            all.getRaster().setRect(left, head, part.picture().getRaster()); // as bytes, past all colour management
            left += part.picture().getWidth() + BETWEEN;
        }
        return all;
    }

    /**
     * Draws the frame around sheets into a PNG file, which appears whole or not at all.
     *
     * @param parts as of {@link #around}
     * @throws RunException if the file cannot be written
     */
    public void write(List<Part> parts, Path file) {
        Png.write(around(parts), file);
    }

    private void names(Graphics2D graphics, List<String> shown, FontMetrics metrics, int margin, int head) {
        graphics.setFont(metrics.getFont());
        graphics.setColor(INK);
        int rowHeight = layout.height() * layout.scale();
        for (int row = 0; row < shown.size(); row++) {
            int top = head + layout.padding() + row * layout.rowPitch();
            int baseline = top + (rowHeight + metrics.getAscent() - metrics.getDescent()) / 2;
            graphics.drawString(shown.get(row), margin - GAP - metrics.stringWidth(shown.get(row)), baseline);
        }
    }
}
