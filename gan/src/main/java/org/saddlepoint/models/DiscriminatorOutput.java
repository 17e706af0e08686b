package org.saddlepoint.models;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.Tensor;

/**
 * All that a discriminator says of a batch.
 *
 * @param logits [N], higher for real; [N, 1, h, w] from a discriminator that {@linkplain Discriminator#hasPatchLogits judges
 *     patches}
 * @param classLogits [N, K], higher for the class that a sample seems to be of; null where D is no classifier
 */
public record DiscriminatorOutput(Tensor logits, @Nullable Tensor classLogits) {
    /** The output of a discriminator that is no classifier. */
    public static DiscriminatorOutput of(Tensor logits) {
        return new DiscriminatorOutput(logits, null);
    }

    /** What was said of this many samples from {@code start} on. */
    public DiscriminatorOutput narrow(long start, long count) {
        return new DiscriminatorOutput(
                logits.narrow(0, start, count), classLogits == null ? null : classLogits.narrow(0, start, count));
    }
}
