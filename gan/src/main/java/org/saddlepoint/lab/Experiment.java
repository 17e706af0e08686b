package org.saddlepoint.lab;

/**
 * A theorem, a figure or a claim of the literature, made executable.
 *
 * <ul>
 *   <li>Implementations are records. Components with a {@link Setting} are what a student may change; the canonical
 *       constructor checks them, with a message that names component, value and bound.
 *   <li>Components without one are ingredients: what is under test, such as an objective, a constraint or a closed form.
 *       Each has its right value in the catalogue; the tests put a wrong one in its place and see a claim fail.
 *   <li>Every number of a claim is computed: the expected one in closed form from the settings, the measured one by
 *       sampling, training or a second way of computing.
 *   <li>The same settings and laboratory give the same numbers, up to the order in which threads add.
 * </ul>
 */
public interface Experiment {
    /** How it is asked for: lower case, words joined by hyphens. */
    String name();

    /** What it shows, in one line. */
    String title();

    /** Does it. */
    Findings run(Laboratory laboratory);
}
