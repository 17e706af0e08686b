package org.saddlepoint.evaluation;

import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Tensor;

/** What networks of colour images are given. */
final class PixelImages {
    private PixelImages() {}

    /**
     * Images as float32 [N, 3, H, W]; grey ones are repeated to three channels.
     *
     * @throws IllegalArgumentException if these are no images with 1 or 3 channels and pixels in [0, 255]
     */
    static Tensor colour(Tensor images) {
        if (images.shape().rank() != 4 || (images.size(1) != 3 && images.size(1) != 1)) {
            throw new IllegalArgumentException(
                    "images: expected [*, 3, *, *] or [*, 1, *, *] but was " + images.shape());
        }
        if (images.shape().elements() == 0) {
            throw new IllegalArgumentException("images: expected at least one but the shape was " + images.shape());
        }
        Tensor values = images.to(DType.FLOAT32);
        double low = values.min().item();
        double high = values.max().item();
        if (!(low >= 0 && high <= 255)) { // so written, NaN is refused
            throw new IllegalArgumentException(
                    "images: expected pixels in [0, 255] but they were in [" + low + ", " + high + "]");
        }
        return values.expand(-1, 3, -1, -1);
    }
}
