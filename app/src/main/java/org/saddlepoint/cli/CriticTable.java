package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Critics, as a table in Markdown: a line a recipe, with mean and standard deviation over its seeds. */
final class CriticTable {
    /**
     * What one training gave.
     *
     * @param values by name, in the order of the columns
     */
    record Row(String recipe, long steps, long seed, boolean diverged, Map<String, Double> values) {
        @Override
        public String toString() {
            StringBuilder line = new StringBuilder(recipe + ", seed " + seed + (diverged ? ": diverged" : ":"));
            values.forEach(
                    (name, value) -> line.append(' ').append(name).append(' ').append(Numbers.figures(value)));
            return line.toString();
        }
    }

    private CriticTable() {}

    static List<String> of(List<Row> rows) {
        Map<String, List<Row>> byRecipe = new LinkedHashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Row row : rows) {
            byRecipe.computeIfAbsent(row.recipe() + " | " + row.steps(), key -> new ArrayList<>())
                    .add(row);
            columns.addAll(row.values().keySet());
        }
        List<String> lines = new ArrayList<>();
        lines.add("| recipe | steps | seeds | diverged | " + String.join(" | ", columns) + " |");
        lines.add("|---".repeat(4 + columns.size()) + "|");
        byRecipe.forEach((recipe, runs) -> {
            long diverged = runs.stream().filter(Row::diverged).count();
            StringBuilder line = new StringBuilder("| " + recipe + " | " + runs.size() + " | " + diverged + " |");
            for (String column : columns) {
                line.append(' ').append(meanAndDeviation(runs, column)).append(" |");
            }
            lines.add(line.toString());
        });
        return lines;
    }

    private static String meanAndDeviation(List<Row> runs, String column) {
        double[] values = runs.stream()
                .map(row -> row.values().get(column))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (values.length == 0) {
            return "";
        }
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        if (values.length == 1) {
            return Numbers.figures(mean);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Numbers.figures(mean) + " ± " + Numbers.figures(Math.sqrt(squares / (values.length - 1)));
    }
}
