package org.saddlepoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.diagnostics.Pace;
import org.saddlepoint.input.Require;
import org.saddlepoint.run.MetricsRow;

/**
 * How a run is diagnosed. It is the first line of {@code diagnosis.jsonl}, so that {@code resume} goes on with it; that is of step
 * 0, and so stays when a run returns to a checkpoint.
 *
 * @param onFailure what is done about findings
 * @param every steps from one reading to the next; 0 for as often as 2 % of the time allow
 */
public record DiagnosisPlan(OnFailure onFailure, long every) {
    /** Tells of findings, in 2 % of the time. */
    public static final DiagnosisPlan DEFAULT = new DiagnosisPlan(OnFailure.REPORT, 0);

    private static final String EVERY = "every";
    private static final String KIND = "kind";
    private static final String PLAN = "plan";
    private static final String ACTION = "action";
    private static final String ON_FAILURE = "onFailure";

    /** @throws IllegalArgumentException if every is negative */
    public DiagnosisPlan {
        Require.atLeast(0, "every", every);
    }

    /** The same with another choice for what is found. */
    DiagnosisPlan onFailure(OnFailure value) {
        return new DiagnosisPlan(value, every);
    }

    /** When readings are due in a training of so many steps. */
    Pace pace(long steps) {
        return every == 0 ? Pace.ByCost.of(steps) : new Pace.Fixed(every);
    }

    MetricsRow row() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put(KIND, PLAN);
        row.put(ON_FAILURE, onFailure.word());
        row.put(EVERY, every);
        return new MetricsRow(0, row);
    }

    /** The plan of a file; off where it has none, as before there were diagnoses. */
    static DiagnosisPlan of(List<MetricsRow> rows) {
        return rows.stream()
                .filter(row -> PLAN.equals(row.values().get(KIND)))
                .reduce((earlier, later) -> later) // resume may have been given another choice
                .flatMap(row -> OnFailure.of(String.valueOf(row.values().get(ON_FAILURE)))
                        .map(word ->
                                new DiagnosisPlan(word, (long) row.number(EVERY).orElse(0))))
                .orElse(new DiagnosisPlan(OnFailure.OFF, 0));
    }

    /** How often a run acted on what was found. */
    static int actions(List<MetricsRow> rows) {
        return (int) rows.stream()
                .filter(row -> ACTION.equals(row.values().get(KIND)))
                .count();
    }

    /** The line of an act: of step 0 too, so that none is forgotten by a later return. */
    static MetricsRow action(Remediation done) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put(KIND, ACTION);
        row.put("foundAt", done.foundAt());
        row.put("wentOnFrom", done.from());
        row.put("symptom", done.symptom());
        row.put("remedy", done.remedy());
        row.put("settings", new LinkedHashMap<String, @Nullable Object>(done.settings()));
        return new MetricsRow(0, row);
    }
}
