package org.saddlepoint.constraints;

import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * What a penalty may look at: one update of the discriminator.
 *
 * @param discriminator D under all constraints
 * @param real the real samples D was shown, [N, …]
 * @param fake the generated samples D was shown, [N, …], not differentiable
 * @param realLogits D's logits of the real samples, in the graph of its loss
 * @param conditioning what the samples were asked to be
 * @param random where penalties draw from
 * @param progress how far training is
 * @param index how many updates of D came before
 */
public record DiscriminatorUpdate(
        Discriminator discriminator,
        Tensor real,
        Tensor fake,
        Tensor realLogits,
        Conditioning conditioning,
        RandomGenerator random,
        Progress progress,
        long index) {}
