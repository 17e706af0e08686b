package org.saddlepoint.recipes;

import java.util.List;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.LatentSource;

/**
 * Measures a generator.
 *
 * @param samples its
 * @param name what it is called
 * @param evaluator how
 * @param real what its samples are compared with
 */
record GanEvaluation(GeneratorSamples samples, String name, Evaluator evaluator, Dataset real) implements Evaluation {
    @Override
    public String against() {
        return real.name();
    }

    @Override
    public void requireMeasurable() {
        try (LatentSource source = source()) {
            evaluator.requireMeasurable(source, real);
        }
    }

    @Override
    public List<Measurement> measure() {
        try (LatentSource source = source()) {
            String title = name + " against " + real.name();
            return List.of(new Measurement(title, "", evaluator.evaluate(source, real)));
        }
    }

    private LatentSource source() {
        return samples.source(name, real, evaluator.config().seed());
    }
}
