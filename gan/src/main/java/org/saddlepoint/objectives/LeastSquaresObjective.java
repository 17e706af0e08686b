package org.saddlepoint.objectives;

import java.util.OptionalDouble;
import org.saddlepoint.tensor.Tensor;

/**
 * The least-squares game of Mao et al. (2017), equation 2:
 *
 * <pre>
 * L_D = ½ E[(D(x) − b)²] + ½ E[(D(G(z)) − a)²]
 * L_G = ½ E[(D(G(z)) − c)²]
 * </pre>
 *
 * <p>The divergence is the triangular discrimination Δ = ∫ (p − q)² / (p + q), since L_D ≥ (b − a)² (2 − Δ) / 8. Where b −
 * c = 1 and b − a = 2 the generator minimizes Pearson's χ² of (p + q, 2 q) (section 3.2).
 *
 * @param a target of D for generated samples
 * @param b target of D for real samples
 * @param c what G wants D to say of generated samples
 */
public record LeastSquaresObjective(double a, double b, double c) implements AdversarialObjective {
    /** The 0-1 code of equation 9, which the paper's experiments use. */
    public static final LeastSquaresObjective BINARY = new LeastSquaresObjective(0, 1, 1);

    /** Equation 8: Pearson's χ². */
    public static final LeastSquaresObjective PEARSON = new LeastSquaresObjective(-1, 1, 0);

    public LeastSquaresObjective {
        if (!(Double.isFinite(a) && Double.isFinite(b) && Double.isFinite(c) && b > a && c > a)) {
            throw new IllegalArgumentException(
                    "a, b and c must be finite with b > a and c > a but were " + a + ", " + b + " and " + c);
        }
    }

    @Override
    public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return half(realLogits, b).add(half(fakeLogits, a));
    }

    @Override
    public Tensor generatorLoss(Tensor fakeLogits) {
        return half(fakeLogits, c);
    }

    private static Tensor half(Tensor logits, double target) {
        return logits.sub(target).square().mean().mul(0.5);
    }

    @Override
    public OptionalDouble divergenceBound(double discriminatorLoss) {
        return OptionalDouble.of(2 - 8 * discriminatorLoss / ((b - a) * (b - a)));
    }
}
