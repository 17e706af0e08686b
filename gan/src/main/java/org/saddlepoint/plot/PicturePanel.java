package org.saddlepoint.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.saddlepoint.input.Require;

/**
 * Pictures in rows, each row with its name, with a grey gutter between them.
 *
 * @param title over the panel
 * @param rows names and pictures
 */
public record PicturePanel(String title, List<Row> rows) implements Panel {
    private static final int MARGIN = 24;
    private static final int GAP = 4;
    private static final int TITLE_HEIGHT = 60;

    /**
     * One row.
     *
     * @param name what it shows
     * @param pictures each [C, H, W] in [−1, 1], C = 1 or 3
     */
    public record Row(String name, List<Picture> pictures) {
        public Row {
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * One picture.
     *
     * @param values [C, H, W] in [−1, 1]; not copied
     */
    public record Picture(float[] values, int channels, int height, int width) {
        public Picture {
            Require.that(channels == 1 || channels == 3, "channels", "1 or 3", channels);
            if (values.length != channels * height * width) {
                throw new IllegalArgumentException(
                        "values must be [" + channels + ", " + height + ", " + width + "] but held " + values.length);
            }
        }

        /** As large as it is shown, each pixel a square: viewers of SVG would blur a small image that they enlarge. */
        private BufferedImage image(int size) {
            BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    int y = i * height / size;
                    int x = j * width / size;
                    image.setRGB(j, i, new Color(level(0, y, x), level(1, y, x), level(2, y, x)).getRGB());
                }
            }
            return image;
        }

        private int level(int channel, int y, int x) {
            float value = values[(Math.min(channel, channels - 1) * height + y) * width + x];
            return Math.round(Math.max(0, Math.min(1, (value + 1) / 2)) * 255);
        }
    }

    public PicturePanel {
        rows = List.copyOf(rows);
        if (rows.isEmpty() || rows.stream().anyMatch(row -> row.pictures().isEmpty())) {
            throw new IllegalArgumentException("rows must hold at least one row, each with at least one picture");
        }
    }

    @Override
    public void paint(Graphics2D graphics) {
        graphics.setColor(ChartStyle.INK);
        graphics.setFont(ChartStyle.fitting(title, ChartStyle.title(), WIDTH));
        int titleWidth = graphics.getFontMetrics().stringWidth(title);
        graphics.drawString(title, Math.max(MARGIN, (WIDTH - titleWidth) / 2), TITLE_HEIGHT - 18);
        graphics.setFont(ChartStyle.label());
        FontMetrics metrics = graphics.getFontMetrics();
        int names = rows.stream()
                        .mapToInt(row -> metrics.stringWidth(row.name()))
                        .max()
                        .orElse(0)
                + MARGIN;
        int longest = rows.stream().mapToInt(row -> row.pictures().size()).max().orElse(1);
        int cell =
                Math.min((WIDTH - 2 * MARGIN - names - GAP) / longest, (HEIGHT - TITLE_HEIGHT - MARGIN) / rows.size());
        for (int i = 0; i < rows.size(); i++) {
            int y = TITLE_HEIGHT + i * cell;
            graphics.setColor(ChartStyle.INK);
            graphics.drawString(rows.get(i).name(), MARGIN, y + (cell + metrics.getAscent()) / 2);
            int left = MARGIN + names;
            int shown = rows.get(i).pictures().size();
            graphics.setColor(new Color(SampleSheet.GUTTER, SampleSheet.GUTTER, SampleSheet.GUTTER));
            graphics.fillRect(left - GAP, y - GAP, shown * cell + GAP, cell + GAP);
            for (int j = 0; j < shown; j++) {
                Picture picture = rows.get(i).pictures().get(j);
                graphics.drawImage(picture.image(Math.max(1, cell - GAP)), left + j * cell, y, null);
            }
        }
    }
}
