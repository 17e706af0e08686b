package org.saddlepoint.recipes;

import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;

/** The objectives that a recipe can name. */
public enum Objective {
    /** {@link MinimaxObjective}. */
    MINIMAX,
    /** {@link NonSaturatingObjective}. */
    NON_SATURATING;

    /** The objective itself. */
    public AdversarialObjective create() {
        return switch (this) {
            case MINIMAX -> new MinimaxObjective();
            case NON_SATURATING -> new NonSaturatingObjective();
        };
    }
}
