package org.saddlepoint.benchmarks.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Results as a table in Markdown, as lines of CSV, and in one line each. */
final class QualityTable {
    static final List<String> COLUMNS = List.of("fid", "kid", "precision", "recall", "density", "coverage");

    private QualityTable() {}

    /**
     * A number over some seeds.
     *
     * @param mean of the values
     * @param error standard error of the mean over seeds; of one seed, under another draw of samples
     */
    record Spread(double mean, double error) {
        static Spread of(List<CellResult.Value> values) {
            double mean = values.stream()
                    .mapToDouble(CellResult.Value::value)
                    .average()
                    .orElse(Double.NaN);
            int n = values.size();
            if (n < 2) {
                return new Spread(mean, n == 0 ? Double.NaN : values.get(0).standardError());
            }
            double squares = values.stream()
                    .mapToDouble(each -> (each.value() - mean) * (each.value() - mean))
                    .sum();
            return new Spread(mean, Math.sqrt(squares / (n - 1) / n));
        }
    }

    /** One row of the table: a method within a budget. */
    private record Row(String method, double minutes, List<CellResult> results) {
        List<CellResult> measured() {
            return results.stream().filter(each -> !each.points().isEmpty()).toList();
        }

        Spread spread(String name) {
            return Spread.of(measured().stream()
                    .map(each ->
                            each.points().get(each.points().size() - 1).values().get(name))
                    .filter(value -> value != null)
                    .toList());
        }

        long failed() {
            return results.stream()
                    .filter(each -> !each.end().equals(CellResult.DONE))
                    .count();
        }
    }

    private static List<Row> rows(List<CellResult> results) {
        Map<Map.Entry<Double, String>, List<CellResult>> groups = results.stream()
                .collect(Collectors.groupingBy(
                        each -> Map.entry(each.minutes(), each.method()), LinkedHashMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(each -> new Row(each.getKey().getValue(), each.getKey().getKey(), each.getValue()))
                .sorted(Comparator.comparingDouble(Row::minutes)
                        .thenComparingDouble(
                                row -> Double.isNaN(row.spread("fid").mean())
                                        ? Double.MAX_VALUE
                                        : row.spread("fid").mean())
                        .thenComparing(Row::method))
                .toList();
    }

    /** The table of what each method had at the end of each budget. */
    static List<String> markdown(List<CellResult> results) {
        List<String> lines = new ArrayList<>();
        lines.add(results.isEmpty() ? "nothing measured" : results.get(0).protocol());
        lines.add("");
        lines.add("| minutes | method | seeds | steps | FID | KID | precision | recall | density | coverage |");
        lines.add("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (Row row : rows(results)) {
            double steps = row.results().stream()
                    .mapToLong(CellResult::steps)
                    .average()
                    .orElse(0);
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d%s | %,.0f | %s | %s | %s | %s | %s | %s |",
                    CellKey.number(row.minutes()),
                    row.method(),
                    row.results().size(),
                    row.failed() == 0 ? "" : " (" + row.failed() + " not done)",
                    steps,
                    words(row.spread("fid"), "%.2f"),
                    words(row.spread("kid"), "%.3g"),
                    words(row.spread("precision"), "%.3f"),
                    words(row.spread("recall"), "%.3f"),
                    words(row.spread("density"), "%.3f"),
                    words(row.spread("coverage"), "%.3f")));
        }
        results.stream()
                .filter(each -> !each.end().equals(CellResult.DONE))
                .forEach(each -> lines.add("\n" + each.key() + ": " + each.end()));
        return lines;
    }

    private static String words(Spread spread, String number) {
        return Double.isNaN(spread.mean())
                ? "–"
                : String.format(Locale.ROOT, number, spread.mean()) + " ± "
                        + String.format(Locale.ROOT, number, spread.error());
    }

    /** Every evaluation. */
    static List<String> csv(List<CellResult> results) {
        List<String> lines = new ArrayList<>();
        lines.add("method,budget_minutes,seed,minutes,step,"
                + COLUMNS.stream().map(name -> name + "," + name + "_error").collect(Collectors.joining(",")));
        for (CellResult result : results) {
            for (CellResult.Point point : result.points()) {
                String numbers = COLUMNS.stream()
                        .map(name -> point.values().get(name))
                        .map(value -> value == null ? "," : value.value() + "," + value.standardError())
                        .collect(Collectors.joining(","));
                lines.add(String.format(
                        Locale.ROOT,
                        "%s,%s,%d,%.4f,%d,%s",
                        result.method(),
                        CellKey.number(result.minutes()),
                        result.seed(),
                        point.seconds() / 60,
                        point.step(),
                        numbers));
            }
        }
        return lines;
    }

    /** What one training gave. */
    static String line(CellResult result) {
        if (result.points().isEmpty()) {
            return result.key() + ": " + result.end();
        }
        return result.key() + ": "
                + result.points().stream()
                        .map(point -> {
                            CellResult.Value fid = point.values().get("fid");
                            return String.format(
                                    Locale.ROOT,
                                    "%.0f s FID %.2f",
                                    point.seconds(),
                                    fid == null ? Double.NaN : fid.value());
                        })
                        .collect(Collectors.joining(", "))
                + (result.end().equals(CellResult.DONE) ? "" : "; " + result.end());
    }
}
