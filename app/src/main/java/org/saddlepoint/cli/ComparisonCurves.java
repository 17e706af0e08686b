package org.saddlepoint.cli;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.plot.MethodColours;
import org.saddlepoint.plot.Panel;

/** What was measured against the real examples seen: of each recipe the mean over its seeds, in a band of ± one standard error. */
final class ComparisonCurves {
    private static final int MOST_PANELS = 6;
    private static final double THOUSAND = 1000;

    private ComparisonCurves() {}

    /** Draws; answers whether there was anything to draw. */
    static boolean write(Map<String, List<ComparedRun>> byRecipe, List<String> estimates, Path png, Path svg) {
        List<Panel> panels = new ArrayList<>();
        for (String estimate : estimates.subList(0, Math.min(MOST_PANELS, estimates.size()))) {
            ChartPanel panel = ChartPanel.of(estimate, "real examples seen, thousands", "");
            boolean any = false;
            int number = 0;
            for (Map.Entry<String, List<ComparedRun>> each : byRecipe.entrySet()) {
                Color color = MethodColours.numbered(number++);
                Band band = Band.of(each.getValue(), estimate);
                if (band.x().length > 1) {
                    any = true;
                    panel = panel.line(each.getKey(), band.x(), band.mean(), color);
                    if (each.getValue().size() > 1) {
                        panel = panel.band(each.getKey() + " ± standard error", band.x(), band.low(), band.high())
                                .in(color);
                    }
                }
            }
            if (any) {
                panels.add(panel);
            }
        }
        if (panels.isEmpty()) {
            return false;
        }
        new Figure("What was measured while they trained", Math.min(2, panels.size()), panels).write(png, svg);
        return true;
    }

    /** Mean and standard error along a curve. */
    record Band(double[] x, double[] mean, double[] low, double[] high) {
        /** Along what all have reached that did not diverge: those end early, and count as diverged alone. */
        static Band of(List<ComparedRun> runs, String estimate) {
            List<TreeMap<Double, Double>> curves = runs.stream()
                    .filter(run -> !run.hasDiverged())
                    .filter(run -> run.curves().containsKey(estimate))
                    .map(run -> inThousands(run, estimate))
                    .toList();
            double[] x = curves.stream()
                    .min(java.util.Comparator.comparingInt(TreeMap::size))
                    .map(shortest -> shortest.keySet().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray())
                    .orElse(new double[0]);
            double[] mean = new double[x.length];
            double[] low = new double[x.length];
            double[] high = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                double at = x[i];
                double[] values =
                        curves.stream().mapToDouble(curve -> between(curve, at)).toArray();
                double error = PairedDifference.standardError(values);
                mean[i] = Arrays.stream(values).average().orElse(Double.NaN);
                low[i] = mean[i] - (Double.isNaN(error) ? 0 : error);
                high[i] = mean[i] + (Double.isNaN(error) ? 0 : error);
            }
            return new Band(x, mean, low, high);
        }

        private static TreeMap<Double, Double> inThousands(ComparedRun run, String estimate) {
            TreeMap<Double, Double> curve = new TreeMap<>();
            run.curves()
                    .getOrDefault(estimate, new TreeMap<>())
                    .forEach((step, value) -> curve.put(step * run.imagesPerStep() / THOUSAND, value));
            return curve;
        }

        /** The straight line between the points on either side; beyond the ends, the end. */
        private static double between(TreeMap<Double, Double> curve, double at) {
            Map.Entry<Double, Double> below = curve.floorEntry(at);
            Map.Entry<Double, Double> above = curve.ceilingEntry(at);
            if (below == null) {
                return curve.firstEntry().getValue();
            }
            if (above == null) {
                return curve.lastEntry().getValue();
            }
            double width = above.getKey() - below.getKey();
            double share = width > 0 ? (at - below.getKey()) / width : 0;
            return below.getValue() + share * (above.getValue() - below.getValue());
        }
    }
}
