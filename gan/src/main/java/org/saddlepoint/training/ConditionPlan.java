package org.saddlepoint.training;

/**
 * What a step asks its networks for, where they are conditional. In an update of the discriminator generated samples are
 * asked for what the real ones beside them are, so that a point between the two has one condition.
 *
 * @param generatorLabels what the generator is asked for in its own updates
 * @param labelDropout probability with which a label is replaced by that for no label, in all updates; in [0, 1)
 */
public record ConditionPlan(GeneratorLabels generatorLabels, double labelDropout) {
    /** What the data is, all labels, no classifier. */
    public static final ConditionPlan DATA = new ConditionPlan(GeneratorLabels.DATA, 0);

    /** What the generator is asked for in its own updates. */
    public enum GeneratorLabels {
        /**
         * What examples of the step's batch are, drawn at random with replacement: in proportion to the data. A
         * relativistic objective compares with examples of its own, and asks for what these are.
         */
        DATA,
        /** Each class with the same probability. */
        BALANCED
    }

    public ConditionPlan {
        if (!(labelDropout >= 0 && labelDropout < 1)) {
            throw new IllegalArgumentException("labelDropout must be in [0, 1) but was " + labelDropout);
        }
    }
}
