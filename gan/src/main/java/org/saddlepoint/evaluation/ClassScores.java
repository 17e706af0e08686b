package org.saddlepoint.evaluation;

import org.saddlepoint.metrics.InceptionScore;
import org.saddlepoint.metrics.Score;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The Inception Score and the classes of logits that arrive in batches, without keeping them.
 *
 * <pre>exp(mean_i KL(p_i ‖ p)) = exp(1/n Σ_i Σ_k p_ik ln p_ik − Σ_k p_k ln p_k)        a part's p = 1/n Σ_i p_i</pre>
 */
final class ClassScores {
    private final long total;
    private final int[] classes;
    private final double[][] sums;
    private final double[] negentropies = new double[InceptionScore.SPLITS];
    private final int[] counts = new int[InceptionScore.SPLITS];
    private int seen;

    /** @param total samples that will come */
    ClassScores(int total, int classCount) {
        this.total = total;
        this.classes = new int[classCount];
        this.sums = new double[InceptionScore.SPLITS][classCount];
    }

    void add(Tensor logits) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor logs = Functional.logSoftmax(logits.to(DType.FLOAT64), 1);
            double[] logarithms = logs.toDoubleArray();
            long[] best = logits.argmax(1).toLongArray();
            for (int i = 0; i < best.length; i++, seen++) {
                classes[(int) best[i]]++;
                // Part p has the samples from ⌊pN/s⌋ on.
                int part = (int) (((seen + 1L) * InceptionScore.SPLITS - 1) / total);
                counts[part]++;
                for (int k = 0; k < classes.length; k++) {
                    double logarithm = logarithms[i * classes.length + k];
                    double probability = Math.exp(logarithm);
                    sums[part][k] += probability;
                    negentropies[part] += probability == 0 ? 0 : probability * logarithm;
                }
            }
        }
    }

    /** Samples of each class that is likeliest. */
    int[] classes() {
        return classes.clone();
    }

    Score score() {
        double mean = 0;
        double[] scores = new double[counts.length];
        for (int part = 0; part < counts.length; part++) {
            double divergence = negentropies[part] / counts[part];
            for (double sum : sums[part]) {
                double probability = sum / counts[part];
                divergence -= probability == 0 ? 0 : probability * Math.log(probability);
            }
            scores[part] = Math.exp(divergence);
            mean += scores[part] / counts.length;
        }
        double squares = 0;
        for (double score : scores) {
            squares += (score - mean) * (score - mean) / scores.length;
        }
        return new Score(mean, Math.sqrt(squares));
    }
}
