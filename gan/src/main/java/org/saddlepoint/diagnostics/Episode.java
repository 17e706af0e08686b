package org.saddlepoint.diagnostics;

import java.util.OptionalLong;

/**
 * A finding from when it was found to when it was gone.
 *
 * @param finding as it was when it was worst
 * @param found the step at which it was found
 * @param healed the step at which it was gone; empty while it lasts
 */
public record Episode(Finding finding, long found, OptionalLong healed) {
    /** Whether it lasts. */
    public boolean isOpen() {
        return healed.isEmpty();
    }
}
