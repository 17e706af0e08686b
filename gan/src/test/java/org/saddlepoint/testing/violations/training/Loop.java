package org.saddlepoint.testing.violations.training;

import org.saddlepoint.testing.violations.objectives.ReachesUp;

/** Layer 4 that knows layer 3, as it may. */
public final class Loop {
    /** What it may know. */
    public ReachesUp objective() {
        return new ReachesUp();
    }
}
