package org.saddlepoint.constraints;

import java.util.Collection;
import java.util.Optional;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/**
 * A constraint or a regularizer of the discriminator. It acts in one of three places, and has no effect in the others:
 *
 * <ul>
 *   <li>around D, from the start: normalizations ({@link #apply});
 *   <li>in D's loss, as a term of its own: penalties ({@link #penalty});
 *   <li>on D's weights after each of its updates: projections ({@link #project}).
 * </ul>
 *
 * <p>Constraints are settings without state; what must be kept between updates lies in D's buffers, and is saved with
 * them. Several compose: each sees the discriminator that the ones before it made.
 */
public interface Constraint {
    /**
     * The discriminator under this constraint, which owns the given one.
     *
     * @param sample shape of one sample, [C, H, W] or [D]
     * @param random random numbers for the initial state of the constraint
     * @throws IllegalArgumentException if it cannot work with these samples or with a layer of this discriminator; names
     *     layer and reason
     */
    default Discriminator apply(Discriminator discriminator, Shape sample, RandomGenerator random) {
        return discriminator;
    }

    /**
     * The discriminator under all of these, in their order.
     *
     * @throws IllegalArgumentException as {@link #apply}; the discriminator is closed then
     */
    static Discriminator applyAll(
            Collection<Constraint> constraints, Discriminator plain, Shape sample, RandomGenerator random) {
        Discriminator constrained = plain;
        try {
            for (Constraint constraint : constraints) {
                constrained = constraint.apply(constrained, sample, random);
            }
            return constrained;
        } catch (RuntimeException refused) {
            constrained.close();
            throw refused;
        }
    }

    /** What this update of the discriminator adds to its loss, a scalar; empty where nothing is added. */
    default Optional<Tensor> penalty(DiscriminatorUpdate update) {
        return Optional.empty();
    }

    /**
     * Where the penalty of this update needs D's gradient, if that is at the very samples D is shown and the penalty has no step of
     * its own; else empty. Where all of these are points of some penalty, they take their gradients from {@link
     * DiscriminatorUpdate#shown}.
     *
     * @param index how many updates of the discriminator came before
     */
    default Optional<PenaltyPoints> shownPoints(Progress progress, long index) {
        return Optional.empty();
    }

    /**
     * Whether the penalty has a step of the optimizer of its own, behind that of the objective, instead of a place in its loss.
     * Then it must depend on all weights, be it with a factor of 0, and not on {@link DiscriminatorUpdate#realLogits}.
     */
    default boolean ownStep() {
        return false;
    }

    /** Projects the weights back onto the permitted set after an update. */
    default void project(Discriminator discriminator) {}
}
