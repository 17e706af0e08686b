package org.saddlepoint.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;

/** Contour lines on a grid, by marching triangles: each cell is cut into two triangles, where a level is one segment. */
final class Contours {
    private static final Color LOW = new Color(0x1D4ED8);
    private static final Color MIDDLE = new Color(0xA8A29E);
    private static final Color HIGH = new Color(0xEA580C);

    private final double[][] field;
    private final double half;

    private Contours(double[][] field, double half) {
        this.field = field;
        this.half = half;
    }

    static void draw(XYChart chart, String name, double[][] field, double half, int levels) {
        double[] sorted = Arrays.stream(field)
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return;
        }
        Contours contours = new Contours(field, half);
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        for (int i = 0; i < levels; i++) {
            double share = (i + 0.5) / levels;
            List<double[]> segments = contours.segments(low + share * (high - low));
            if (segments.isEmpty()) {
                continue;
            }
            double[] x = new double[3 * segments.size()];
            double[] y = new double[x.length];
            for (int k = 0; k < segments.size(); k++) {
                double[] segment = segments.get(k);
                x[3 * k] = segment[0];
                y[3 * k] = segment[1];
                x[3 * k + 1] = segment[2];
                x[3 * k + 2] = segment[2];
                y[3 * k + 1] = segment[3];
                y[3 * k + 2] = Double.NaN; // a gap before the next segment
            }
            boolean named = i == levels / 2;
            String label = String.format(Locale.ROOT, "%s (%.3g to %.3g)", name, low, high);
            ChartStyle.addLine(chart, named ? label : name + " " + i, x, y, color(share), ChartStyle.stroke(2.2f))
                    .setShowInLegend(named);
        }
    }

    private List<double[]> segments(double level) {
        List<double[]> segments = new ArrayList<>();
        int n = field.length;
        for (int row = 0; row + 1 < n; row++) {
            for (int column = 0; column + 1 < n; column++) {
                int[][] corners = {{row, column}, {row, column + 1}, {row + 1, column + 1}, {row + 1, column}};
                cut(corners[0], corners[1], corners[2], level, segments);
                cut(corners[0], corners[2], corners[3], level, segments);
            }
        }
        return segments;
    }

    private void cut(int[] a, int[] b, int[] c, double level, List<double[]> segments) {
        double[] ends = new double[4];
        int found = 0;
        for (int[][] edge : new int[][][] {{a, b}, {b, c}, {c, a}}) {
            double from = field[edge[0][0]][edge[0][1]];
            double to = field[edge[1][0]][edge[1][1]];
            if (from < level != to < level && found < 4) {
                double share = (level - from) / (to - from);
                ends[found++] = position(edge[0][1] + share * (edge[1][1] - edge[0][1]));
                ends[found++] = position(edge[0][0] + share * (edge[1][0] - edge[0][0]));
            }
        }
        if (found == 4) {
            segments.add(ends);
        }
    }

    private double position(double index) {
        return -half + 2 * half * index / (field.length - 1);
    }

    private static Color color(double share) {
        return share < 0.5 ? between(LOW, MIDDLE, 2 * share) : between(MIDDLE, HIGH, 2 * share - 1);
    }

    private static Color between(Color from, Color to, double share) {
        return new Color(
                (int) Math.round(from.getRed() + share * (to.getRed() - from.getRed())),
                (int) Math.round(from.getGreen() + share * (to.getGreen() - from.getGreen())),
                (int) Math.round(from.getBlue() + share * (to.getBlue() - from.getBlue())));
    }
}
