package org.saddlepoint.run;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart with two axes and any number of marks, each with a name in the legend and a colour of the palette in the order
 * of adding. Immutable: each method answers a new panel.
 *
 * <p>Values that cannot be drawn, such as infinite ones and, on a logarithmic axis, those that are not positive, are gaps.
 */
public final class ChartPanel implements Panel {
    /** Room between the outermost marks and the frame, as a share of what is shown. */
    private static final double MARGIN = 0.04;

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Mark> marks;
    private final boolean logX;
    private final boolean logY;
    private final boolean equalAxes;
    private final double @Nullable [] xRange;
    private final double @Nullable [] yRange;

    /** Adds itself to a chart, in this colour. */
    private interface Draw {
        void on(XYChart chart, Color color);
    }

    /** Something drawn: its name, whether it takes a colour of the palette, and how it is drawn. */
    private record Mark(String name, boolean ofPalette, Draw draw) {}

    private ChartPanel(
            String title,
            String xLabel,
            String yLabel,
            List<Mark> marks,
            boolean logX,
            boolean logY,
            boolean equalAxes,
            double @Nullable [] xRange,
            double @Nullable [] yRange) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.marks = marks;
        this.logX = logX;
        this.logY = logY;
        this.equalAxes = equalAxes;
        this.xRange = xRange;
        this.yRange = yRange;
    }

    /** An empty chart. */
    public static ChartPanel of(String title, String xLabel, String yLabel) {
        return new ChartPanel(title, xLabel, yLabel, List.of(), false, false, false, null, null);
    }

    /** Logarithmic in x. */
    public ChartPanel logX() {
        return new ChartPanel(title, xLabel, yLabel, marks, true, logY, equalAxes, xRange, yRange);
    }

    /** Logarithmic in y. */
    public ChartPanel logY() {
        return new ChartPanel(title, xLabel, yLabel, marks, logX, true, equalAxes, xRange, yRange);
    }

    /** Shows x from low to high. */
    public ChartPanel xRange(double low, double high) {
        return new ChartPanel(title, xLabel, yLabel, marks, logX, logY, equalAxes, range("xRange", low, high), yRange);
    }

    /** Shows y from low to high. */
    public ChartPanel yRange(double low, double high) {
        return new ChartPanel(title, xLabel, yLabel, marks, logX, logY, equalAxes, xRange, range("yRange", low, high));
    }

    /** The plane, one scale on both axes, showing at least this square around the origin. */
    public ChartPanel plane(double half) {
        double[] range = range("plane", -half, half);
        return new ChartPanel(title, xLabel, yLabel, marks, false, false, true, range, range);
    }

    /** A line through these points. */
    public ChartPanel line(String name, double[] x, double[] y) {
        return add(name, x, y, (chart, color) -> style(chart, name, x, y, color, ChartStyle.stroke(4f)));
    }

    /** A broken line, for what theory says. */
    public ChartPanel dashed(String name, double[] x, double[] y) {
        BasicStroke dashes =
                new BasicStroke(3.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {14, 10}, 0);
        return add(name, x, y, (chart, color) -> style(chart, name, x, y, color, dashes));
    }

    /** Points alone. */
    public ChartPanel points(String name, double[] x, double[] y) {
        return add(name, x, y, (chart, color) -> {
            XYSeries series = chart.addSeries(name, x, drawable(y));
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            series.setMarker(SeriesMarkers.CIRCLE);
            series.setMarkerColor(ChartStyle.translucent(color, 170));
        });
    }

    /** How many values lie in each of so many equal bins from low to high, as a share of all, filled. */
    public ChartPanel histogram(String name, double[] values, double low, double high, int bins) {
        range("bins of " + name, low, high);
        double[] x = new double[2 * bins + 2];
        double[] y = new double[x.length];
        double width = (high - low) / bins;
        for (int i = 0; i <= bins; i++) {
            x[2 * i] = low + i * width;
            x[2 * i + 1] = x[2 * i];
        }
        for (double value : values) {
            int bin = (int) Math.floor((value - low) / width);
            if (value == high) {
                bin = bins - 1;
            }
            if (bin >= 0 && bin < bins) {
                y[2 * bin + 1] += 1.0 / values.length;
                y[2 * bin + 2] = y[2 * bin + 1];
            }
        }
        return add(name, x, y, (chart, color) -> {
            XYSeries series = style(chart, name, x, y, color, ChartStyle.stroke(2.5f));
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
            series.setFillColor(ChartStyle.translucent(color, 90));
        });
    }

    /** A dotted level of y, across all that was added before. */
    public ChartPanel level(String name, double y) {
        BasicStroke dots = new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {2, 9}, 0);
        return add(new Mark(
                name,
                false,
                (chart, color) -> style(
                        chart, name, span(chart, XYSeries::getXData), new double[] {y, y}, ChartStyle.INK, dots)));
    }

    /**
     * Lines of equal height of a function of the plane, from blue (low) to orange (high).
     *
     * @param name in the legend, with the range of levels behind it
     * @param field the function on a grid of [n, n] points, row by row with y ascending
     * @param half the grid spans [−half, half] along both axes
     * @param levels how many lines
     */
    public ChartPanel contours(String name, double[][] field, double half, int levels) {
        return add(new Mark(name, false, (chart, color) -> Contours.draw(chart, name, field, half, levels)));
    }

    private ChartPanel add(String name, double[] x, double[] y, Draw draw) {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException(
                    name + " must have as many x as y, at least 1, but has " + x.length + " x and " + y.length + " y");
        }
        return add(new Mark(name, true, draw));
    }

    private ChartPanel add(Mark mark) {
        if (mark.name().isBlank() || marks.stream().anyMatch(each -> each.name().equals(mark.name()))) {
            throw new IllegalArgumentException("each mark needs a name of its own but was \"" + mark.name() + "\"");
        }
        List<Mark> all = new ArrayList<>(marks);
        all.add(mark);
        return new ChartPanel(title, xLabel, yLabel, all, logX, logY, equalAxes, xRange, yRange);
    }

    @Override
    public void paint(Graphics2D graphics) {
        XYChart chart = build(xRange, yRange, HEIGHT);
        Legend legend = new Legend(chart, WIDTH);
        int height = HEIGHT - legend.height();
        chart = build(xRange, yRange, height);
        if (equalAxes) { // only a drawn chart knows its scale: widen the axis that has pixels to spare
            BitmapEncoder.getBufferedImage(chart);
            double pixelsX = chart.getScreenXFromChart(1) - chart.getScreenXFromChart(0);
            double pixelsY = chart.getScreenYFromChart(0) - chart.getScreenYFromChart(1);
            chart = build(scaled(xRange, pixelsX / pixelsY), scaled(yRange, pixelsY / pixelsX), height);
        }
        chart.paint(graphics, WIDTH, height);
        legend.paint(graphics, height);
    }

    private static double @Nullable [] scaled(double @Nullable [] range, double factor) {
        return range == null || factor <= 1 ? range : new double[] {range[0] * factor, range[1] * factor};
    }

    private XYChart build(double @Nullable [] x, double @Nullable [] y, int height) {
        XYChart chart = ChartStyle.chart(WIDTH, height, title, xLabel, yLabel);
        chart.getStyler().setChartTitleFont(ChartStyle.title());
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setMarkerSize(10);
        chart.getStyler().setXAxisLogarithmic(logX);
        chart.getStyler().setYAxisLogarithmic(logY);
        // Nine lines a decade would be darker than what is drawn over them.
        chart.getStyler().setPlotGridVerticalLinesVisible(!logX);
        chart.getStyler().setPlotGridHorizontalLinesVisible(!logY);
        if (x != null) {
            chart.getStyler().setXAxisMin(x[0]).setXAxisMax(x[1]);
        }
        if (y != null) {
            chart.getStyler().setYAxisMin(y[0]).setYAxisMax(y[1]);
        }
        int color = 0;
        for (Mark mark : marks) {
            mark.draw().on(chart, ChartStyle.color(color));
            color += mark.ofPalette() ? 1 : 0;
        }
        if (!logX) {
            double[] span = span(chart, XYSeries::getXData);
            ChartStyle.roundTicks(chart, span[0], span[1]);
        }
        if (x == null) {
            double[] span = padded(span(chart, XYSeries::getXData), logX);
            chart.getStyler().setXAxisMin(span[0]).setXAxisMax(span[1]);
        }
        if (y == null) {
            double[] span = padded(span(chart, XYSeries::getYData), logY);
            chart.getStyler().setYAxisMin(span[0]).setYAxisMax(span[1]);
        }
        return chart;
    }

    private XYSeries style(XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, logX ? positive(x) : x, drawable(y));
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(stroke);
        return series;
    }

    /** From the least to the largest number of all series. */
    private static double[] span(XYChart chart, Function<XYSeries, double[]> numbers) {
        double[] all = chart.getSeriesCollection().stream()
                .flatMapToDouble(series -> Arrays.stream(numbers.apply(series)))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return all.length == 0 ? new double[] {1, 2} : new double[] {all[0], all[all.length - 1]};
    }

    private static double[] padded(double[] span, boolean logarithmic) {
        if (logarithmic) {
            double factor = Math.max(1.1, Math.pow(span[1] / span[0], MARGIN));
            return new double[] {span[0] / factor, span[1] * factor};
        }
        double width = span[1] > span[0] ? span[1] - span[0] : Math.max(1e-3, Math.abs(span[0]));
        return new double[] {span[0] - MARGIN * width, span[1] + MARGIN * width};
    }

    private double[] drawable(double[] values) {
        return mapped(values, value -> Double.isFinite(value) && !(logY && value <= 0) ? value : Double.NaN);
    }

    private static double[] positive(double[] values) {
        return mapped(values, value -> value > 0 ? value : Double.NaN);
    }

    private static double[] mapped(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }

    private static double[] range(String name, double low, double high) {
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException(
                    name + " must go from a lower to a higher finite number but was " + low + " to " + high);
        }
        return new double[] {low, high};
    }
}
