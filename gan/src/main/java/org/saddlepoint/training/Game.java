package org.saddlepoint.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GeneratorRegularizer;
import org.saddlepoint.input.Require;
import org.saddlepoint.objectives.AuxiliaryClassification;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.views.View;

/**
 * The game that generators and discriminators play, whatever they are and whatever their samples are made of.
 *
 * @param objective the losses of both players
 * @param weights of the objective's losses
 * @param constraints of the discriminators, by the names that metrics show, in the order they are applied
 * @param regularizers of the generator, by the names that metrics show
 * @param views of everything that discriminators see, in this order
 * @param pool how many generated samples each discriminator is shown again, >= 0 (Shrivastava et al. 2017, section 2.3)
 * @param classification weights of the losses of an auxiliary classifier, where the discriminator is one
 * @param precision arithmetic of the passes through the networks; penalties are always float32
 */
public record Game(
        Objective objective,
        LossWeights weights,
        Map<String, Constraint> constraints,
        Map<String, GeneratorRegularizer> regularizers,
        Map<String, View> views,
        int pool,
        AuxiliaryClassification classification,
        Precision precision) {

    public Game {
        constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints)); // their order counts
        regularizers = Collections.unmodifiableMap(new LinkedHashMap<>(regularizers));
        views = Collections.unmodifiableMap(new LinkedHashMap<>(views));
        Require.atLeast(0, "pool", pool);
    }

    /**
     * Checks that the views can act on what discriminators see.
     *
     * @param sample the shape of one sample, without the batch
     * @throws IllegalArgumentException if a view refuses it
     */
    public void requireSample(Shape sample) {
        views.values().forEach(view -> view.requireSample(sample));
    }

    /** What views of samples of this shape cannot do, one line each. */
    public List<String> idle(Shape sample) {
        return views.entrySet().stream()
                .flatMap(view -> view.getValue().idle(sample).stream().map(line -> view.getKey() + ": " + line))
                .toList();
    }

    /** An objective and nothing else, in float32. */
    public static Game of(Objective objective) {
        return new Game(
                objective,
                LossWeights.ONE,
                Map.of(),
                Map.of(),
                Map.of(),
                0,
                AuxiliaryClassification.NONE,
                Precision.FLOAT32);
    }

    /** The same game with discriminators under these constraints. */
    public Game with(Map<String, Constraint> others) {
        return new Game(objective, weights, others, regularizers, views, pool, classification, precision);
    }

    /** The same game with the generator under these regularizers. */
    public Game withRegularizers(Map<String, GeneratorRegularizer> others) {
        return new Game(objective, weights, constraints, others, views, pool, classification, precision);
    }

    /** The same game seen through these views. */
    public Game withViews(Map<String, View> others) {
        return new Game(objective, weights, constraints, regularizers, others, pool, classification, precision);
    }

    /** The same game with these weights. */
    public Game with(LossWeights others) {
        return new Game(objective, others, constraints, regularizers, views, pool, classification, precision);
    }

    /** The same game with a pool of this size. */
    public Game withPool(int size) {
        return new Game(objective, weights, constraints, regularizers, views, size, classification, precision);
    }

    /** The same game with these weights of an auxiliary classifier. */
    public Game with(AuxiliaryClassification other) {
        return new Game(objective, weights, constraints, regularizers, views, pool, other, precision);
    }

    /** The same game in another arithmetic. */
    public Game with(Precision other) {
        return new Game(objective, weights, constraints, regularizers, views, pool, classification, other);
    }
}
