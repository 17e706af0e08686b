package org.saddlepoint.recipes;

import java.util.List;
import org.saddlepoint.evaluation.EvaluationException;

/** Measures networks as they are now, whatever kind they are of. What it draws changes nothing else. */
public interface Evaluation {
    /** What the data is called that samples are measured against. */
    String against();

    /**
     * Refuses what {@link #measure} would, as far as that can be told before a sample is drawn.
     *
     * @throws EvaluationException if a metric cannot be measured here
     */
    void requireMeasurable();

    /**
     * All that is measured: of generators one set of estimates, of translators one a direction.
     *
     * @throws EvaluationException if a metric cannot be measured
     */
    List<Measurement> measure();
}
