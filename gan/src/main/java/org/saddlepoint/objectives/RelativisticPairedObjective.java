package org.saddlepoint.objectives;

import org.saddlepoint.tensor.Tensor;

/**
 * The relativistic paired game (RpGAN; Jolicoeur-Martineau 2019), with the logistic loss as in R3GAN (Huang
 * et al. 2024): D estimates whether a real sample is more realistic than a generated one.
 *
 * <pre>
 * L_D = E[softplus(−(D(x) − D(G(z))))]
 * L_G = E[softplus(−(D(G(z)) − D(x)))]
 * </pre>
 *
 * <p>Logits are paired in order, so both batches have one size.
 */
public record RelativisticPairedObjective() implements RelativisticObjective {
    @Override
    public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return moreReal(realLogits, fakeLogits);
    }

    @Override
    public Tensor generatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return moreReal(fakeLogits, realLogits);
    }

    private static Tensor moreReal(Tensor first, Tensor second) {
        if (!first.shape().equals(second.shape())) {
            throw new IllegalArgumentException(
                    "the relativistic paired objective needs as many real as generated logits"
                            + " but their shapes were " + first.shape() + " and " + second.shape());
        }
        return second.sub(first).softplus().mean(); // −(first − second)
    }
}
