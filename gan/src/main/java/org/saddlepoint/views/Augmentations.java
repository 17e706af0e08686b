package org.saddlepoint.views;

import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** Random changes of images [N, C, H, W] that leave their meaning, each image's its own; as tensor operations. */
public final class Augmentations {
    private Augmentations() {}

    /** Mirrors each image left to right with probability ½. */
    public static Tensor flip(Tensor images, RandomGenerator random) {
        Tensor mirrored = random.bernoulli(0.5, images.size(0), 1, 1, 1).gt(0).to(images.device());
        return Tensors.where(mirrored, images.flip(3), images);
    }

    /**
     * Moves each image by whole pixels, up to a share of its side in each direction, uniformly.
     *
     * @param share of the side, in [0, 1)
     * @param fill the value of pixels that move in
     */
    public static Tensor translate(Tensor images, double share, double fill, RandomGenerator random) {
        return translated(translated(images, 2, share, fill, random), 3, share, fill, random);
    }

    private static Tensor translated(Tensor images, int axis, double share, double fill, RandomGenerator random) {
        return moved(images, axis, (long) (share * images.size(axis)), fill, random);
    }

    /**
     * Moves each image along one axis by whole pixels, uniformly.
     *
     * @param axis 2 for rows, 3 for columns
     * @param reach the largest move, in pixels
     * @param fill the value of pixels that move in
     */
    static Tensor moved(Tensor images, int axis, long reach, double fill, RandomGenerator random) {
        long side = images.size(axis);
        long count = images.size(0);
        long[] along = {1, 1, 1, 1};
        along[axis] = side;
        Tensor shift = random.integers(2 * reach + 1, count, 1, 1, 1).sub((double) reach);
        Tensor source = Tensors.arange(side).reshape(along).sub(shift); // where each pixel comes from
        Tensor inside = source.eq(source.clamp(0, side - 1.0)).to(images.device());
        Tensor indices = source.clamp(0, side - 1.0)
                .to(DType.INT64)
                .expand(images.shape().toArray())
                .to(images.device());
        Tensor outside = Tensors.full(fill, images.dtype()).to(images.device());
        return Tensors.where(inside, images.gather(axis, indices), outside);
    }
}
