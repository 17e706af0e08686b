package org.saddlepoint.models;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.Tensor;

/**
 * All that a discriminator says of a batch.
 *
 * @param logits [N], higher for real; [N, 1, h, w] from a discriminator that {@linkplain Discriminator#judgesPatches judges
 *     patches}
 * @param classLogits [N, K], higher for the class that a sample seems to be of; null where D is no classifier
 */
public record Verdict(Tensor logits, @Nullable Tensor classLogits) {
    /** The verdict of a discriminator that is no classifier. */
    public static Verdict of(Tensor logits) {
        return new Verdict(logits, null);
    }

    /** What was said of this many samples from {@code start} on. */
    public Verdict narrow(long start, long count) {
        return new Verdict(
                logits.narrow(0, start, count), classLogits == null ? null : classLogits.narrow(0, start, count));
    }
}
