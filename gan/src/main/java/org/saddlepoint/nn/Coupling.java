package org.saddlepoint.nn;

/** How far the logit of a sample depends on the other samples of its batch. */
public enum Coupling {
    /** Not at all: real and generated samples may go through a discriminator in one pass. */
    NONE,
    /**
     * Through statistics that a layer shows beside the features of each sample, as the minibatch standard deviation does
     * (Karras et al. 2018, section 3). Gradient penalties are of each sample in its batch, as their authors use them;
     * normalizations of single logits are refused.
     */
    STATISTICS,
    /**
     * Through features that are normalized by those of the whole batch, as in batch normalization. A sample has no gradient of
     * its own then, and penalties of single samples are refused (Gulrajani et al. 2017, section 4).
     */
    NORMALIZATION;

    /** The stronger of two. */
    public Coupling or(Coupling other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
