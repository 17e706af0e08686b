package org.saddlepoint.studio.runs;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A run as one line of a list.
 *
 * @param id its path below the folder of runs
 * @param state what it is doing
 * @param kind {@code points}, {@code pictures} or {@code translation}
 * @param recipe its name
 * @param data the name of what it learns from
 * @param step how far it is
 * @param steps how far it goes; 0 if that is not known
 * @param secondsLeft until its end at its present speed; null if that is not known
 * @param started in milliseconds since 1970
 * @param updated when anything was last written, in milliseconds since 1970
 * @param sample the step of its newest sheet of samples; null if it has none
 * @param metric its newest evaluation; null if it has none
 * @param finding the newest that its diagnosis found; null if nothing
 * @param note what its user wrote; empty if nothing
 * @param damage why it cannot be shown; null if it can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunSummary(
        String id,
        String state,
        String kind,
        String recipe,
        String data,
        long step,
        long steps,
        @Nullable Long secondsLeft,
        long started,
        long updated,
        @Nullable Long sample,
        @Nullable Metric metric,
        @Nullable Finding finding,
        String note,
        @Nullable String damage) {

    /** An estimate with its standard error. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Metric(String name, double value, @Nullable Double error, long step) {}

    /** What a diagnosis says. */
    record Finding(String severity, String line, long step) {}

    static RunSummary damaged(String id, long updated, String why) {
        return new RunSummary(
                id, RunState.DAMAGED.word(), "", "", "", 0, 0, null, updated, updated, null, null, null, "", why);
    }
}
