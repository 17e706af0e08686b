package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.Skipped;

/**
 * What one pass over all examples shows.
 *
 * @param data what was looked at
 * @param good examples that can be read
 * @param classes good examples of each class, by name
 * @param least smallest value of each number of the vectors, by name
 * @param most largest value
 * @param greys how many images of pairs are grey
 */
record DataInspection(
        Dataset data,
        int good,
        Map<String, Integer> classes,
        Map<String, Float> least,
        Map<String, Float> most,
        GreyHalves greys) {
    /** So many times more examples in one class than in another are worth a warning. */
    private static final int UNEQUAL = 10;

    /** Fewer examples teach nothing of a class but themselves. */
    private static final int FEWEST = 2;

    private static final int WIDEST_BAR = 40;
    private static final int WIDEST_NAME = 24;

    /** Classes that are listed or named at most. */
    private static final int MOST_LISTED = 200;

    private static final int MOST_NAMED = 5;

    /** Reads every example once. */
    static DataInspection of(Dataset data) {
        int[] perClass = new int[data.classNames().size()];
        List<String> names = data.vectorNames();
        Map<String, Float> least = new LinkedHashMap<>();
        Map<String, Float> most = new LinkedHashMap<>();
        GreyHalves greys = GreyHalves.NONE;
        Optional<PairShape> pair = data.shape().pair();
        int good = 0;
        float[] example = new float[data.shape().elements()];
        float[] vector = new float[names.size()];
        for (int i = 0; i < data.size(); i++) {
            try {
                data.read(i, example, 0);
                good++;
                greys = pair.isPresent() ? greys.plus(pair.get(), example) : greys;
                data.label(i).ifPresent(label -> perClass[label]++);
                data.readVector(i, vector, 0);
                for (int n = 0; n < vector.length; n++) {
                    least.merge(names.get(n), vector[n], Math::min);
                    most.merge(names.get(n), vector[n], Math::max);
                }
            } catch (DamagedExampleException e) {
                // Counted and named among the skipped ones.
            }
        }
        Map<String, Integer> classes = new LinkedHashMap<>();
        for (int c = 0; c < perClass.length; c++) {
            classes.put(data.classNames().get(c), perClass[c]);
        }
        return new DataInspection(data, good, classes, least, most, greys);
    }

    /** What makes learning these classes hard; empty if nothing does. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        List<String> few = classes.entrySet().stream()
                .filter(each -> each.getValue() < FEWEST)
                .map(each -> each.getKey() + " (" + each.getValue() + ")")
                .toList();
        if (!few.isEmpty()) {
            warnings.add((few.size() == 1 ? "1 class has" : few.size() + " classes have") + " fewer than " + FEWEST
                    + " examples: " + few.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                    + (few.size() > MOST_NAMED ? " and " + (few.size() - MOST_NAMED) + " more" : "")
                    + "; a generator can only repeat them: give more, or leave such classes out");
        }
        Map.Entry<String, Integer> small = null;
        Map.Entry<String, Integer> large = null;
        for (Map.Entry<String, Integer> each : classes.entrySet()) {
            small = each.getValue() > 0 && (small == null || each.getValue() < small.getValue()) ? each : small;
            large = large == null || each.getValue() > large.getValue() ? each : large;
        }
        if (small != null && large != null && large.getValue() >= UNEQUAL * small.getValue()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the classes are very unequal: %s has %,d examples and %s %,d; rare classes will be learnt worse,"
                            + " unless training draws the classes equally often",
                    large.getKey(),
                    large.getValue(),
                    small.getKey(),
                    small.getValue()));
        }
        warnings.addAll(data.warnings());
        data.shape().pair().ifPresent(pair -> warnings.addAll(greys.warnings(pair, good)));
        return warnings;
    }

    private List<String> notes() {
        return data.notes();
    }

    /** As names and values, for JSON. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", data.name());
        values.put("examples", good);
        values.put("shape", Arrays.stream(data.shape().dimensions()).boxed().toList());
        values.put("classes", classes);
        Map<String, List<Float>> ranges = new LinkedHashMap<>();
        least.forEach((name, low) -> ranges.put(name, List.of(low, most.getOrDefault(name, low))));
        values.put("vectors", ranges);
        values.put("notes", notes());
        values.put("warnings", warnings());
        values.put("skipped", skipped());
        values.put("fingerprint", data.fingerprint());
        return values;
    }

    /** For people, line by line, with a bar for each class. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s: %,d examples, %s", data.name(), good, data.shape()));
        notes().forEach(note -> lines.add("  " + note));
        int largest = classes.values().stream().mapToInt(i -> i).max().orElse(0);
        int width = Math.min(
                WIDEST_NAME,
                classes.keySet().stream().mapToInt(String::length).max().orElse(0));
        classes.entrySet().stream().limit(MOST_LISTED).forEach(each -> {
            int bar = (int) Math.ceil(WIDEST_BAR * (double) each.getValue() / Math.max(1, largest));
            lines.add(String.format(
                            Locale.ROOT,
                            "  class %-" + width + "s %,7d %s",
                            each.getKey(),
                            each.getValue(),
                            "#".repeat(bar))
                    .stripTrailing());
        });
        if (classes.size() > MOST_LISTED) {
            lines.add("  and " + (classes.size() - MOST_LISTED) + " classes more; --json lists all");
        }
        least.forEach(
                (name, low) -> lines.add("  number " + name + ": from " + low + " to " + most.getOrDefault(name, low)));
        skipped().forEach(file -> lines.add("  left out: " + file));
        warnings().forEach(warning -> lines.add("warning: " + warning));
        lines.add("fingerprint " + data.fingerprint());
        return lines;
    }

    private List<String> skipped() {
        return data.skipped().stream().map(Skipped::toString).toList();
    }
}
