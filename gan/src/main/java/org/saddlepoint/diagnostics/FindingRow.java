package org.saddlepoint.diagnostics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.MetricsRow;

/** A finding as a line of {@code diagnosis.jsonl}, for programs; it is found again from the readings. */
public final class FindingRow {
    private static final String KIND = "kind";
    private static final String FINDING = "finding";

    private FindingRow() {}

    /** The line. */
    public static MetricsRow of(long step, Episode episode) {
        Finding finding = episode.finding();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put(KIND, FINDING);
        row.put("symptom", finding.symptom());
        row.put("severity", finding.severity().word());
        row.put("since", finding.since());
        row.put("line", finding.line(step));
        Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
        finding.evidence().forEach(each -> evidence.put(each.what(), each.value()));
        row.put("evidence", evidence);
        row.put("causes", finding.causes().stream().map(Cause::words).toList());
        return new MetricsRow(step, row);
    }

    /** Steps at which the lines of a file tell of findings, for marks on curves. */
    public static List<MetricsRow> all(List<MetricsRow> rows) {
        return rows.stream()
                .filter(row -> FINDING.equals(row.values().get(KIND)))
                .toList();
    }
}
