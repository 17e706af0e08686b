package org.saddlepoint.plot;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;

/**
 * Panels side by side under one title, as PNG and as SVG, whole or not at all; text stays readable at half size.
 *
 * @param title over all panels
 * @param columns how many panels stand side by side
 * @param panels row by row
 */
public record Figure(String title, int columns, List<Panel> panels) {
    private static final int TITLE_HEIGHT = 80;

    public Figure {
        panels = List.copyOf(panels);
        Require.that(!panels.isEmpty(), "panels", "at least one panel", panels);
        Require.atLeast(1, "columns", columns);
    }

    /**
     * Writes both files.
     *
     * @throws RunException if a file cannot be written, or the machine has no fonts
     */
    public void write(Path png, Path svg) {
        ChartStyle.drawing(png, () -> {
            BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            ChartStyle.smooth(graphics);
            paint(graphics);
            graphics.dispose();
            Png.write(image, png);

            VectorGraphics2D vector = new VectorGraphics2D();
            paint(vector);
            Document document = new SVGProcessor().getDocument(vector.getCommands(), new PageSize(width(), height()));
            try {
                AtomicFiles.write(svg, document::writeTo);
            } catch (IOException e) {
                throw RunException.of(e);
            }
        });
    }

    private int rows() {
        return (panels.size() + columns - 1) / columns;
    }

    private int width() {
        return Math.min(columns, panels.size()) * Panel.WIDTH;
    }

    private int height() {
        return TITLE_HEIGHT + rows() * Panel.HEIGHT;
    }

    private void paint(Graphics2D graphics) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        graphics.setColor(ChartStyle.INK);
        graphics.setFont(ChartStyle.fitting(title, ChartStyle.heading(), width()));
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.drawString(title, Math.max(24, (width() - metrics.stringWidth(title)) / 2), TITLE_HEIGHT - 22);
        for (int i = 0; i < panels.size(); i++) {
            int x = i % columns * Panel.WIDTH;
            int y = TITLE_HEIGHT + i / columns * Panel.HEIGHT;
            graphics.translate(x, y);
            panels.get(i).paint(graphics);
            graphics.translate(-x, -y);
        }
    }
}
