package org.saddlepoint.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.saddlepoint.places.UserHome;
import org.saddlepoint.run.RunException;

/** The style of all figures: a white ground, few lines, and text that is readable at half size. */
final class ChartStyle {
    static final Color INK = new Color(0x1F2937);
    static final Color FAINT = new Color(0xE5E7EB);
    static final Color AXIS = new Color(0x9CA3AF);

    static {
        UserHome.mend();
    }

    private static final int PADDING = 24;
    private static final int SMALLEST_TITLE = 10;

    /** The widest labels of a vertical axis, in pixels. Titles are centred over the plot, to the right of the labels. */
    static final int BESIDE_PLOT = 160;

    private ChartStyle() {}

    /** A colour for marks in the order of adding. */
    static Color color(int index) {
        return MethodColours.numbered(index);
    }

    static Color translucent(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    static BasicStroke stroke(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /** An empty chart; its legend is for {@link Legend} to draw. */
    static XYChart chart(int width, int height, String title, String xLabel, String yLabel) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(xLabel)
                .yAxisTitle(yLabel)
                .build();
        XYStyler style = chart.getStyler();
        style.setLocale(Locale.ROOT);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setPlotContentSize(0.98);
        style.setChartFontColor(INK);
        style.setChartPadding(PADDING);
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(fitting(title, font(Font.BOLD, 30), width - BESIDE_PLOT));
        style.setChartTitlePadding(14);
        style.setAxisTitleFont(font(Font.PLAIN, 25));
        style.setAxisTitlePadding(12);
        style.setAxisTickLabelsFont(font(Font.PLAIN, 22));
        style.setAxisTickLabelsColor(INK);
        style.setAxisTickMarksColor(AXIS);
        style.setAxisTickPadding(8);
        style.setPlotGridLinesColor(FAINT);
        style.setPlotGridLinesStroke(stroke(1.5f));
        style.setXAxisTickMarkSpacingHint(150);
        style.setYAxisTickMarkSpacingHint(110);
        style.setAnnotationTextFont(font(Font.PLAIN, 25));
        style.setAnnotationTextFontColor(AXIS);
        style.setYAxisLabelAlignment(TextAlignment.Right);
        style.setLegendVisible(false);
        return chart;
    }

    /** Adds a line without markers, with an entry in the legend. */
    static XYSeries addLine(XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(stroke);
        return series;
    }

    /**
     * Makes XChart choose round ticks on the horizontal axis. Where all x are equally spaced, as logged steps are, it
     * labels every k-th x instead (0, 340, 680); an unseen point between two of them avoids that.
     */
    static void roundTicks(XYChart chart, double first, double last) {
        double between = first + (last - first) * 0.1234567;
        double[] unseen = {Double.NaN, Double.NaN};
        addLine(chart, " ", new double[] {first, between}, unseen, AXIS, stroke(1))
                .setShowInLegend(false);
    }

    /** Writes a chart with its legend below; the height is that of both together. */
    static void write(XYChart chart, int height, Path png) {
        drawing(png, () -> {
            BufferedImage image = new BufferedImage(chart.getWidth(), height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            smooth(graphics);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, chart.getWidth(), height);
            Legend legend = new Legend(chart, chart.getWidth());
            int top = height - legend.height();
            chart.paint(graphics, chart.getWidth(), top);
            legend.paint(graphics, top);
            graphics.dispose();
            Png.write(image, png);
        });
    }

    /** Turns on antialiasing. */
    static void smooth(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    }

    /** The font, reduced if the text and its padding need more than this width in pixels. */
    static Font fitting(String text, Font font, int width) {
        double needed = font.getStringBounds(text, new FontRenderContext(null, true, true))
                .getWidth();
        double scale = Math.min(1, (width - 2 * PADDING) / needed);
        return font.deriveFont((float) Math.max(SMALLEST_TITLE, Math.floor(font.getSize() * scale)));
    }

    /** Draws; if the machine has no fonts, the exception says what to install. */
    static void drawing(Path png, Runnable drawing) {
        try {
            drawing.run();
        } catch (LinkageError | InternalError e) {
            // What Java throws on machines without fontconfig or freetype, such as bare containers.
            throw new RunException(
                    "cannot draw " + png
                            + ": this machine has no fonts for Java; install fontconfig and a font, for example"
                            + " fonts-dejavu-core",
                    e);
        }
    }

    static Font heading() {
        return font(Font.BOLD, 34);
    }

    static Font title() {
        return font(Font.BOLD, 27);
    }

    static Font label() {
        return font(Font.PLAIN, 24);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
