package org.saddlepoint.constraints;

import java.util.Optional;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * The inputs of a penalty: one update of the discriminator.
 *
 * @param discriminator D under all constraints
 * @param real the real samples D was shown, [N, …]
 * @param fake the generated samples D was shown, [N, …], not differentiable
 * @param realLogits D's logits of the real samples, in the graph of its loss
 * @param conditioning conditions of the samples
 * @param random random numbers of penalties
 * @param progress progress of the training
 * @param index number of earlier updates of D
 * @param shown the pass of the loss, where penalties can take their gradients from it
 */
public record DiscriminatorUpdate(
        Discriminator discriminator,
        Tensor real,
        Tensor fake,
        Tensor realLogits,
        Conditioning conditioning,
        RandomGenerator random,
        Progress progress,
        long index,
        Optional<ShownPass> shown) {
    /** An update whose penalties need passes of their own. */
    public DiscriminatorUpdate(
            Discriminator discriminator,
            Tensor real,
            Tensor fake,
            Tensor realLogits,
            Conditioning conditioning,
            RandomGenerator random,
            Progress progress,
            long index) {
        this(discriminator, real, fake, realLogits, conditioning, random, progress, index, Optional.empty());
    }
}
