package org.saddlepoint.views;

import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Changes that leave pixels as they are (Karras et al. 2020, "Training Generative Adversarial Networks with Limited Data", appendix
 * B, "pixel blitting"): each image is mirrored with probability p/2, turned by a multiple of 90° and moved by up to an eighth of its
 * side along both axes, the latter two with probability p. What moves in is the mirrored border.
 */
final class RandomMoves {
    private static final double REACH = 1 / 8.0;

    private RandomMoves() {}

    static Tensor apply(Tensor images, Chances chances) {
        double p = chances.probability();
        Tensor mirrored = Tensors.where(perImage(chances.happens(p / 2), images), images.flip(3), images);
        return moved(turned(mirrored, chances.happens(p), chances.integers(4)), chances.happens(p), chances);
    }

    /** Turned by so many quarters where it happens. */
    private static Tensor turned(Tensor images, Tensor happens, Tensor quarters) {
        Tensor gated = quarters.mul(happens.to(DType.INT64));
        Tensor once = images.transpose(2, 3).flip(2);
        Tensor twice = images.flip(2, 3);
        Tensor thrice = images.transpose(2, 3).flip(3);
        Tensor result = images;
        int count = 1;
        for (Tensor turned : new Tensor[] {once, twice, thrice}) {
            result = Tensors.where(perImage(gated.eq(count), images), turned, result);
            count++;
        }
        return result;
    }

    private static Tensor moved(Tensor images, Tensor happens, Chances chances) {
        Tensor result = images;
        double[] gates = happens.to(DType.FLOAT32).toDoubleArray();
        for (int axis = 2; axis <= 3; axis++) {
            double[] shifts = chances.uniform(-REACH, REACH);
            long side = images.size(axis);
            for (int i = 0; i < shifts.length; i++) {
                shifts[i] = gates[i] * Math.rint(shifts[i] * side);
            }
            result = shifted(result, axis, Tensors.of(shifts, shifts.length, 1, 1, 1));
        }
        return result;
    }

    /** Moved along an axis, [N, 1, 1, 1] pixels, the border mirrored without its last pixel. */
    static Tensor shifted(Tensor images, int axis, Tensor shift) {
        long side = images.size(axis);
        long[] along = {1, 1, 1, 1};
        along[axis] = side;
        Tensor source =
                Tensors.arange(side).to(DType.FLOAT64).reshape(along).sub(shift).abs();
        Tensor reflected = source.sub((double) side - 1).abs().neg().add((double) side - 1);
        Tensor indices =
                reflected.to(DType.INT64).expand(images.shape().toArray()).to(images.device());
        return images.gather(axis, indices);
    }

    private static Tensor perImage(Tensor choices, Tensor images) {
        return choices.reshape(-1, 1, 1, 1).to(images.device());
    }
}
