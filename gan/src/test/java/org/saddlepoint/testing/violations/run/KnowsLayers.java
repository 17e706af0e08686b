package org.saddlepoint.testing.violations.run;

import org.saddlepoint.testing.violations.nn.UsesBinding;

/** Layer 0 that knows networks. */
public final class KnowsLayers {
    /** What it should not know. */
    public UsesBinding network() {
        return new UsesBinding();
    }
}
