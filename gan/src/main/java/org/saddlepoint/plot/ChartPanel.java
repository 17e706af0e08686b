package org.saddlepoint.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart with two axes and any number of marks, each with a name in the legend and a colour of the palette in the order
 * of adding. Immutable: each method returns a new panel.
 *
 * <p>Values that cannot be drawn, such as infinite ones and, on a logarithmic axis, those that are not positive, are gaps.
 */
public final class ChartPanel implements Panel {
    /** Room between the outermost marks and the frame, as a share of what is shown. */
    private static final double MARGIN = 0.04;

    /** A logarithmic axis that spans less is labelled between powers of ten, too. */
    private static final double FEW_DECADES = 300;

    /** In this order, so that points can be told apart without colour. */
    private static final List<Marker> SHAPES =
            List.of(SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.SQUARE);

    private final String title;
    private final Axis x;
    private final Axis y;
    private final boolean oneScale;
    private final List<Mark> marks;

    /** Adds a mark to a chart, in this colour. */
    private interface Draw {
        void on(XYChart chart, Color color);
    }

    /** A mark: its name, whether it has one colour, that colour if it is not the next of the palette, and its drawing. */
    private record Mark(String name, boolean ofPalette, @Nullable Color own, Draw draw) {}

    /** An interval of numbers. */
    private record Range(double low, double high) {
        static Range of(String name, double low, double high) {
            if (!(low < high) || Double.isInfinite(high - low)) {
                throw new IllegalArgumentException(
                        name + " must go from a lower to a higher finite number but was " + low + " to " + high);
            }
            return new Range(low, high);
        }

        /** Both ends times the factor, if it is above 1. */
        Range scaled(double factor) {
            return factor <= 1 ? this : new Range(low * factor, high * factor);
        }

        /** With room between the outermost marks and the frame. */
        Range padded(boolean logarithmic) {
            if (logarithmic) {
                double factor = Math.max(1.1, Math.pow(high / low, MARGIN));
                return new Range(low / factor, high * factor);
            }
            double width = high > low ? high - low : Math.max(1e-3, Math.abs(low));
            return new Range(low - MARGIN * width, high + MARGIN * width);
        }
    }

    /** One axis; without a range it shows all marks. */
    private record Axis(String label, boolean logarithmic, @Nullable Range range) {
        Axis log() {
            return new Axis(label, true, range);
        }

        Axis showing(@Nullable Range shown) {
            return new Axis(label, logarithmic, shown);
        }

        Axis linear(Range shown) {
            return new Axis(label, false, shown);
        }

        /** Numbers as they can be drawn on this axis, NaN in place of the others. */
        double[] drawable(double[] values) {
            return Arrays.stream(values)
                    .map(value -> Double.isFinite(value) && !(logarithmic && value <= 0) ? value : Double.NaN)
                    .toArray();
        }
    }

    private ChartPanel(String title, Axis x, Axis y, boolean oneScale, List<Mark> marks) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.oneScale = oneScale;
        this.marks = marks;
    }

    private ChartPanel with(Axis newX, Axis newY) {
        return new ChartPanel(title, newX, newY, oneScale, marks);
    }

    private ChartPanel with(List<Mark> newMarks) {
        return new ChartPanel(title, x, y, oneScale, newMarks);
    }

    /** An empty chart. */
    public static ChartPanel of(String title, String xLabel, String yLabel) {
        return new ChartPanel(title, new Axis(xLabel, false, null), new Axis(yLabel, false, null), false, List.of());
    }

    /** Logarithmic in x. */
    public ChartPanel logX() {
        return with(x.log(), y);
    }

    /** Logarithmic in y. */
    public ChartPanel logY() {
        return with(x, y.log());
    }

    /** Shows x from low to high. */
    public ChartPanel xRange(double low, double high) {
        return with(x.showing(Range.of("xRange", low, high)), y);
    }

    /** Shows y from low to high. */
    public ChartPanel yRange(double low, double high) {
        return with(x, y.showing(Range.of("yRange", low, high)));
    }

    /** The plane, with one scale on both axes, showing at least the square [−half, half]². */
    public ChartPanel plane(double half) {
        Range range = Range.of("plane", -half, half);
        return new ChartPanel(title, x.linear(range), y.linear(range), true, marks);
    }

    /** A line through these points. */
    public ChartPanel line(String name, double[] xs, double[] ys) {
        return add(name, xs, ys, (chart, color) -> style(chart, name, xs, ys, color, ChartStyle.stroke(4f)));
    }

    /** A dashed line, such as a bound or an exact value. */
    public ChartPanel dashed(String name, double[] xs, double[] ys) {
        BasicStroke dashes =
                new BasicStroke(3.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {14, 10}, 0);
        return add(name, xs, ys, (chart, color) -> style(chart, name, xs, ys, color, dashes));
    }

    /** A filled band about a line of the same colour: from the lows to the highs, without an entry in the legend. */
    public ChartPanel band(String name, double[] xs, double[] lows, double[] highs) {
        int n = xs.length;
        double[] around = new double[2 * n];
        double[] edge = new double[2 * n];
        for (int i = 0; i < n; i++) {
            around[i] = xs[i];
            edge[i] = lows[i];
            around[2 * n - 1 - i] = xs[i];
            edge[2 * n - 1 - i] = highs[i];
        }
        return add(name, around, edge, (chart, color) -> {
            XYSeries series = style(chart, name, around, edge, color, ChartStyle.stroke(0));
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
            series.setLineColor(ChartStyle.translucent(color, 0));
            series.setFillColor(ChartStyle.translucent(color, 50));
            series.setShowInLegend(false);
        });
    }

    /** Points without a line; each set of points has a shape of its own. */
    public ChartPanel points(String name, double[] xs, double[] ys) {
        return add(name, xs, ys, (chart, color) -> {
            long before = chart.getSeriesCollection().stream()
                    .filter(each -> each.getXYSeriesRenderStyle().orElse(XYSeriesRenderStyle.Line)
                            == XYSeriesRenderStyle.Scatter)
                    .count();
            XYSeries series = chart.addSeries(name, xs, y.drawable(ys));
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            series.setMarker(SHAPES.get((int) (before % SHAPES.size())));
            series.setMarkerColor(ChartStyle.translucent(color, 170));
        });
    }

    /** A filled histogram with equal bins from low to high: the share of all values in each bin. */
    public ChartPanel histogram(String name, double[] values, double low, double high, int bins) {
        Range.of("bins of " + name, low, high);
        double[] xs = new double[2 * bins + 2];
        double[] ys = new double[xs.length];
        double width = (high - low) / bins;
        for (int i = 0; i <= bins; i++) {
            xs[2 * i] = low + i * width;
            xs[2 * i + 1] = xs[2 * i];
        }
        for (double value : values) {
            int bin = (int) Math.floor((value - low) / width);
            if (value == high) {
                bin = bins - 1;
            }
            if (bin >= 0 && bin < bins) {
                ys[2 * bin + 1] += 1.0 / values.length;
                ys[2 * bin + 2] = ys[2 * bin + 1];
            }
        }
        return add(name, xs, ys, (chart, color) -> {
            XYSeries series = style(chart, name, xs, ys, color, ChartStyle.stroke(2.5f));
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
            series.setFillColor(ChartStyle.translucent(color, 90));
        });
    }

    /** A dotted line at this y, across all that was added before. */
    public ChartPanel level(String name, double at) {
        BasicStroke dots = new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {2, 9}, 0);
        return add(new Mark(name, false, null, (chart, color) -> {
            Range span = span(chart, XYSeries::getXData);
            double[] ends = {span.low(), span.high()};
            style(chart, name, ends, new double[] {at, at}, ChartStyle.INK, dots);
        }));
    }

    /**
     * Contour lines of a function of the plane, from blue (low) to orange (high).
     *
     * @param name in the legend, with the range of levels behind it
     * @param field the function on a grid of [n, n] points, row by row with y ascending
     * @param half the grid spans [−half, half] along both axes
     * @param levels number of levels
     */
    public ChartPanel contours(String name, double[][] field, double half, int levels) {
        return add(new Mark(name, false, null, (chart, color) -> Contours.draw(chart, name, field, half, levels)));
    }

    /** {@link #line} in this colour, in place of the next one of the palette. */
    public ChartPanel line(String name, double[] xs, double[] ys, Color color) {
        return line(name, xs, ys).in(color);
    }

    /** {@link #dashed} in this colour. */
    public ChartPanel dashed(String name, double[] xs, double[] ys, Color color) {
        return dashed(name, xs, ys).in(color);
    }

    /** {@link #points} in this colour. */
    public ChartPanel points(String name, double[] xs, double[] ys, Color color) {
        return points(name, xs, ys).in(color);
    }

    /**
     * Gives the mark that was added last this colour, in place of the next one of the palette.
     *
     * @param color such as that of {@link MethodColours#of}
     * @throws IllegalStateException if there is no mark yet, or if it is of contours or a level, which have colours of their own
     */
    public ChartPanel in(Color color) {
        Mark last = marks.isEmpty() ? null : marks.get(marks.size() - 1);
        if (last == null || !last.ofPalette()) {
            throw new IllegalStateException("a colour needs a line, points or a histogram before it");
        }
        List<Mark> all = new ArrayList<>(marks.subList(0, marks.size() - 1));
        all.add(new Mark(last.name(), true, color, last.draw()));
        return with(all);
    }

    private ChartPanel add(String name, double[] xs, double[] ys, Draw draw) {
        if (xs.length == 0 || xs.length != ys.length) {
            throw new IllegalArgumentException(name + " must have as many x as y, at least 1, but has " + xs.length
                    + " x and " + ys.length + " y");
        }
        return add(new Mark(name, true, null, draw));
    }

    private ChartPanel add(Mark mark) {
        if (mark.name().isBlank() || marks.stream().anyMatch(each -> each.name().equals(mark.name()))) {
            throw new IllegalArgumentException("each mark needs a name of its own but was \"" + mark.name() + "\"");
        }
        List<Mark> all = new ArrayList<>(marks);
        all.add(mark);
        return with(all);
    }

    @Override
    public void paint(Graphics2D graphics) {
        Legend legend = new Legend(build(x.range(), y.range(), HEIGHT), WIDTH);
        int height = HEIGHT - legend.height();
        XYChart chart = build(x.range(), y.range(), height);
        if (oneScale) { // only a drawn chart knows its scale: widen the axis that has pixels to spare
            BitmapEncoder.getBufferedImage(chart);
            double pixelsX = chart.getScreenXFromChart(1) - chart.getScreenXFromChart(0);
            double pixelsY = chart.getScreenYFromChart(0) - chart.getScreenYFromChart(1);
            chart = build(scaled(x.range(), pixelsX / pixelsY), scaled(y.range(), pixelsY / pixelsX), height);
        }
        chart.paint(graphics, WIDTH, height);
        legend.paint(graphics, height);
    }

    private static @Nullable Range scaled(@Nullable Range range, double factor) {
        return range == null ? null : range.scaled(factor);
    }

    private XYChart build(@Nullable Range xRange, @Nullable Range yRange, int height) {
        XYChart chart = ChartStyle.chart(WIDTH, height, title, x.label(), y.label());
        XYStyler style = chart.getStyler();
        style.setChartTitleFont(ChartStyle.fitting(title, ChartStyle.title(), WIDTH - ChartStyle.BESIDE_PLOT));
        style.setMarkerSize(10);
        style.setXAxisLogarithmic(x.logarithmic());
        style.setYAxisLogarithmic(y.logarithmic());
        // Nine lines a decade would be darker than what is drawn over them.
        style.setPlotGridVerticalLinesVisible(!x.logarithmic());
        style.setPlotGridHorizontalLinesVisible(!y.logarithmic());
        int color = 0;
        for (Mark mark : marks) {
            Color own = mark.own();
            mark.draw().on(chart, own != null ? own : ChartStyle.color(color));
            color += mark.ofPalette() && own == null ? 1 : 0;
        }
        Range shownX = span(chart, XYSeries::getXData);
        if (!x.logarithmic()) {
            ChartStyle.roundTicks(chart, shownX.low(), shownX.high());
        }
        Range toX = xRange != null ? xRange : shownX.padded(x.logarithmic());
        Range toY = yRange != null ? yRange : span(chart, XYSeries::getYData).padded(y.logarithmic());
        style.setXAxisMin(toX.low()).setXAxisMax(toX.high());
        style.setYAxisMin(toY.low()).setYAxisMax(toY.high());
        // One power of ten alone would not tell the scale.
        style.setXAxisLogarithmicDecadeOnly(toX.high() / toX.low() > FEW_DECADES);
        style.setYAxisLogarithmicDecadeOnly(toY.high() / toY.low() > FEW_DECADES);
        powersOfTen(style, toX, toY);
        return chart;
    }

    /** Labels logarithmic axes that span many decades 10⁻⁵, 10⁻⁴, …; XChart mixes 0.001 and 1E-4. */
    private void powersOfTen(XYStyler style, Range toX, Range toY) {
        if (x.logarithmic() && LogTicks.apply(toX.low(), toX.high())) {
            style.setXAxisTickLabelsFormattingFunction(LogTicks::label);
        }
        if (y.logarithmic() && LogTicks.apply(toY.low(), toY.high())) {
            style.setYAxisTickLabelsFormattingFunction(LogTicks::label);
        }
    }

    private XYSeries style(XYChart chart, String name, double[] xs, double[] ys, Color color, BasicStroke stroke) {
        double[] across = x.logarithmic() ? x.drawable(xs) : xs;
        return ChartStyle.addLine(chart, name, across, y.drawable(ys), color, stroke);
    }

    /** From the least to the largest number of all series. */
    private static Range span(XYChart chart, Function<XYSeries, double[]> numbers) {
        double[] all = chart.getSeriesCollection().stream()
                .flatMapToDouble(series -> Arrays.stream(numbers.apply(series)))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return all.length == 0 ? new Range(1, 2) : new Range(all[0], all[all.length - 1]);
    }
}
