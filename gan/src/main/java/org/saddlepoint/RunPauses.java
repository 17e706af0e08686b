package org.saddlepoint;

import java.time.Duration;
import org.saddlepoint.training.WritePatience;

/** Tells a listener of writes that fail and are tried again after a time. */
record RunPauses(RunListener listener, Duration between) implements WritePatience.Told {
    @Override
    public void paused(String reason) {
        listener.onPause(reason, between);
    }

    @Override
    public void goesOn(Duration waited) {
        listener.onGoesOn(waited);
    }
}
