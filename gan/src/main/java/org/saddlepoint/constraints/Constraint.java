package org.saddlepoint.constraints;

import java.util.Collection;
import java.util.Optional;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/**
 * A constraint or a regularizer of the discriminator. It acts in one of three places, and leaves the others alone:
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
     * @param random draws what the constraint starts from
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

    /** Puts the weights back where they may be, after an update. */
    default void project(Discriminator discriminator) {}
}
