package org.saddlepoint.models;

/** What a sample is asked to be: the y of G(z | y) and D(x | y). */
public sealed interface Conditioning {
    /** Nothing is asked: p(x) alone. */
    Conditioning NONE = new None();

    /** The type of {@link #NONE}. */
    record None() implements Conditioning {}
}
