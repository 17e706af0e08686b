package org.saddlepoint;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The end of a budget, at which a training stops that the machine has become too slow for. */
final class Deadline {
    /** Of a run that may take as long as it takes. */
    static final Deadline NONE = new Deadline(null, 0);

    private final @Nullable Budget budget;
    private final double secondsPerEvaluation;
    private boolean ended;

    private Deadline(@Nullable Budget budget, double secondsPerEvaluation) {
        this.budget = budget;
        this.secondsPerEvaluation = secondsPerEvaluation;
    }

    /**
     * The deadline of a budget.
     *
     * @param secondsPerEvaluation what is kept for the last evaluation; 0 where there is none
     */
    static Deadline of(Optional<Budget> budget, double secondsPerEvaluation) {
        return budget.map(each -> new Deadline(each, secondsPerEvaluation)).orElse(NONE);
    }

    /** Whether the time for steps is over. */
    boolean isOver() {
        ended |= budget != null && budget.left() < secondsPerEvaluation;
        return ended;
    }

    /** Whether {@link #isOver} was ever true. */
    boolean ended() {
        return ended;
    }

    /** What happened, in one line. */
    static String story(long step, long steps) {
        return "the time is over after step " + step + " of " + steps
                + ": the machine became slower than it was when the length was set";
    }
}
