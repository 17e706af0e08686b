package org.saddlepoint.diagnostics;

/**
 * What can be done about a cause, whatever the recipe; {@code recipes.RemedyFlags} says how it is written for one.
 */
public enum Remedy {
    /** Halve both learning rates. */
    LOWER_RATES("halve the learning rates"),
    /** A tenth of both learning rates. */
    MUCH_LOWER_RATES("a tenth of the learning rates"),
    /** Make the learning rates equal, the larger one lowered. */
    BALANCE_RATES("give both players the lower of the two learning rates"),
    /** Raise D's learning rate to G's, or double it. */
    FASTER_DISCRIMINATOR("a higher learning rate for D"),
    /** Raise G's learning rate to D's, or multiply it by ten where it is no lower. */
    FASTER_GENERATOR("a higher learning rate for G"),
    /** A wider bound where weights are clipped; a fifth of the weight of penalties. */
    LOOSER_CONSTRAINT("a looser constraint on D"),
    /** More updates of D in a step. */
    MORE_DISCRIMINATOR_STEPS("more updates of D in each step"),
    /** One update of D in a step. */
    FEWER_DISCRIMINATOR_STEPS("fewer updates of D in each step"),
    /** No momentum: β₁ = 0. */
    LESS_MOMENTUM("no momentum (beta1 = 0)"),
    /** R1 on D (Mescheder et al. 2018). */
    ADD_R1("the gradient penalty R1 on D"),
    /** The relativistic paired objective, which sees dropped modes (Sun et al. 2020; Huang et al. 2024). */
    RELATIVISTIC("the relativistic objective"),
    /** The non-saturating loss in place of a saturating one. */
    NON_SATURATING("the non-saturating loss"),
    /** Noise on what D sees (Sønderby et al. 2017). */
    ADD_NOISE("noise on what D sees, fading out"),
    /** Differentiable augmentation of what D sees (Zhao et al. 2020). */
    AUGMENT("differentiable augmentation of what D sees"),
    /** A larger batch. */
    LARGER_BATCH("a larger batch"),
    /** A moving average of G. */
    ADD_AVERAGE("a moving average of G"),
    /** A faster moving average that forgets its beginning. */
    FASTER_AVERAGE("a shorter moving average with a warm-up"),
    /** Averages keep the buffers of the last weights. */
    COPY_BUFFERS("copied running statistics in the moving average"),
    /** Upsampling by nearest neighbours (Odena et al. 2016). */
    NEAREST_UPSAMPLING("upsampling by nearest neighbours"),
    /** A mode-seeking term for G (Mao et al. 2019). */
    MODE_SEEKING("the mode-seeking regularizer of G"),
    /** Another way in for the label, such as projection. */
    STRONGER_LABEL("a stronger way in for the label"),
    /** A larger weight of the adversarial loss of translators, over those that tie outputs to inputs or targets. */
    MORE_ADVERSARIAL("twice the weight of the adversarial loss"),
    /** A smaller weight of the adversarial loss of translators. */
    LESS_ADVERSARIAL("half the weight of the adversarial loss"),
    /** Weaker views, or none, where they hide what D should see. */
    FEWER_VIEWS("no views, or weaker ones"),
    /** More or other data. */
    MEND_DATA("look at the data: saddlepoint data inspect"),
    /** Initial weights of a working scale. */
    OTHER_INITIAL_WEIGHTS("initial weights by He et al. (2015)"),
    /** A leaky slope in place of ReLU. */
    LEAKY("a leaky slope in D's activations"),
    /** End the training and use what was best. */
    STOP("stop: use the best checkpoint");

    private final String words;

    Remedy(String words) {
        this.words = words;
    }

    /** What it is, for people. */
    public String words() {
        return words;
    }
}
