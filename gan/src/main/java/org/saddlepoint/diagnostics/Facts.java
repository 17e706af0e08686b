package org.saddlepoint.diagnostics;

/**
 * What is known of a training before it begins, from its settings; by it causes are ordered and symptoms that cannot be are left
 * out.
 *
 * @param method name of the recipe
 * @param pictures whether examples are pictures, and not points
 * @param examples size of the data
 * @param batchSize examples of an update
 * @param discriminatorSteps updates of D in a step
 * @param generatorRate first learning rate of G
 * @param discriminatorRate first learning rate of D
 * @param momentum β₁ of G's Adam, or its momentum; 0 where it has none
 * @param critic whether D's loss has no bound and its level no meaning (Wasserstein)
 * @param relativistic whether losses are of differences between scores
 * @param saturating whether G's loss is flat where D wins
 * @param constrained whether a penalty or a normalization holds D back
 * @param views whether D sees changed samples
 * @param average whether there is a moving average
 * @param batchNormalization whether a network normalizes by its batch
 * @param transposed whether G grows by transposed convolutions
 * @param conditional whether there are labels
 * @param translates whether pictures are translated, and not drawn from latents
 * @param steps planned length, in steps; 0 if it is not known
 */
public record Facts(
        String method,
        boolean pictures,
        long examples,
        int batchSize,
        int discriminatorSteps,
        double generatorRate,
        double discriminatorRate,
        double momentum,
        boolean critic,
        boolean relativistic,
        boolean saturating,
        boolean constrained,
        boolean views,
        boolean average,
        boolean batchNormalization,
        boolean transposed,
        boolean conditional,
        boolean translates,
        long steps) {
    /** Of a log of another program, of which nothing is known. */
    public static final Facts UNKNOWN = new Facts(
            "unknown",
            true,
            0,
            0,
            1,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            0);

    /** The same of a critic or not, as {@code --objective} says of a foreign log. */
    public Facts asCritic(boolean does) {
        return new Facts(
                method,
                pictures,
                examples,
                batchSize,
                discriminatorSteps,
                generatorRate,
                discriminatorRate,
                momentum,
                does,
                relativistic,
                saturating,
                constrained,
                views,
                average,
                batchNormalization,
                transposed,
                conditional,
                translates,
                steps);
    }

    /** Learning rate of G over that of D; NaN where it is not known. */
    public double rateRatio() {
        return generatorRate / discriminatorRate;
    }
}
