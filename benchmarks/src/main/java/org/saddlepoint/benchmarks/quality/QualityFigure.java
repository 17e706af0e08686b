package org.saddlepoint.benchmarks.quality;

import java.awt.Color;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.plot.MethodColours;

/**
 * Quality against minutes: a line for each method and budget on its way (the mean over seeds), or a point where there is one
 * evaluation; one colour a method.
 */
final class QualityFigure {
    /** From this ratio of the longest to the shortest time on, the axis of time is logarithmic. */
    private static final double WIDE = 12;

    private QualityFigure() {}

    static void write(List<CellResult> results, Path png, Path svg) {
        List<CellResult> measured =
                results.stream().filter(each -> !each.points().isEmpty()).toList();
        if (measured.isEmpty()) {
            return;
        }
        ChartPanel fid =
                ChartPanel.of("FID (lower is better)", "minutes", "FID").logY();
        ChartPanel coverage = ChartPanel.of("coverage (higher is better)", "minutes", "coverage");
        DoubleSummaryStatistics seconds = measured.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(CellResult.Point::seconds)
                .summaryStatistics();
        if (seconds.getMax() > WIDE * seconds.getMin()) {
            fid = fid.logX();
            coverage = coverage.logX();
        }
        List<String> methods =
                measured.stream().map(CellResult::method).distinct().sorted().toList();
        for (String method : methods) {
            Color color = MethodColours.numbered(methods.indexOf(method));
            List<CellResult> own = measured.stream()
                    .filter(each -> each.method().equals(method))
                    .toList();
            fid = draw(fid, method, own, "fid", color);
            coverage = draw(coverage, method, own, "coverage", color);
        }
        new Figure("Quality after minutes of training", 2, List.of(fid, coverage)).write(png, svg);
    }

    private static ChartPanel draw(
            ChartPanel chart, String method, List<CellResult> results, String metric, Color color) {
        ChartPanel drawn = chart;
        TreeSet<Double> budgets = new TreeSet<>();
        results.forEach(each -> budgets.add(each.minutes()));
        for (double budget : budgets) {
            List<CellResult> group =
                    results.stream().filter(each -> each.minutes() == budget).toList();
            int points =
                    group.stream().mapToInt(each -> each.points().size()).min().orElse(0);
            double[] minutes = new double[points];
            double[] values = new double[points];
            for (int i = 0; i < points; i++) {
                int index = i;
                minutes[i] = mean(group, each -> at(each, index, points).seconds() / 60);
                values[i] = mean(group, each -> {
                    CellResult.Value value = at(each, index, points).values().get(metric);
                    return value == null ? Double.NaN : value.value();
                });
            }
            String name = budgets.size() == 1 ? method : method + ", " + CellKey.number(budget) + " min";
            drawn = points == 1 ? drawn.points(name, minutes, values, color) : drawn.line(name, minutes, values, color);
        }
        return drawn;
    }

    /** The points of trainings are aligned at their ends, since a slow start leaves out the first ones. */
    private static CellResult.Point at(CellResult result, int index, int points) {
        return result.points().get(result.points().size() - points + index);
    }

    private static double mean(List<CellResult> group, ToDoubleFunction<CellResult> number) {
        return group.stream().mapToDouble(number).average().orElse(Double.NaN);
    }
}
