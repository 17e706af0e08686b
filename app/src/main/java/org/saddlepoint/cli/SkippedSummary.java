package org.saddlepoint.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Skipped;

/** What was left out of a dataset, in one line however many there are. */
final class SkippedSummary {
    private static final int NAMED = 3;

    private SkippedSummary() {}

    /** For example: 2 files of folder photos were left out: a.png (cut off), b.png (no image). Empty for none. */
    static String of(Dataset dataset) {
        List<Skipped> all = dataset.skipped();
        if (all.isEmpty()) {
            return "";
        }
        String named = all.stream()
                .limit(NAMED)
                .map(skipped -> skipped.name() + " (" + skipped.reason() + ")")
                .collect(Collectors.joining(", "));
        String more = all.size() > NAMED ? ", and " + (all.size() - NAMED) + " more" : "";
        return (all.size() == 1 ? "1 file of " : all.size() + " files of ") + dataset.name()
                + (all.size() == 1 ? " is" : " are") + " left out: " + named + more;
    }
}
