package org.saddlepoint.diagnostics;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is measured of a training. All are free of the scale of losses, logits and data, except the norms, which count by their
 * changes only.
 *
 * <p>n generated samples are compared with as many real ones, so that what n samples cannot show is missing on both sides.
 */
public enum Signal {
    /** Mean distance between two generated samples, over that between two real ones. */
    DIVERSITY("diversity", "diversity of samples over that of real ones"),
    /** As {@link #DIVERSITY}, in the discriminator's features. */
    FEATURE_DIVERSITY("featureDiversity", "diversity in D's features over that of real ones"),
    /** e^H of the eigenvalues of the samples' covariance, over that of real ones (Roy and Vetterli 2007). */
    RANK("rank", "effective rank of samples over that of real ones"),
    /** Share of samples with a neighbour nearer than a tenth of the median distance between real neighbours. */
    DUPLICATES("duplicates", "share of samples with a near duplicate"),
    /** s(s − 1)/2 over the pairs of duplicates among s samples: an estimate of how many different ones there are. */
    SUPPORT("support", "estimated number of different samples"),
    /** Share of real samples with a generated one nearer than their fifth real neighbour (Naeem et al. 2020). */
    COVERAGE("coverage", "share of real samples that have a generated neighbour"),
    /** Sliced W₁ to the real samples along differences of real samples, in standard deviations of these. */
    DISTANCE("distance", "distance to the data, in its standard deviations"),
    /** As {@link #DISTANCE}, of the moving average in use. */
    AVERAGE_DISTANCE("averageDistance", "distance of the moving average to the data"),
    /** As {@link #DISTANCE}, of the last weights outside of training, with running statistics. */
    EVALUATION_DISTANCE("evaluationDistance", "distance with running statistics to the data"),
    /** Mean distance of the samples of the same latents at this reading and the one before, over that between real ones. */
    MOVEMENT("movement", "movement of samples since the last reading"),
    /** Share of the known modes of the data that are found. */
    MODES("modes", "share of modes found"),
    /** Share of samples within three deviations of a known mode. */
    ON_MODE("onMode", "share of samples on a mode"),
    /** Median distance of generated samples to their nearest training example, over that of training examples to others. */
    COPYING("copying", "distance to the nearest training example over that between examples"),
    /** Probability that D scores a real sample above a generated one; one half where it cannot tell them apart. */
    SEPARATION("separation", "probability that D tells real from generated"),
    /** Difference of D's mean scores of real and generated samples, in pooled standard deviations. */
    GAP("gap", "difference of D's scores, in standard deviations"),
    /** Mean sign of D on real samples, r_t of Karras et al. (2020). */
    REAL_SIGN("realSign", "mean sign of D on real samples"),
    /** Probability that D scores a training example above a held-out one; one half without overfitting. */
    OVERFITTING("overfitting", "probability that D prefers training to held-out examples"),
    /**
     * (E D(x) − E D(v)) / (E D(x) − E D(G(z))), r_v of Karras et al. (2020), equation 1: training examples x, held-out ones v;
     * 0 without overfitting, 1 where D takes held-out examples for generated.
     */
    HELD_OUT_GAP("heldOutGap", "share of D's lead over G that held-out examples lack"),
    /** Difference of D's mean scores of training and generated samples: a critic's estimate of W₁, up to its slope. */
    ESTIMATE("estimate", "difference of D's mean scores, training and generated"),
    /** As {@link #ESTIMATE}, of held-out examples. */
    HELD_OUT_ESTIMATE("heldOutEstimate", "difference of D's mean scores, held-out and generated"),
    /** Mean slope of D's loss in its logits, over that of an undecided D. */
    D_SLOPE("dSlope", "slope of D's loss, over that of an undecided D"),
    /** Mean slope of G's loss in the logits, over that of an undecided D. */
    G_SLOPE("gSlope", "slope of G's loss, over that of an undecided D"),
    /** Norm of G's gradient in the last update. */
    G_GRADIENT("gGradient", "norm of G's gradient"),
    /** Norm of D's gradient in the last update. */
    D_GRADIENT("dGradient", "norm of D's gradient"),
    /** Largest share of units without a gradient in a layer of G. */
    G_DEAD("gDead", "largest share of dead units in a layer of G"),
    /** Largest share of units without a gradient in a layer of D. */
    D_DEAD("dDead", "largest share of dead units in a layer of D"),
    /** Largest singular value of a weight of G. */
    G_SIGMA("gSigma", "largest singular value of G's weights"),
    /** Largest singular value of a weight of D. */
    D_SIGMA("dSigma", "largest singular value of D's weights"),
    /** Least ‖W‖_F² / σ₁² of a weight of D: near 1 where its spectrum collapsed. */
    D_STABLE_RANK("dStableRank", "least stable rank of D's weights"),
    /** ‖w − w̄‖ / ‖w‖ of the moving average w̄. */
    AVERAGE_LAG("averageLag", "distance of weights to their average, relative"),
    /** Mean change of a sample when only its label changes, over the mean distance between samples. */
    LABEL_EFFECT("labelEffect", "change of a sample with its label, relative"),
    /** Diversity of samples of one label, over that of real examples of one label. */
    LATENT_EFFECT("latentEffect", "diversity within a label over that of real examples"),
    /** Share of samples whose nearest one of up to 512 real examples has their label. */
    LABEL_MATCH("labelMatch", "share of samples whose nearest real example has their label"),
    /** The same of real examples and others: how well looks tell labels. */
    DATA_LABEL_MATCH("dataLabelMatch", "share of real examples whose nearest other has their label"),
    /** The same by chance: Σ p², p the shares of the labels. */
    LABEL_CHANCE("labelChance", "share that would have the same label by chance"),
    /** How far real examples of different labels are apart, over those of the same label. */
    CLASS_EFFECT("classEffect", "distance between classes over that within, in the data"),
    /** Energy of generated pictures that is locked to a grid of two or four pixels, over their whole detail. */
    GRID("grid", "share of detail that repeats with the pixel grid"),
    /** As {@link #GRID}, of real pictures. */
    REAL_GRID("realGrid", "the same share of real pictures"),
    /** Largest difference of a channel's mean from the data, in standard deviations of the channel. */
    BRIGHTNESS("brightness", "shift of a channel's mean, in standard deviations"),
    /** Standard deviation of a channel over that of the data; the channel that is farthest from 1. */
    CONTRAST("contrast", "contrast of a channel over that of the data"),
    /** Share of data values outside of [−1, 1], of pictures. */
    DATA_OUTSIDE("dataOutside", "share of data values out of range"),
    /** The least of the examined values, of pictures. */
    DATA_LEAST("dataLeast", "least value of the data"),
    /** The largest of the examined values, of pictures. */
    DATA_MOST("dataMost", "largest value of the data"),
    /** Share of examined examples that equal another one. */
    DATA_DUPLICATES("dataDuplicates", "share of equal examples in the data"),
    /** How many different classes the examined examples have; only where there are labels. */
    DATA_CLASSES("dataClasses", "classes among the examined examples"),
    /** Share of the commonest class among the examined examples; only where there are labels. */
    DATA_TOP_CLASS("dataTopClass", "share of the commonest class"),
    /** Standard deviation of the examined values over half their possible range, of pictures. */
    DATA_SPREAD("dataSpread", "standard deviation of the data's values"),
    /** Of a translator, ‖T(x) − x‖ over the distance from inputs to targets; of two, the smaller one. */
    INPUT_CHANGE("inputChange", "change of pictures by translation, over the distance to targets"),
    /** Of a translator, the mean distance between translations, over that between targets; of two, the smaller one. */
    INPUT_EFFECT("inputEffect", "variety of translations over that of targets"),
    /** Of a translator, energy of detail below 4 pixels, over that of targets; of two, the smaller one. */
    DETAIL("detail", "detail of translations over that of targets"),
    /** Share of time spent waiting for data. */
    WAITING("waiting", "share of time spent waiting for data"),
    /** Share of time spent on the diagnosis. */
    COST("cost", "share of time spent on diagnosis");

    private final String key;
    private final String words;

    Signal(String key, String words) {
        this.key = key;
        this.words = words;
    }

    /** Its name in files. */
    public String key() {
        return key;
    }

    /** What it is, for people. */
    public String words() {
        return words;
    }

    /** The signal of this name in files; empty for those of newer releases. */
    public static Optional<Signal> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
    }
}
