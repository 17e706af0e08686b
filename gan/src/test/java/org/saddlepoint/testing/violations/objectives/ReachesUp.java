package org.saddlepoint.testing.violations.objectives;

import org.saddlepoint.testing.violations.training.Loop;

/** Layer 3 that knows layer 4, and so closes a circle. */
public final class ReachesUp {
    /** What it should not know. */
    public Loop loop() {
        return new Loop();
    }
}
