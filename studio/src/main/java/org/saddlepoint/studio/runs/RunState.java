package org.saddlepoint.studio.runs;

import java.util.Locale;
import org.saddlepoint.run.RunManifest;

/** What a run is doing. */
enum RunState {
    /** A process trains it. */
    TRAINING,
    /** All steps are done. */
    DONE,
    /** Its user stopped it. */
    STOPPED,
    /** A loss or a weight became NaN or infinite. */
    DIVERGED,
    /** An error ended it. */
    FAILED,
    /** It says that it trains, but its process is gone. */
    KILLED,
    /** Its run.json cannot be read. */
    DAMAGED;

    /** The state that a manifest tells of, where the run is not known to be alive. */
    static RunState of(RunManifest.Outcome outcome, boolean alive) {
        return switch (outcome) {
            case RUNNING -> alive ? TRAINING : KILLED;
            case DONE -> alive ? TRAINING : DONE;
            case INTERRUPTED -> alive ? TRAINING : STOPPED;
            case DIVERGED -> alive ? TRAINING : DIVERGED;
            case FAILED -> alive ? TRAINING : FAILED;
        };
    }

    /** In JSON. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
