package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.SkippedSummary;
import org.saddlepoint.data.inspection.Selection;
import org.saddlepoint.data.inspection.Selection.Reason;
import org.saddlepoint.input.ShellWord;

/**
 * What was kept of a data set, and what was dropped.
 *
 * @param data it was taken from
 * @param selection what was kept
 * @param output the zip
 */
record Preparation(Dataset data, Selection selection, Path output) {

    /** @throws DataException if nothing is kept */
    void requireSome() {
        if (selection.kept().isEmpty()) {
            throw new DataException("none of the " + total() + " pictures of " + data.name() + " can be kept: "
                    + String.join(", ", reasons())
                    + (data.faults().isEmpty() ? "" : "; " + String.join("; ", SkippedSummary.lines(data.faults()))));
        }
    }

    private Map<Reason, Integer> dropped() {
        Map<Reason, Integer> dropped = new EnumMap<>(Reason.class);
        dropped.putAll(selection.dropped());
        int skipped = data.faults().size(); // with those that were no pictures by their first bytes
        if (skipped > 0) {
            dropped.put(Reason.DAMAGED, skipped);
        }
        return dropped;
    }

    private int total() {
        return selection.kept().size()
                + dropped().values().stream().mapToInt(i -> i).sum();
    }

    private List<String> reasons() {
        String size = String.valueOf(data.shape().images().get(0).width());
        List<String> reasons = new ArrayList<>();
        dropped()
                .forEach((reason, count) -> reasons.add(String.format(Locale.ROOT, "%,d ", count)
                        + switch (reason) {
                            case DAMAGED -> "damaged or not read";
                            case SMALL -> "smaller than " + size + "x" + size + " (--upscale enlarges them)";
                            case EXACT_COPY -> count == 1 ? "exact copy" : "exact copies";
                            case NEAR_COPY ->
                                (count == 1 ? "near-duplicate" : "near-duplicates")
                                        + " (--keep-near-duplicates keeps them)";
                        }));
        return reasons;
    }

    /** What was kept, what was dropped and why, and the next command; one line each. */
    List<String> lines(ExampleShape shape) {
        List<String> lines = new ArrayList<>();
        int kept = selection.kept().size();
        lines.add(
                String.format(Locale.ROOT, "kept %,d of %,d pictures of %s, as %s", kept, total(), data.name(), shape));
        if (total() > kept) {
            lines.add("dropped " + String.join(", ", reasons()));
            SkippedSummary.lines(data.faults()).forEach(line -> lines.add("  " + line));
        }
        if (!data.classNames().isEmpty()) {
            lines.add("labels of " + data.classNames().size()
                    + (data.classNames().size() == 1 ? " class" : " classes") + " are in dataset.json");
        }
        if (!data.vectorNames().isEmpty()) {
            String names = String.join(", ", data.vectorNames());
            lines.add(
                    data.classNames().isEmpty()
                            ? "the numbers " + names + " are the labels in dataset.json, without their names"
                            : "not kept, since the layout has no place for numbers beside classes: " + names);
        }
        lines.add("they are in " + output);
        lines.add("train with: saddlepoint train --data " + ShellWord.quote(output.toString()));
        return lines;
    }

    /** The same as names and values, for JSON. */
    Map<String, Object> values(ExampleShape shape) {
        Map<String, Integer> dropped = new LinkedHashMap<>();
        for (Reason reason : Reason.values()) {
            dropped.put(
                    reason.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    dropped().getOrDefault(reason, 0));
        }
        return Reporter.values(
                "out",
                output.toString(),
                "kept",
                selection.kept().size(),
                "dropped",
                dropped,
                "shape",
                shape.dimensions(),
                "classes",
                data.classNames());
    }
}
