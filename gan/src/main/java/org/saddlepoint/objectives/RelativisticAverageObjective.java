package org.saddlepoint.objectives;

import org.saddlepoint.tensor.Tensor;

/**
 * The relativistic average game (RaSGAN; Jolicoeur-Martineau 2019): D estimates whether a sample is more
 * realistic than samples of the other kind are on average.
 *
 * <pre>
 * L_D = E[softplus(−(D(x) − E[D(G(z))]))] + E[softplus(D(G(z)) − E[D(x)])]
 * L_G = E[softplus(−(D(G(z)) − E[D(x)]))] + E[softplus(D(x) − E[D(G(z))])]
 * </pre>
 */
public record RelativisticAverageObjective() implements RelativisticObjective {
    @Override
    public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return moreReal(realLogits, fakeLogits);
    }

    @Override
    public Tensor generatorLoss(Tensor realLogits, Tensor fakeLogits) {
        return moreReal(fakeLogits, realLogits);
    }

    private static Tensor moreReal(Tensor first, Tensor second) {
        Tensor firstLess = second.mean().sub(first).softplus().mean();
        Tensor secondMore = second.sub(first.mean()).softplus().mean();
        return firstLess.add(secondMore);
    }
}
