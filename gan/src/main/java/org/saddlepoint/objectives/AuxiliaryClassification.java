package org.saddlepoint.objectives;

import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;

/**
 * What an auxiliary classifier adds to the losses of both players (AC-GAN; Odena et al. 2017), on its class logits c:
 *
 * <pre>
 * L_D += real · E[−log p(y | x)] + fake · E[−log p(y | G(z, y))]
 * L_G += generator · E[−log p(y | G(z, y))],       p = softmax(c)
 * </pre>
 *
 * <p>All weights are 1 in the article. The code of Gulrajani et al. (2017) has real 1, fake 0 and generator 0.1.
 *
 * @param real weight of the discriminator's loss on real samples, >= 0
 * @param fake weight of the discriminator's loss on generated samples, >= 0
 * @param generator weight of the generator's loss, >= 0
 */
public record AuxiliaryClassification(double real, double fake, double generator) {
    /** No classification losses: for discriminators that are not classifiers. */
    public static final AuxiliaryClassification NONE = new AuxiliaryClassification(0, 0, 0);

    public AuxiliaryClassification {
        Require.notNegative("real", real);
        Require.notNegative("fake", fake);
        Require.notNegative("generator", generator);
    }

    /**
     * What is added to L_D.
     *
     * @param realClasses class logits of real samples, [N, K]
     * @param fakeClasses of generated ones, [N, K]
     * @param labels y of both, int64 [N]
     */
    public Tensor discriminatorLoss(Tensor realClasses, Tensor fakeClasses, Tensor labels) {
        Tensor loss = Functional.crossEntropy(realClasses, labels).mul(real);
        return fake == 0
                ? loss
                : loss.add(Functional.crossEntropy(fakeClasses, labels).mul(fake));
    }

    /** What is added to L_G; see {@link #discriminatorLoss}. */
    public Tensor generatorLoss(Tensor fakeClasses, Tensor labels) {
        return Functional.crossEntropy(fakeClasses, labels).mul(generator);
    }
}
