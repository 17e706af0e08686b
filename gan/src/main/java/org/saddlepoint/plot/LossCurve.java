package org.saddlepoint.plot;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.saddlepoint.run.MetricsRow;

/** One loss of a run against the step. */
final class LossCurve {
    /** More points than the figure has columns cost time and hide the median. */
    private static final int MAX_RAW_POINTS = 1500;

    private final double[] step; // ascending
    private final double[] value; // NaN where the loss was not finite

    private LossCurve(double[] step, double[] value) {
        this.step = step;
        this.value = value;
    }

    static LossCurve of(List<MetricsRow> rows, String name) {
        List<MetricsRow> logged =
                rows.stream().filter(row -> row.number(name).isPresent()).toList();
        return new LossCurve(
                logged.stream().mapToDouble(MetricsRow::step).toArray(),
                logged.stream()
                        .mapToDouble(row -> row.number(name).orElseThrow())
                        .map(value -> Double.isFinite(value) ? value : Double.NaN)
                        .toArray());
    }

    /** The line as logged, light; every k-th point of long runs. */
    void addRaw(XYChart chart, String name, Color color) {
        if (finite().findAny().isEmpty()) {
            return;
        }
        int stride = (value.length + MAX_RAW_POINTS - 1) / MAX_RAW_POINTS;
        int points = (value.length + stride - 1) / stride;
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            x[i] = step[i * stride];
            y[i] = value[i * stride];
        }
        ChartStyle.addLine(chart, name + ", each step", x, y, color, ChartStyle.stroke(1.8f))
                .setShowInLegend(false);
    }

    /** The running median of the finite values, bold. */
    void addMedian(XYChart chart, String name, Color color) {
        int[] kept = IntStream.range(0, value.length)
                .filter(i -> !Double.isNaN(value[i]))
                .toArray();
        if (kept.length == 0) {
            return;
        }
        RunningMedian median = RunningMedian.of(
                Arrays.stream(kept).mapToDouble(i -> step[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> value[i]).toArray());
        XYSeries line = ChartStyle.addLine(chart, name, median.x, median.y, color, ChartStyle.stroke(5f));
        if (median.x.length == 1) { // a line through one point is nothing to see
            line.setMarker(SeriesMarkers.CIRCLE);
            line.setMarkerColor(color);
        }
    }

    /** Sets both axes: all steps, and the central 99 % of all values with a margin. */
    static void fitAxes(XYChart chart, List<LossCurve> curves) {
        double[] values =
                curves.stream().flatMapToDouble(LossCurve::finite).sorted().toArray();
        if (values.length == 0) {
            chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
            chart.addAnnotation(new AnnotationText("no finite loss logged yet", 0.5, 0.5, false));
            return;
        }
        double low = values[(int) (0.005 * (values.length - 1))];
        double high = values[(int) Math.ceil(0.995 * (values.length - 1))];
        double margin = high > low ? 0.06 * (high - low) : Math.max(1e-3, 0.1 * Math.abs(high));
        chart.getStyler().setYAxisMin(low - margin);
        chart.getStyler().setYAxisMax(high + margin);
        double first = curves.stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.step))
                .min()
                .orElse(0);
        double last = curves.stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.step))
                .max()
                .orElse(1);
        if (last > first) {
            chart.getStyler().setXAxisMin(first);
            chart.getStyler().setXAxisMax(last);
            ChartStyle.roundTicks(chart, first, last);
        }
    }

    private DoubleStream finite() {
        return Arrays.stream(value).filter(each -> !Double.isNaN(each));
    }
}
