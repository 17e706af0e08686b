package org.saddlepoint.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.saddlepoint.training.WritePatience;

/** Tells the user that training waits for the disk. */
final class FullDisk implements WritePatience.Told {
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    /** Someone may look at a terminal some day; a job without one should not hold its machine for ever. */
    private static final Duration LIMIT = Progress.TERMINAL ? Duration.ofDays(365) : Duration.ofHours(1);

    private final Reporter reporter;
    private final Progress progress;

    private FullDisk(Reporter reporter, Progress progress) {
        this.reporter = reporter;
        this.progress = progress;
    }

    /** Waits until a stop is asked for, without a terminal at most an hour. */
    static WritePatience patience(Reporter reporter, Progress progress, BooleanSupplier stop) {
        return new WritePatience(BETWEEN, LIMIT, stop, new FullDisk(reporter, progress));
    }

    @Override
    public void paused(String reason) {
        progress.paused();
        reporter.note("paused: " + reason + "; make room, or mend it: this is tried again every " + BETWEEN.toSeconds()
                + " s, and training then goes on; Ctrl-C ends it, at the last checkpoint");
        reporter.event("paused", Reporter.values("reason", reason));
    }

    @Override
    public void goesOn(Duration waited) {
        reporter.note("going on after a pause of " + Progress.duration(waited.toSeconds()));
        reporter.event("goesOn", Reporter.values("seconds", waited.toSeconds()));
    }
}
