package org.saddlepoint.plot;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * Names below a chart, each after a sample of its mark, in as many rows as they need. XChart's own legend does not break
 * rows, and sets marks and names unevenly.
 */
final class Legend {
    private static final int ROW_HEIGHT = 36;
    private static final int MARK = 44;
    private static final int GAP = 12;
    private static final int MARGIN = 24;

    private final List<List<XYSeries>> rows = new ArrayList<>();
    private final FontMetrics metrics;
    private final int width;

    Legend(XYChart chart, int width) {
        this.width = width;
        Graphics2D measuring = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        metrics = measuring.getFontMetrics(ChartStyle.label());
        measuring.dispose();
        int used = 0;
        for (XYSeries series : chart.getSeriesCollection()) {
            if (!series.isShowInLegend()) {
                continue;
            }
            int needed = width(series);
            if (rows.isEmpty() || used + needed > width - 2 * MARGIN) {
                rows.add(new ArrayList<>());
                used = 0;
            }
            rows.get(rows.size() - 1).add(series);
            used += needed;
        }
    }

    /** Height in pixels, 0 where no mark has a name. */
    int height() {
        return rows.isEmpty() ? 0 : rows.size() * ROW_HEIGHT + MARGIN;
    }

    /** Draws the legend below this height. */
    void paint(Graphics2D graphics, int top) {
        graphics.setFont(ChartStyle.label());
        for (int i = 0; i < rows.size(); i++) {
            int middle = top + i * ROW_HEIGHT + ROW_HEIGHT / 2;
            int x = (width - rows.get(i).stream().mapToInt(this::width).sum()) / 2;
            for (XYSeries series : rows.get(i)) {
                mark(graphics, series, x, middle);
                graphics.setColor(ChartStyle.INK);
                graphics.drawString(series.getName(), x + MARK + GAP, middle + metrics.getAscent() / 2 - 2);
                x += width(series);
            }
        }
    }

    private static void mark(Graphics2D graphics, XYSeries series, int x, int middle) {
        XYSeriesRenderStyle style = series.getXYSeriesRenderStyle().orElse(XYSeriesRenderStyle.Line);
        if (style == XYSeriesRenderStyle.Scatter) {
            graphics.setColor(series.getMarkerColor());
            series.getMarker().paint(graphics, x + MARK / 2.0, middle, 13);
            return;
        }
        graphics.setStroke(series.getLineStyle());
        if (style == XYSeriesRenderStyle.Area) {
            graphics.setColor(series.getFillColor());
            graphics.fillRect(x, middle - 9, MARK, 18);
            graphics.setColor(series.getLineColor());
            graphics.drawRect(x, middle - 9, MARK, 18);
        } else {
            graphics.setColor(series.getLineColor());
            graphics.drawLine(x, middle, x + MARK, middle);
        }
    }

    private int width(XYSeries series) {
        return MARK + GAP + metrics.stringWidth(series.getName()) + 2 * GAP;
    }
}
