package org.saddlepoint.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.saddlepoint.diagnostics.Diagnosis;
import org.saddlepoint.diagnostics.Page;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunManifest;

/** A comparison as one page, {@code comparison.md} and {@code comparison.html}, with figures; each whole or not at all. */
final class ComparisonPage {
    private static final String CURVES = "curves.png";

    private final Path folder;
    private final List<String> about;
    private final Map<String, List<ComparedRun>> byRecipe = new LinkedHashMap<>();
    private final List<String> estimates;

    /**
     * A page of the runs so far.
     *
     * @param folder of the comparison, in which the runs are
     * @param about what is compared, in sentences
     * @param decisive the estimate that comes first
     */
    ComparisonPage(Path folder, List<String> about, String decisive, List<ComparedRun> runs) {
        this.folder = folder;
        this.about = List.copyOf(about);
        Set<String> names = new LinkedHashSet<>();
        for (ComparedRun run : runs) {
            byRecipe.computeIfAbsent(run.recipe(), unknown -> new ArrayList<>()).add(run);
            names.addAll(run.curves().keySet());
        }
        List<String> ordered = new ArrayList<>();
        names.stream().filter(name -> name.equals(decisive)).forEach(ordered::add);
        names.stream().filter(name -> !name.equals(decisive)).forEach(ordered::add);
        estimates = List.copyOf(ordered);
    }

    /**
     * Writes page and figure.
     *
     * @throws RunException if a file cannot be written
     */
    void write() {
        Page page = new Page();
        page.heading(1, "Comparison of " + String.join(", ", byRecipe.keySet()));
        about.forEach(page::paragraph);
        page.heading(2, "At the end");
        page.paragraph(
                "Mean over the seeds ± its standard error. A run that diverged counts as that, and not in the means.");
        page.table(columns(), rows());
        differences(page);
        if (ComparisonCurves.write(byRecipe, estimates, folder.resolve(CURVES), folder.resolve("curves.svg"))) {
            page.heading(2, "On the way");
            page.picture(CURVES, "what was measured against the real examples seen, with bands of one standard error");
        }
        page.heading(2, "Samples");
        page.pictures(sheets());
        page.heading(2, "Diagnosis of each run");
        page.table(List.of("run", "ended", "verdict", "what is wrong"), diagnoses());
        page.paragraph(
                "Each run is kept: `saddlepoint evaluate`, `sample`, `resume` and `diagnose` take its folder, such as `"
                        + folder.resolve("runs") + "/…`.");
        try {
            AtomicFiles.writeString(folder.resolve("comparison.md"), page.markdown());
            AtomicFiles.writeString(folder.resolve("comparison.html"), page.html("Comparison"));
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    /** The table of the page, for people who read no pages. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| " + String.join(" | ", columns()) + " |");
        lines.add("|---".repeat(columns().size()) + "|");
        rows().forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
        return lines;
    }

    private List<String> columns() {
        List<String> columns =
                new ArrayList<>(List.of("recipe", "runs", "diverged", "failed", "steps", "examples seen"));
        columns.addAll(estimates);
        return columns;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        byRecipe.forEach((recipe, runs) -> {
            List<String> row = new ArrayList<>(List.of(
                    recipe,
                    Integer.toString(runs.size()),
                    Long.toString(runs.stream().filter(ComparedRun::hasDiverged).count()),
                    Long.toString(runs.stream()
                            .filter(run -> run.diagnosis().verdict() == Diagnosis.Verdict.FAILED)
                            .count()),
                    whole(runs, ComparedRun::steps),
                    whole(runs, run -> run.steps() * run.imagesPerStep())));
            estimates.forEach(estimate -> row.add(mean(values(runs, estimate), runs.size())));
            rows.add(row);
        });
        return rows;
    }

    /** Of each recipe the samples of its first run that has some. */
    private Map<String, String> sheets() {
        Map<String, String> sheets = new LinkedHashMap<>();
        byRecipe.values().forEach(runs -> runs.stream()
                .filter(run -> run.sheet().isPresent())
                .findFirst()
                .ifPresent(run -> run.sheet()
                        .ifPresent(sheet -> sheets.put(fromHere(sheet), run.recipe() + ", seed " + run.seed()))));
        return sheets;
    }

    private static double[] values(List<ComparedRun> runs, String estimate) {
        return runs.stream()
                .flatMap(run -> run.value(estimate).stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** The mean of what is counted. */
    private static String whole(List<ComparedRun> runs, ToLongFunction<ComparedRun> count) {
        return Long.toString(Math.round(runs.stream().mapToLong(count).average().orElse(0)));
    }

    /** With the standard error where there is one, and the number of values where it is below {@code of}. */
    private static String mean(double[] values, int of) {
        if (values.length == 0) {
            return "";
        }
        double error = PairedDifference.standardError(values);
        return Numbers.figures(Arrays.stream(values).average().orElse(Double.NaN))
                + (Double.isNaN(error) ? "" : " ± " + Numbers.figures(error))
                + (values.length < of ? " (" + values.length + " runs)" : "");
    }

    private void differences(Page page) {
        List<String> names = List.copyOf(byRecipe.keySet());
        int pairs = names.size() * (names.size() - 1) / 2;
        if (pairs == 0 || estimates.isEmpty()) {
            return;
        }
        page.heading(2, "Differences");
        page.paragraph(
                "Of each pair of recipes the first minus the second, paired by seed: mean ± standard error. What Student's"
                        + " t does not tell from 0 at a level of 0.05 for a whole column is called noise.");
        List<String> columns = new ArrayList<>(List.of("pair"));
        columns.addAll(estimates);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                List<String> row = new ArrayList<>(List.of(names.get(i) + " − " + names.get(j)));
                for (String estimate : estimates) {
                    row.add(difference(names.get(i), names.get(j), estimate, pairs)
                            .words());
                }
                rows.add(row);
            }
        }
        page.table(columns, rows);
    }

    private PairedDifference difference(String first, String second, String estimate, int pairs) {
        List<Double> ofFirst = new ArrayList<>();
        List<Double> ofSecond = new ArrayList<>();
        for (ComparedRun a : byRecipe.getOrDefault(first, List.of())) {
            for (ComparedRun b : byRecipe.getOrDefault(second, List.of())) {
                Optional<Double> x = a.value(estimate);
                Optional<Double> y = b.value(estimate);
                if (a.seed() == b.seed() && x.isPresent() && y.isPresent()) {
                    ofFirst.add(x.get());
                    ofSecond.add(y.get());
                }
            }
        }
        return PairedDifference.of(
                ofFirst.stream().mapToDouble(Double::doubleValue).toArray(),
                ofSecond.stream().mapToDouble(Double::doubleValue).toArray(),
                pairs);
    }

    private List<List<String>> diagnoses() {
        List<List<String>> rows = new ArrayList<>();
        byRecipe.values()
                .forEach(runs -> runs.forEach(run -> {
                    Diagnosis diagnosis = run.diagnosis();
                    rows.add(List.of(
                            "[" + run.folder().name() + "]("
                                    + fromHere(run.folder().path()) + "/diagnosis.html)",
                            run.outcome() == RunManifest.Outcome.DONE
                                    ? "whole"
                                    : run.outcome().name().toLowerCase(java.util.Locale.ROOT),
                            diagnosis.verdict().word(),
                            diagnosis.open().isEmpty()
                                    ? ""
                                    : diagnosis.open().get(0).finding().what()));
                }));
        return rows;
    }

    /** A link that Markdown and HTML take, whatever a user calls recipes. */
    private String fromHere(Path file) {
        String path = folder.toAbsolutePath()
                .relativize(file.toAbsolutePath())
                .toString()
                .replace('\\', '/');
        try {
            return new URI(null, null, path, null)
                    .toASCIIString()
                    .replace("(", "%28")
                    .replace(")", "%29");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no relative path: " + path, e);
        }
    }
}
