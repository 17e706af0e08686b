package org.saddlepoint.views;

import java.util.Arrays;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Geometric changes (Karras et al. 2020, "Training Generative Adversarial Networks with Limited Data", appendix B): one affine map an
 * image, composed of these, each with probability p:
 *
 * <pre>
 * scaled by 2^N(0, 0.2²); turned by U(−π, π); stretched by s and 1/s, s = 2^N(0, 0.2²); turned again; moved by N(0, (side/8)²)
 * </pre>
 *
 * <p>The two turns have probability 1 − √(1 − p), so that one of them happens with p. To keep the sharpness without aliasing, the
 * image, its border mirrored, is doubled by the low-pass filter f of the wavelet sym6, sampled bilinearly, and halved by f:
 *
 * <pre>z[k] = 2 Σ_n x[n] f[k − 2n],   y[n] = Σ_k z'[k] f[k − 2n]</pre>
 *
 * <p>z[k] lies at (k − delay) / 2. Since Σ_k f[k] f[k + 2d] is ½ at d = 0 and 0 elsewhere, an image that is not warped comes out as it was.
 */
final class RandomWarp {
    /** Low-pass filter of sym6 (Daubechies 1992, "Ten Lectures on Wavelets", table 6.3), of sum √2. */
    private static final double[] SYM6 = {
        0.015404109327027373, 0.0034907120842174702, -0.11799011114819057, -0.048311742585633, 0.4910559419267466,
        0.787641141030194, 0.3379294217276218, -0.07263752278646252, -0.021060292512300564, 0.04472490177066578,
        0.0017677118642428036, -0.007800708325034148
    };

    /** How many taps the filter moves smooth pictures on: 5.1, less than half its length, since it is not symmetric. */
    private static final double DELAY = delay();

    private static final double SCALE = 0.2;
    private static final double SHIFT = 1 / 8.0;

    private RandomWarp() {}

    private static double delay() {
        double weighted = 0;
        double sum = 0;
        for (int tap = 0; tap < SYM6.length; tap++) {
            weighted += tap * SYM6[tap];
            sum += SYM6[tap];
        }
        return weighted / sum;
    }

    static Tensor apply(Tensor images, Chances chances) {
        double p = chances.probability();
        double turn = 1 - Math.sqrt(1 - p);
        int side = (int) images.size(2);
        double[] scales = chances.normal(SCALE, p);
        double[] first = chances.angles(turn);
        double[] stretches = chances.normal(SCALE, p);
        double[] second = chances.angles(turn);
        double[] gates = chances.uniform(0, 1);
        double[] right = chances.normal(SHIFT * side, 1);
        double[] down = chances.normal(SHIFT * side, 1);
        Affine[] sources = new Affine[chances.count()];
        for (int i = 0; i < sources.length; i++) {
            boolean moves = gates[i] < p;
            double scale = Math.pow(2, -scales[i]);
            double stretch = Math.pow(2, -stretches[i]);
            sources[i] = Affine.scaling(scale, scale)
                    .after(Affine.rotation(first[i]))
                    .after(Affine.scaling(stretch, 1 / stretch))
                    .after(Affine.rotation(second[i]))
                    .after(Affine.translation(moves ? -right[i] : 0, moves ? -down[i] : 0));
        }
        // Most batches while p is small; warped, they would come out as they were.
        return Arrays.stream(sources).allMatch(Affine::isIdentity) ? images : warped(images, sources);
    }

    /**
     * A map of the plane around the image's centre, in pixels.
     *
     * <pre>(x, y) → (a x + b y + c, d x + e y + f)</pre>
     */
    record Affine(double a, double b, double c, double d, double e, double f) {
        static Affine scaling(double x, double y) {
            return new Affine(x, 0, 0, 0, y, 0);
        }

        static Affine rotation(double angle) {
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            return new Affine(cos, -sin, 0, sin, cos, 0);
        }

        static Affine translation(double x, double y) {
            return new Affine(1, 0, x, 0, 1, y);
        }

        boolean isIdentity() {
            return a == 1 && b == 0 && c == 0 && d == 0 && e == 1 && f == 0; // −0 is 0 here
        }

        /** This map of what another gives. */
        Affine after(Affine first) {
            return new Affine(
                    a * first.a + b * first.d,
                    a * first.b + b * first.e,
                    a * first.c + b * first.f + c,
                    d * first.a + e * first.d,
                    d * first.b + e * first.e,
                    d * first.c + e * first.f + f);
        }

        /** How far from the centre the source of a square's corners lies at most, along an axis. */
        double reach(double half) {
            return Math.max(
                    (Math.abs(a) + Math.abs(b)) * half + Math.abs(c), (Math.abs(d) + Math.abs(e)) * half + Math.abs(f));
        }
    }

    /**
     * Warped images.
     *
     * @param images [N, C, S, S]
     * @param sources for each image, where each of its points comes from
     */
    static Tensor warped(Tensor images, Affine[] sources) {
        int side = (int) images.size(2);
        long planes = images.size(0) * images.size(1);
        int border = border(side, sources);
        Tensor padded = border == 0 ? images : Functional.reflectionPad2d(images, border);
        long large = side + 2L * border;
        Tensor filter = filter(images);
        Tensor doubled =
                Functional.convTranspose2d(padded.reshape(planes, 1, large, large), filter.mul(4), null, 2, 0, 0);
        long fine = doubled.size(2);
        Tensor sampled = Functional.gridSample(
                doubled.reshape(images.size(0), images.size(1), fine, fine),
                points(sources, 2 * (side - 1) + SYM6.length, fine)
                        .to(images.dtype())
                        .to(images.device()));
        return Functional.conv2d(sampled.reshape(planes, 1, sampled.size(2), sampled.size(3)), filter, null, 2, 0)
                .reshape(images.shape().toArray());
    }

    /** Pixels of mirrored border that some image needs. */
    private static int border(int side, Affine[] sources) {
        double most = 0;
        double half = side / 2.0;
        for (Affine source : sources) {
            most = Math.max(most, source.reach(half) - half);
        }
        // Beyond a point that is needed lie those of the filters.
        int border = most < 1e-9 ? 0 : (int) Math.ceil(most) + SYM6.length / 2;
        return Math.min(side - 1, border);
    }

    /** f along both axes, [1, 1, 12, 12]. */
    private static Tensor filter(Tensor like) {
        Tensor line = Tensors.of(SYM6, SYM6.length, 1).div(Math.sqrt(2));
        return line.matmul(line.transpose(0, 1))
                .reshape(1, 1, SYM6.length, SYM6.length)
                .to(like.dtype())
                .to(like.device());
    }

    /**
     * Where the doubled image is sampled.
     *
     * @param count points a side, half a pixel apart
     * @param fine side of the doubled image
     * @return [N, count, count, 2], in the units of {@link Functional#gridSample}
     */
    private static Tensor points(Affine[] sources, int count, long fine) {
        double[] plane = new double[count * count * 3];
        double late = DELAY - (SYM6.length - 1) / 2.0;
        double centre = (count - 1) / 2.0 + late;
        int next = 0;
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < count; column++) {
                plane[next++] = (column - centre) / 2;
                plane[next++] = (row - centre) / 2;
                plane[next++] = 1;
            }
        }
        double[] maps = new double[sources.length * 6];
        double unit = 4.0 / fine; // half pixels from the centre, over half the side
        for (int i = 0; i < sources.length; i++) {
            Affine map = sources[i];
            double[] columns = {map.a, map.d, map.b, map.e, map.c, map.f};
            for (int j = 0; j < 6; j++) {
                maps[6 * i + j] = columns[j] * unit;
            }
        }
        return Tensors.of(plane, 1, (long) count * count, 3)
                .matmul(Tensors.of(maps, sources.length, 3, 2))
                .add(2 * late / fine)
                .reshape(sources.length, count, count, 2);
    }
}
