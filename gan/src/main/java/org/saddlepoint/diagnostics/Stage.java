package org.saddlepoint.diagnostics;

import java.util.Locale;

/** How far a training has to be before something is looked for in it: modes and detail come late. */
public enum Stage {
    /** Networks have left their initial weights. */
    TWENTIETH(20, "a twentieth"),
    /** Samples have come near the data, if they ever do. */
    TENTH(10, "a tenth"),
    /** Modes, colours and detail are there, if they come at all. */
    FIFTH(5, "a fifth");

    /** Shorter trainings count as if they had so many steps. */
    private static final long SHORTEST = 600;

    /** Longer ones as if they had so many, and so do those of unknown length. */
    private static final long LONGEST = 10_000;

    private final int part;
    private final String share;

    Stage(int part, String share) {
        this.part = part;
        this.share = share;
    }

    /**
     * The step after which this stage is reached.
     *
     * @param planned steps of the training; 0 if that is not known
     */
    public long step(long planned) {
        return (planned == 0 ? LONGEST : Math.min(LONGEST, Math.max(SHORTEST, planned))) / part;
    }

    /** What it is, such as "a tenth of the training (100 to 1,000 steps)". */
    public String words() {
        return String.format(
                Locale.ROOT, "%s of the training (%,d to %,d steps)", share, SHORTEST / part, LONGEST / part);
    }
}
