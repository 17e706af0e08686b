package org.saddlepoint.views;

import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Differentiable augmentation (DiffAugment; Zhao et al. 2020, sections 3 and 4.1): everything that D sees, real and generated, is
 * changed at random, each image on its own, so that D cannot learn few pictures by heart. G learns the distribution without the
 * changes as long as they can be undone in distribution.
 *
 * <p>The policies act in this order on images x in [−1, 1] of side S, with every u drawn for each image:
 *
 * <pre>
 * color        x ← x + u,  u ~ U(−½, ½)                        brightness
 *              x ← m_p + (x − m_p) u,  u ~ U(0, 2)             saturation; m_p the mean of the channels of each pixel
 *              x ← m + (x − m) u,  u ~ U(½, 3/2)               contrast; m the mean of the image
 * translation  moved by whole pixels, uniform in ±⌊S/8 + ½⌋ along each axis; 0 moves in
 * cutout       a square of side ⌊S/2 + ½⌋ becomes 0, its centre uniform, cut at the border
 * </pre>
 *
 * <p>Saturation leaves grey images as they are.
 *
 * @param color whether brightness, saturation and contrast change
 * @param translation whether images move
 * @param cutout whether a square is removed
 */
public record DiffAugment(boolean color, boolean translation, boolean cutout) implements View {
    private static final double GREY = 0;

    /** @throws IllegalArgumentException without a policy */
    public DiffAugment {
        if (!color && !translation && !cutout) {
            throw new IllegalArgumentException("color, translation and cutout were all false, so the view would change"
                    + " nothing; set one to true or leave the view out");
        }
    }

    @Override
    public void requireSample(Shape sample) {
        if (sample.rank() != 3) {
            throw new IllegalArgumentException("DiffAugment changes images [C, H, W] but the data is " + sample
                    + "; leave the view out for points");
        }
    }

    @Override
    public Tensor apply(Tensor samples, Sight sight) {
        try (TensorScope scratch = TensorScope.open()) {
            RandomGenerator random = sight.random();
            Tensor seen = color ? recolored(samples, random) : samples;
            if (translation) {
                seen = Augmentations.moved(seen, 2, share(seen.size(2), 8), GREY, random);
                seen = Augmentations.moved(seen, 3, share(seen.size(3), 8), GREY, random);
            }
            return scratch.promote(cutout ? cut(seen, random) : seen);
        }
    }

    /** Brightness, saturation, contrast. */
    private static Tensor recolored(Tensor images, RandomGenerator random) {
        Tensor bright = images.add(factors(images, -0.5, 0.5, random));
        Tensor grey = bright.mean(true, 1);
        Tensor saturated = bright.sub(grey).mul(factors(images, 0, 2, random)).add(grey);
        Tensor mean = saturated.mean(true, 1, 2, 3);
        return saturated.sub(mean).mul(factors(images, 0.5, 1.5, random)).add(mean);
    }

    private static Tensor factors(Tensor images, double low, double high, RandomGenerator random) {
        return random.uniform(images.dtype(), low, high, images.size(0), 1, 1, 1)
                .to(images.device());
    }

    private static Tensor cut(Tensor images, RandomGenerator random) {
        Tensor rows = hidden(images, 2, random);
        Tensor columns = hidden(images, 3, random);
        Tensor kept = rows.mul(columns).neg().add(1).to(images.dtype()).to(images.device());
        return images.mul(kept);
    }

    /** 1 where the square covers this row or column, [N, 1, H, 1] or [N, 1, 1, W]; else 0. */
    private static Tensor hidden(Tensor images, int axis, RandomGenerator random) {
        long side = images.size(axis);
        long length = share(side, 2);
        long[] along = {1, 1, 1, 1};
        along[axis] = side;
        // Between pixels where the length is even, so that the square's centre is as likely near each border.
        Tensor centre = random.integers(side + 1 - length % 2, images.size(0), 1, 1, 1);
        long before = length / 2;
        Tensor from = Tensors.arange(side).reshape(along).sub(centre).add((double) before);
        return from.ge(0).to(DType.FLOAT32).mul(from.lt((double) length).to(DType.FLOAT32));
    }

    /** A side over a divisor, rounded, halves up. */
    private static long share(long side, int divisor) {
        return (2 * side + divisor) / (2L * divisor);
    }
}
