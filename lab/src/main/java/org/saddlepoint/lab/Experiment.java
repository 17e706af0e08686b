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
 *   <li>What it means is explained in Markdown beside the class.
 * </ul>
 */
public interface Experiment {
    /** The name on the command line: lower case, words joined by hyphens. */
    String name();

    /** What it shows, in one line. */
    String title();

    /** Runs the experiment and returns its claims and figure. */
    Findings run(Laboratory laboratory);

    /**
     * For a reader who knows none of the papers: what was done, what the figure shows and why, without a heading.
     *
     * @return Markdown from {@code <Class>.md} beside the class, with {@code {name}} replaced by the value of that setting
     * @throws IllegalStateException if the file is missing, or speaks of a setting that the experiment has not
     */
    default String explanation() {
        return Explanation.of(this);
    }
}
