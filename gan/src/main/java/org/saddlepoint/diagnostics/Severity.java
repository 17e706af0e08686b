package org.saddlepoint.diagnostics;

/** How bad a finding is. */
public enum Severity {
    /** Nothing is wrong, but something can be had better. */
    ADVICE,
    /** Something is wrong that may heal by itself. */
    WARNING,
    /** The training has failed unless this ends. */
    FAILED;

    /** In files and sentences. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
