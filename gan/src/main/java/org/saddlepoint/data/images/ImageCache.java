package org.saddlepoint.data.images;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Decoded images, kept while they fit into a budget. Nothing is evicted: batches come in random order, so no image is
 * more likely to be needed next than another. May be used from many threads.
 */
public final class ImageCache {
    private static final int OVERHEAD = 32; // header of a byte array, its padding and the reference to it

    private final AtomicReferenceArray<byte[]> images;
    private final AtomicLong left;

    /**
     * @param count number of images
     * @param budgetBytes memory for those that are kept, at least 0
     */
    public ImageCache(int count, long budgetBytes) {
        this.images = new AtomicReferenceArray<>(count);
        this.left = new AtomicLong(budgetBytes);
    }

    /** The image, or null if it is not kept; not to be changed. */
    public byte @Nullable [] get(int index) {
        return images.get(index);
    }

    /** Keeps the image if the budget allows. */
    public void offer(int index, byte[] image) {
        long cost = (long) image.length + OVERHEAD;
        if (left.addAndGet(-cost) < 0 || !images.compareAndSet(index, null, image)) {
            left.addAndGet(cost);
        }
    }
}
