package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SkippedSummary;
import org.saddlepoint.data.inspection.Advice;
import org.saddlepoint.data.inspection.Finding;
import org.saddlepoint.data.inspection.Inspection;

/**
 * What an inspection found, in lines or as JSON.
 *
 * @param data what was looked at
 * @param found what was found
 */
record InspectionReport(Dataset data, Inspection found) {
    private static final int WIDEST_BAR = 40;
    private static final int WIDEST_NAME = 24;

    /** Classes that are listed at most. */
    private static final int MOST_CLASSES = 200;

    /** As names and values, for JSON. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", data.name());
        values.put("examples", found.examples());
        values.put("shape", Arrays.stream(data.shape().dimensions()).boxed().toList());
        values.put("classes", found.classes());
        values.put("vectors", found.ranges());
        values.put("notes", data.notes());
        values.put("warnings", warnings());
        values.put("findings", found.findings().stream().map(Finding::values).toList());
        values.put(
                "advice", found.advice().stream().map(InspectionReport::values).toList());
        values.put("leftOut", SkippedSummary.lines(data.skipped()));
        values.put("skipped", data.faults().stream().map(Skipped::toString).toList());
        values.put("fingerprint", data.fingerprint());
        return values;
    }

    private static Map<String, Object> values(Advice advice) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", advice.text());
        values.put("command", advice.command().orElse(null));
        return values;
    }

    private List<String> warnings() {
        return Stream.concat(
                        data.warnings().stream(),
                        found.findings().stream()
                                .filter(finding -> finding.count() > 0)
                                .map(Finding::line))
                .toList();
    }

    /** For people, line by line, with a bar for each class. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %,d %s, %s",
                data.name(),
                found.examples(),
                found.examples() == 1 ? "example" : "examples",
                data.shape()));
        data.notes().forEach(note -> lines.add("  " + note));
        lines.addAll(classes());
        found.ranges()
                .forEach((name, range) ->
                        lines.add("  number " + name + ": from " + range.get(0) + " to " + range.get(1)));
        SkippedSummary.lines(data.skipped()).forEach(line -> lines.add("  left out: " + line));
        List<String> warnings = warnings();
        lines.add(warnings.isEmpty() ? "nothing found that hurts training" : "found:");
        warnings.forEach(warning -> lines.add("  " + warning));
        List<Advice> advice = found.advice();
        if (!advice.isEmpty()) {
            lines.add("what to do, what helps most first:");
        }
        for (int i = 0; i < advice.size(); i++) {
            lines.add("  " + (i + 1) + ". " + advice.get(i).text()
                    + advice.get(i).command().map(command -> ": " + command).orElse(""));
        }
        lines.add("fingerprint " + data.fingerprint());
        return lines;
    }

    private List<String> classes() {
        Map<String, Integer> classes = found.classes();
        List<String> lines = new ArrayList<>();
        int largest = classes.values().stream().mapToInt(i -> i).max().orElse(0);
        int width = Math.min(
                WIDEST_NAME,
                classes.keySet().stream().mapToInt(String::length).max().orElse(0));
        classes.entrySet().stream().limit(MOST_CLASSES).forEach(each -> {
            int bar = (int) Math.ceil(WIDEST_BAR * (double) each.getValue() / Math.max(1, largest));
            lines.add(String.format(
                            Locale.ROOT,
                            "  class %-" + width + "s %,7d %s",
                            each.getKey(),
                            each.getValue(),
                            "#".repeat(bar))
                    .stripTrailing());
        });
        if (classes.size() > MOST_CLASSES) {
            lines.add("  and " + (classes.size() - MOST_CLASSES) + " classes more; --json lists all");
        }
        return lines;
    }
}
