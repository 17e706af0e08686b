package org.saddlepoint.metrics;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The Inception Score of Salimans et al. (2016), section 4: how sure a classifier is of each sample and how evenly the
 * samples fill the classes.
 *
 * <pre>IS = exp(1/N Σ_i KL(p(y|x_i) ‖ p(y)))        p(y) = 1/N Σ_i p(y|x_i)</pre>
 *
 * From 1 (every sample alike) to the number of classes K. It never sees real data, so a generator that repeats one sample
 * a class has the best score; and it grows with N, since p(y) is estimated from the same samples.
 *
 * <p>The score is computed in each of a number of equal parts (10 in the paper), as torch-fidelity cuts them: part i of s
 * has the samples from ⌊iN/s⌋ to ⌊(i+1)N/s⌋. Logits "unbiased" in torch-fidelity's sense are a choice of the extractor.
 */
public final class InceptionScore {
    /** The number of parts in the paper. */
    public static final int SPLITS = 10;

    private static final String METRIC = "Inception Score";
    /** How far the probabilities of a sample may add up from 1: float32's rounding over a thousand classes. */
    private static final double SUM_TOLERANCE = 1e-4;

    private InceptionScore() {}

    /**
     * The score of samples in the order given; for samples whose order means something, such as by class, use
     * {@link #ofLogits(Tensor, int, RandomGenerator)}.
     *
     * @param logits [N, K], of a floating-point type
     * @param splits number of parts
     * @throws IllegalArgumentException if splits is not positive, N &lt; splits, or a logit is NaN or infinite
     */
    public static Score ofLogits(Tensor logits, int splits) {
        return score(logits, splits, null, InceptionScore::softmax);
    }

    /** As {@link #ofLogits(Tensor, int)}, of samples in random order. */
    public static Score ofLogits(Tensor logits, int splits, RandomGenerator random) {
        return score(logits, splits, random, InceptionScore::softmax);
    }

    /**
     * The score of samples in the order given.
     *
     * @param probabilities p(y|x), [N, K], of a floating-point type
     * @param splits number of parts
     * @throws IllegalArgumentException if splits is not positive, N &lt; splits, or a row is no distribution
     */
    public static Score ofProbabilities(Tensor probabilities, int splits) {
        return score(probabilities, splits, null, InceptionScore::requireDistributions);
    }

    /** As {@link #ofProbabilities(Tensor, int)}, of samples in random order. */
    public static Score ofProbabilities(Tensor probabilities, int splits, RandomGenerator random) {
        return score(probabilities, splits, random, InceptionScore::requireDistributions);
    }

    private static Score score(
            Tensor given, int splits, @Nullable RandomGenerator random, UnaryOperator<Tensor> toProbabilities) {
        Require.atLeast(1, METRIC + ": splits", splits);
        try (TensorScope scratch = TensorScope.open()) {
            Tensor samples = Samples.require(METRIC, "samples", given, splits);
            long count = samples.size(0);
            Tensor order = random == null ? null : random.permutation(count);
            double[] scores = new double[splits];
            for (int i = 0; i < splits; i++) {
                long start = i * count / splits;
                long length = (i + 1) * count / splits - start;
                try (TensorScope part = TensorScope.open()) {
                    Tensor rows = order == null
                            ? samples.narrow(0, start, length)
                            : samples.indexSelect(0, order.narrow(0, start, length));
                    scores[i] = scoreOfPart(toProbabilities.apply(rows));
                }
            }
            return Score.of(scores);
        }
    }

    /** exp of the mean KL, as the entropy of the mean less the mean of the entropies. */
    private static double scoreOfPart(Tensor probabilities) {
        double information = entropies(probabilities.mean(true, 0)).item()
                - entropies(probabilities).mean().item();
        return Math.exp(Math.max(0, information)); // below 0 by rounding alone
    }

    /** −Σ p log p of each row; a term with p = 0 is 0, its limit. */
    private static Tensor entropies(Tensor p) {
        Tensor logarithms = Tensors.where(p.gt(0), p, Tensors.onesLike(p)).log();
        return p.mul(logarithms).sum(false, 1).neg();
    }

    private static Tensor softmax(Tensor logits) {
        return logits.sub(logits.logSumExp(1).unsqueeze(1)).exp();
    }

    private static Tensor requireDistributions(Tensor rows) {
        double largestError = rows.sum(false, 1).sub(1).abs().max().item();
        if (rows.lt(0).to(DType.FLOAT64).max().item() > 0 || largestError > SUM_TOLERANCE) {
            throw new IllegalArgumentException(METRIC + ": rows must be probabilities that add up to 1 but one is "
                    + largestError + " off or has negative elements; for logits use ofLogits");
        }
        return rows;
    }
}
