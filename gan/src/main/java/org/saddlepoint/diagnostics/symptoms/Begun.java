package org.saddlepoint.diagnostics.symptoms;

import java.util.Arrays;
import org.saddlepoint.diagnostics.Signal;
import org.saddlepoint.diagnostics.Signals;

/** Whether a generator has learned anything: what initial weights draw has neither collapsed nor dropped modes. */
final class Begun {
    private static final double MOVED = 0.5;

    private Begun() {}

    /** Whether samples had moved by half of the distance between real ones up to a step, in all. */
    static boolean by(long step, Signals signals) {
        double[] moved = signals.series(Signal.MOVEMENT).until(step).values();
        return Arrays.stream(moved).sum() > MOVED;
    }
}
