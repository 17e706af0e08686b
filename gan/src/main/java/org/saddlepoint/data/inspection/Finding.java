package org.saddlepoint.data.inspection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What one check found in a data set; it may be nothing.
 *
 * @param kind a name for programs, such as {@code exact-copies}
 * @param label the same for people, such as {@code exact copies of another picture}
 * @param of how many were checked
 * @param affected those with the fault, the worst first
 * @param numbers further numbers by name
 * @param advice what to do; empty if nothing was found or nothing can be done
 */
public record Finding(
        String kind,
        String label,
        int of,
        List<Affected> affected,
        Map<String, Object> numbers,
        Optional<Advice> advice) {

    private static final int NAMED = 3;

    /**
     * One picture, class or file with the fault.
     *
     * @param name what the user calls it
     * @param note what is said of it in brackets; may be empty
     * @param index of the example; empty if it is none
     * @param other an example to see beside it; empty if there is none
     */
    public record Affected(String name, String note, OptionalInt index, OptionalInt other) {
        @Override
        public String toString() {
            return note.isEmpty() ? name : name + " (" + note + ")";
        }
    }

    /** Copies the collections. */
    public Finding {
        affected = List.copyOf(affected);
        numbers = Map.copyOf(numbers);
    }

    /** The same of one of several sets of pictures. */
    Finding in(String title) {
        if (title.isEmpty()) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(numbers);
        more.put("in", title);
        return new Finding(kind, "in " + title + ", " + label, of, affected, more, advice);
    }

    /** How many have the fault. */
    public int count() {
        return affected.size();
    }

    /** Their share of those that were checked, 0 to 1. */
    public double share() {
        return of == 0 ? 0 : (double) count() / of;
    }

    /** In one line, with the worst few by name, such as {@code blurred: 2 of 100 (2.0 %), such as a.png, b.png}. */
    public String line() {
        String named = affected.stream().limit(NAMED).map(Affected::toString).collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s: %,d of %,d (%s)%s %s",
                label,
                count(),
                of,
                percent(share()),
                count() > NAMED ? ", such as" : ":",
                named);
    }

    /** A share with one decimal, or {@code < 0.1 %}. */
    static String percent(double share) {
        return share > 0 && share < 0.001 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** All of it as names and values, for JSON. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kind", kind);
        values.put("count", count());
        values.put("of", of);
        values.put("share", share());
        numbers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> values.put(each.getKey(), each.getValue()));
        values.put("names", affected.stream().map(Affected::name).toList());
        return values;
    }
}
