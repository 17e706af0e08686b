package org.saddlepoint.data;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Decoded images, kept while they fit into a budget. What is in stays in: batches come in random order, so no image is
 * likelier than another to be wanted next.
 */
final class ImageCache {
    private static final int OVERHEAD = 32; // header of a byte array, its padding and the reference to it

    private final AtomicReferenceArray<byte[]> images;
    private final AtomicLong left;

    ImageCache(int count, long budgetBytes) {
        this.images = new AtomicReferenceArray<>(count);
        this.left = new AtomicLong(budgetBytes);
    }

    byte @Nullable [] get(int index) {
        return images.get(index);
    }

    void offer(int index, byte[] image) {
        long cost = (long) image.length + OVERHEAD;
        if (left.addAndGet(-cost) < 0 || !images.compareAndSet(index, null, image)) {
            left.addAndGet(cost);
        }
    }
}
