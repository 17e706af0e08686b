package org.saddlepoint.lab;

import org.saddlepoint.input.Require;

/**
 * One sentence of a source, with the number it speaks of as theory has it and as it was measured. {@link Claims} makes
 * them.
 *
 * @param id by which programs find it: words joined by hyphens, its own within the experiment, the same in every run
 * @param statement the sentence, in plain English
 * @param source authors, year and section, or how it was derived
 * @param bound what theory says of the number
 * @param measured what was computed
 */
public record Claim(String id, String statement, String source, Bound bound, double measured) {
    private static final String ID = "[a-z0-9]+([-.][a-z0-9]+)*";

    public Claim {
        Require.that(id.matches(ID), "id", "of lower-case words and numbers joined by hyphens or points", id);
        if (statement.isBlank() || source.isBlank()) {
            throw new IllegalArgumentException("claim " + id + " needs a statement and a source");
        }
    }

    /** Whether the measured number is as theory says; never if it is NaN. */
    public boolean holds() {
        return bound.holds(measured);
    }
}
