package org.saddlepoint.run;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.nio.file.Path;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The look that all figures share: white, few lines, and text that is readable at half size. */
final class ChartStyle {
    static final Color INK = new Color(0x1F2937);
    static final Color FAINT = new Color(0xE5E7EB);
    static final Color AXIS = new Color(0x9CA3AF);

    /** Told apart by readers with the common colour vision deficiencies, in this order. */
    private static final Color[] PALETTE = {
        new Color(0x2563EB), new Color(0xEA580C), new Color(0x0D9488),
        new Color(0x9333EA), new Color(0xCA8A04), new Color(0xDB2777)
    };

    private ChartStyle() {}

    static Color color(int index) {
        return PALETTE[index % PALETTE.length];
    }

    static Color translucent(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    static BasicStroke stroke(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

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
        style.setChartPadding(24);
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(font(Font.BOLD, 30));
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
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Horizontal);
        style.setLegendBorderColor(Color.WHITE);
        style.setLegendBackgroundColor(Color.WHITE);
        style.setLegendFont(font(Font.PLAIN, 24));
        style.setLegendPadding(22);
        style.setLegendSeriesLineLength(44);
        return chart;
    }

    static void addLine(
            XYChart chart, String name, double[] x, double[] y, Color color, float width, boolean inLegend) {
        var series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(stroke(width));
        series.setShowInLegend(inLegend);
    }

    /**
     * Makes XChart choose round ticks on the horizontal axis. Where all x are equally spaced, as logged steps are, it
     * labels every k-th x instead (0, 340, 680); an unseen point between two of them avoids that.
     */
    static void roundTicks(XYChart chart, double first, double last) {
        double between = first + (last - first) * 0.1234567;
        addLine(chart, " ", new double[] {first, between}, new double[] {Double.NaN, Double.NaN}, AXIS, 1, false);
    }

    static void write(XYChart chart, Path png) {
        drawing(png, () -> Png.write(BitmapEncoder.getBufferedImage(chart), png));
    }

    /** Draws, and says in one line what to do where the machine cannot. */
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
