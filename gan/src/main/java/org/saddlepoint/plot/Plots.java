package org.saddlepoint.plot;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.saddlepoint.input.Require;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.run.RunException;

/**
 * The figures of a run, as PNG files that appear whole or not at all.
 *
 * <p>All share one style: a white ground, one palette, text that stays readable at half size. Drawing needs no display, but
 * it needs a font.
 */
public final class Plots {
    private static final int WIDTH = 1400;
    private static final int HEIGHT = 840;

    /** A curve of {@link Plots#lines}. */
    public static final class Line {
        private final String name;
        private final double[] x;
        private final double[] y;

        /**
         * Makes a curve; the arrays are copied.
         *
         * @param name its name in the legend; unique in a figure
         * @param x ascending positions, [points]
         * @param y values, [points]; the line has a gap where one is not finite
         * @throws IllegalArgumentException if name is blank or the lengths differ or are 0
         */
        public Line(String name, double[] x, double[] y) {
            Require.that(!name.isBlank(), "name", "a text that is not blank", '"' + name + '"');
            if (x.length == 0 || x.length != y.length) {
                throw new IllegalArgumentException(name + " must have as many x as y, at least 1, but has " + x.length
                        + " x and " + y.length + " y");
            }
            this.name = name;
            this.x = x.clone();
            this.y = y.clone();
        }
    }

    private Plots() {}

    /**
     * Draws the losses of a run against the step: each as a light line, and its running median as a bold one.
     *
     * <p>The vertical axis spans the central 99 % of the values, so that one spike does not flatten the rest. Losses
     * that are not finite leave a gap, and of long runs the light line shows every k-th point. If no finite loss
     * has been logged yet, the figure shows empty axes and says so.
     *
     * @param rows the metrics, in which {@link MetricsRow#DISCRIMINATOR_LOSS} and {@link MetricsRow#GENERATOR_LOSS} are
     *     drawn
     * @param title for example {@code dcgan on digits}
     * @param png the file to write
     * @throws RunException if the file cannot be written, or the machine has no fonts
     */
    public static void losses(List<MetricsRow> rows, String title, Path png) {
        losses(rows, List.of(), title, png);
    }

    /**
     * As {@link #losses(List, String, Path)}, with dashed lines across where something was found.
     *
     * @param findings rows with a {@code symptom}; others are left out
     */
    public static void losses(List<MetricsRow> rows, List<MetricsRow> findings, String title, Path png) {
        XYChart chart = ChartStyle.chart(WIDTH, HEIGHT, title, "step", "loss");
        chart.getStyler().setMarkerSize(16);
        chart.getStyler().setXAxisDecimalPattern("#,##0"); // steps are whole; XChart would write 2E5
        LossCurve discriminator = LossCurve.of(rows, MetricsRow.DISCRIMINATOR_LOSS);
        LossCurve generator = LossCurve.of(rows, MetricsRow.GENERATOR_LOSS);
        List<String> names = List.of("discriminator (D)", "generator (G)");
        List<LossCurve> curves = List.of(discriminator, generator);
        for (int i = 0; i < curves.size(); i++) { // all raw lines first, so that no raw line hides a median
            curves.get(i).addRaw(chart, names.get(i), ChartStyle.translucent(ChartStyle.color(i), 70));
        }
        for (int i = 0; i < curves.size(); i++) {
            curves.get(i).addMedian(chart, names.get(i), ChartStyle.color(i));
        }
        LossCurve.fitAxes(chart, curves);
        FindingMarks.add(chart, findings);
        ChartStyle.write(chart, HEIGHT, png);
    }

    /**
     * Draws curves into one figure.
     *
     * @param title the title
     * @param xLabel the name of the horizontal axis
     * @param yLabel the name of the vertical axis
     * @param lines the curves, at least one, in the order of the palette
     * @param png the file to write
     * @throws IllegalArgumentException if there is no curve, or two have one name
     * @throws RunException if the file cannot be written, or the machine has no fonts
     */
    public static void lines(String title, String xLabel, String yLabel, List<Line> lines, Path png) {
        Require.that(!lines.isEmpty(), "lines", "at least one curve", lines);
        XYChart chart = ChartStyle.chart(WIDTH, HEIGHT, title, xLabel, yLabel);
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            double[] y = Arrays.stream(line.y)
                    .map(value -> Double.isFinite(value) ? value : Double.NaN) // XChart draws gaps for NaN alone
                    .toArray();
            ChartStyle.addLine(chart, line.name, line.x, y, ChartStyle.color(i), ChartStyle.stroke(4f));
        }
        double first = lines.stream().mapToDouble(line -> line.x[0]).min().orElseThrow();
        double last = lines.stream()
                .mapToDouble(line -> line.x[line.x.length - 1])
                .max()
                .orElseThrow();
        ChartStyle.roundTicks(chart, first, last);
        ChartStyle.write(chart, HEIGHT, png);
    }

    /**
     * Draws generated points of the plane over real ones, with one scale on both axes.
     *
     * <p>The figure spans the real points and a margin; generated points beyond are counted in the legend.
     *
     * @param real [points, 2], finite, at least one point
     * @param generated [points, 2], finite
     * @param title for example {@code wgan-gp on ring8, step 2000}
     * @param png the file to write
     * @throws IllegalArgumentException if a length is odd, there is no real point, or a coordinate is not finite
     * @throws RunException if the file cannot be written, or the machine has no fonts
     */
    public static void scatter(float[] real, float[] generated, String title, Path png) {
        XYChart chart = ScatterChart.of(real, generated, title);
        ChartStyle.write(chart, chart.getHeight() + new Legend(chart, chart.getWidth()).height(), png);
    }
}
