package org.saddlepoint.theory;

/**
 * The three parts of what the non-saturating generator loss minimises when the discriminator is optimal.
 *
 * <pre>
 * E_q[−log D*(x)] = KL(q‖p) − 2 JS(p‖q) + R,        R = log 4 + E_p[log D*(x)] = log 2 + KL(p‖(p + q)/2)
 * </pre>
 *
 * <p>R is often called a constant. It is one for the generator's gradient only: with D* held fixed, as a training step
 * holds it, E_p[log D*] does not depend on the generator, so that the gradient of the loss equals that of
 * KL(q‖p) − 2 JS(p‖q) at the same q (Arjovsky and Bottou 2017, Theorem 2.5). As a number R moves with p and q, between
 * log 2 (q = p) and log 4 (no overlap). The generator is thus pulled towards the data by the KL, which forgives missing
 * modes and punishes invented ones without bound, and pushed away from it by the JS: the account of mode collapse and
 * of unstable gradients.
 *
 * @param reverseKl KL(q‖p) in nats, in [0, ∞]
 * @param js JS(p‖q) in nats, in [0, log 2]
 * @param remainder R in nats, in [log 2, log 4]
 */
public record NonSaturatingDecomposition(double reverseKl, double js, double remainder) {
    /**
     * Decomposes the loss of a generator against its optimal discriminator.
     *
     * @param p the distribution of the data, [outcomes]
     * @param q the distribution of the generator, [outcomes]
     * @return the three parts
     * @throws IllegalArgumentException if p or q is no distribution, or their lengths differ
     */
    public static NonSaturatingDecomposition of(double[] p, double[] q) {
        double[] optimal = OptimalDiscriminator.of(p, q);
        double expectedLog = 0;
        for (int i = 0; i < p.length; i++) {
            expectedLog += Distributions.weightedLog(p[i], optimal[i]);
        }
        return new NonSaturatingDecomposition(Divergences.kl(q, p), Divergences.js(p, q), Math.log(4) + expectedLog);
    }

    /**
     * The loss itself, E_q[−log D*(x)], as the sum of its parts.
     *
     * @return nats in [0, ∞]; ∞ if the generator makes an outcome that the data never has
     */
    public double total() {
        return reverseKl - 2 * js + remainder;
    }
}
