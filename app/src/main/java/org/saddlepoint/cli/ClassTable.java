package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.saddlepoint.evaluation.Estimate;

/** The values of each class beside each other, a line a class and a column a metric. */
final class ClassTable {
    private static final int WIDEST_NAME = 24;
    private static final int WIDTH = 22;

    private ClassTable() {}

    /** The lines of the table; none if no estimate counts classes. */
    static List<String> of(Map<String, Estimate> estimates) {
        List<String> metrics = estimates.keySet().stream()
                .filter(name -> !column(estimates, name).isEmpty())
                .toList();
        if (metrics.isEmpty()) {
            return List.of();
        }
        List<String> classes = List.copyOf(column(estimates, metrics.get(0)).keySet());
        int width = Math.min(
                WIDEST_NAME,
                Math.max(
                        "class".length(),
                        classes.stream().mapToInt(String::length).max().orElse(0)));
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("  ").append(cell("class", width));
        metrics.forEach(name -> head.append("  ").append(cell(name, WIDTH)));
        lines.add(head.append("  samples").toString());
        for (String each : classes) {
            StringBuilder line = new StringBuilder("  ").append(cell(each, width));
            int generated = 0;
            for (String name : metrics) {
                Estimate.OfClass found = column(estimates, name).get(each);
                if (found != null) {
                    generated = found.generated();
                    line.append("  ")
                            .append(cell(
                                    Numbers.figures(found.value()) + " ± " + Numbers.figures(found.standardError()),
                                    WIDTH));
                }
            }
            lines.add(line.append("  ").append(generated).toString());
        }
        return lines;
    }

    private static Map<String, Estimate.OfClass> column(Map<String, Estimate> estimates, String name) {
        Estimate estimate = estimates.get(name);
        return estimate == null ? Map.of() : estimate.classes();
    }

    private static String cell(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }
}
