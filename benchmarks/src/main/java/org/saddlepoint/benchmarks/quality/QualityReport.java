package org.saddlepoint.benchmarks.quality;

import java.util.List;

/**
 * What a comparison gave.
 *
 * @param table lines in Markdown
 * @param results of each training
 */
public record QualityReport(List<String> table, List<CellResult> results) {
    public QualityReport {
        table = List.copyOf(table);
        results = List.copyOf(results);
    }
}
