package org.saddlepoint.testing.violations.data;

import org.saddlepoint.testing.violations.data.part.Part;

/** Imports a sub-package. */
public final class KnowsItsPart {
    public Part part() {
        return new Part();
    }
}
