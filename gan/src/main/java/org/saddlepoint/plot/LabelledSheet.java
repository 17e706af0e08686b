package org.saddlepoint.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.saddlepoint.places.UserHome;
import org.saddlepoint.run.RunException;

/**
 * A sheet of images with a name beside each row, such as the class of its images.
 *
 * <p>The sheet itself is unchanged. The names stand to its left on a white margin as wide as the longest of them; names
 * that need more than {@link #WIDEST} pixels are cut.
 *
 * @param sheet the images
 * @param names one for each row, from the top
 */
public record LabelledSheet(SampleSheet sheet, List<String> names) {
    /** The margin's largest width in pixels. */
    public static final int WIDEST = 200;

    private static final int LARGEST_TEXT = 22;
    private static final int GAP = 8;

    static {
        UserHome.mend();
    }

    /** @throws IllegalArgumentException if there is not one name for each row */
    public LabelledSheet {
        names = List.copyOf(names);
        int rows = (sheet.count() + sheet.columns() - 1) / sheet.columns();
        if (names.size() != rows) {
            throw new IllegalArgumentException(
                    "names must be one for each of the " + rows + " rows but were " + names.size());
        }
    }

    /**
     * Draws names and sheet.
     *
     * @param pixels as of {@link SampleSheet#render}
     */
    public BufferedImage render(float[] pixels) {
        BufferedImage images = sheet.render(pixels);
        int rowHeight = sheet.height() * sheet.scale();
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(8, Math.min(LARGEST_TEXT, rowHeight * 2 / 3)));
        Graphics2D measuring = images.createGraphics();
        FontMetrics metrics = measuring.getFontMetrics(font);
        measuring.dispose();
        List<String> shown = names.stream().map(name -> cut(name, metrics)).toList();
        int margin =
                2 * GAP + shown.stream().mapToInt(metrics::stringWidth).max().orElse(0);
        BufferedImage all = new BufferedImage(margin + images.getWidth(), images.getHeight(), images.getType());
        Graphics2D graphics = all.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
        graphics.setColor(Color.BLACK);
        graphics.setFont(font);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        for (int row = 0; row < shown.size(); row++) {
            int top = SampleSheet.PADDING + row * (rowHeight + SampleSheet.PADDING);
            int baseline = top + (rowHeight + metrics.getAscent() - metrics.getDescent()) / 2;
            graphics.drawString(shown.get(row), margin - GAP - metrics.stringWidth(shown.get(row)), baseline);
        }
        graphics.dispose();
        all.getRaster().setRect(margin, 0, images.getRaster()); // as bytes, past all colour management
        return all;
    }

    private static String cut(String name, FontMetrics metrics) {
        String shown = name;
        while (metrics.stringWidth(shown) > WIDEST - 2 * GAP) {
            shown = shown.substring(0, Math.max(0, shown.length() - 2)) + "…";
        }
        return shown;
    }

    /**
     * Draws names and sheet as PNG in memory, with the bytes that {@link #write} puts into a file.
     *
     * @param pixels as of {@link SampleSheet#render}
     */
    public byte[] png(float[] pixels) {
        return Png.bytes(render(pixels));
    }

    /**
     * Draws names and sheet into a PNG file, which appears whole or not at all.
     *
     * @param pixels as of {@link SampleSheet#render}
     * @throws RunException if the file cannot be written
     */
    public void write(float[] pixels, Path file) {
        Png.write(render(pixels), file);
    }
}
