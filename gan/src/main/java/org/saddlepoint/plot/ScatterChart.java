package org.saddlepoint.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.Arrays;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.saddlepoint.input.Require;

/** Real and generated points of the plane, in a chart whose axes have one scale. */
final class ScatterChart {
    private static final int WIDTH = 1100;
    private static final double MARGIN = 0.15;
    private static final Marker CROSS = new ThinCross();

    private final double centreX;
    private final double centreY;
    private final double half;

    /** XChart's own cross has thick bars, which hide what lies below. */
    private static final class ThinCross extends Marker {
        @Override
        public void paint(Graphics2D graphics, double x, double y, int size) {
            double reach = 0.4 * size;
            graphics.setStroke(ChartStyle.stroke(1.6f));
            graphics.draw(new Line2D.Double(x - reach, y - reach, x + reach, y + reach));
            graphics.draw(new Line2D.Double(x - reach, y + reach, x + reach, y - reach));
        }
    }

    private ScatterChart(float[] real) {
        double[] x = range(real, 0);
        double[] y = range(real, 1);
        centreX = (x[0] + x[1]) / 2;
        centreY = (y[0] + y[1]) / 2;
        double span = Math.max(x[1] - x[0], y[1] - y[0]);
        half = span > 0 ? span * (0.5 + MARGIN) : 1;
    }

    static XYChart of(float[] real, float[] generated, String title) {
        requirePoints(real, "real");
        requirePoints(generated, "generated");
        Require.that(real.length > 0, "real", "at least one point", "empty");
        ScatterChart frame = new ScatterChart(real);
        XYChart chart = frame.build(real, generated, title, WIDTH);
        // Only a drawn chart knows how much room its labels take: draw it, then give the plot the height it lacks.
        for (int round = 0; round < 3; round++) {
            BitmapEncoder.getBufferedImage(chart);
            double lacking = frame.plotWidth(chart) - frame.plotHeight(chart);
            if (Math.abs(lacking) < 1) {
                break;
            }
            chart = frame.build(real, generated, title, (int) Math.round(chart.getHeight() + lacking));
        }
        return chart;
    }

    /** Pixels of the horizontal span of a drawn chart. */
    private double plotWidth(XYChart chart) {
        return chart.getScreenXFromChart(centreX + half) - chart.getScreenXFromChart(centreX - half);
    }

    /** Pixels of the vertical span of a drawn chart; y grows downwards on the screen. */
    private double plotHeight(XYChart chart) {
        return chart.getScreenYFromChart(centreY - half) - chart.getScreenYFromChart(centreY + half);
    }

    private XYChart build(float[] real, float[] generated, String title, int height) {
        XYChart chart = ChartStyle.chart(WIDTH, height, title, "x", "y");
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        chart.getStyler().setMarkerSize(10);
        chart.getStyler().setYAxisTickMarkSpacingHint(chart.getStyler().getXAxisTickMarkSpacingHint());
        chart.getStyler().setXAxisMin(centreX - half);
        chart.getStyler().setXAxisMax(centreX + half);
        chart.getStyler().setYAxisMin(centreY - half);
        chart.getStyler().setYAxisMax(centreY + half);
        // Disks below crosses: shape tells them apart without colour, and real points show between generated ones.
        add(chart, "real", real, ChartStyle.translucent(ChartStyle.AXIS, 130)).setMarker(SeriesMarkers.CIRCLE);
        add(chart, "generated", generated, ChartStyle.translucent(ChartStyle.color(0), 170))
                .setMarker(CROSS);
        return chart;
    }

    private XYSeries add(XYChart chart, String name, float[] points, Color color) {
        double[] x = new double[points.length / 2];
        double[] y = new double[points.length / 2];
        int inside = 0;
        for (int i = 0; i < x.length; i++) {
            if (Math.abs(points[2 * i] - centreX) <= half && Math.abs(points[2 * i + 1] - centreY) <= half) {
                x[inside] = points[2 * i];
                y[inside++] = points[2 * i + 1];
            }
        }
        int outside = x.length - inside;
        String label = name + " (" + x.length + (outside == 0 ? "" : ", " + outside + " outside") + ")";
        if (inside == 0) { // XChart wants a point: one that cannot be seen keeps the name in the legend
            inside = 1;
            x = new double[] {Double.NaN};
            y = new double[] {Double.NaN};
        }
        XYSeries series = chart.addSeries(label, Arrays.copyOf(x, inside), Arrays.copyOf(y, inside));
        series.setMarkerColor(color);
        return series;
    }

    private static double[] range(float[] points, int axis) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = axis; i < points.length; i += 2) {
            low = Math.min(low, points[i]);
            high = Math.max(high, points[i]);
        }
        return new double[] {low, high};
    }

    private static void requirePoints(float[] points, String name) {
        if (points.length % 2 != 0) {
            throw new IllegalArgumentException(
                    name + " must be [points, 2], an even number of values, but held " + points.length);
        }
        for (int i = 0; i < points.length; i++) {
            Require.finite(name + "[" + i + "]", points[i]);
        }
    }
}
