package org.saddlepoint.onnx;

import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.pairs.PairHalf;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * What a translator is recorded and compared on.
 *
 * @param channels of a picture
 * @param height at which it is recorded first
 * @param width at which it is recorded first
 * @param examples pictures of any size
 */
record Pictures(int channels, Free height, Free width, Port.Examples examples) {
    /** Below it, instance normalization of noise has few pixels to measure, and makes much of small differences. */
    private static final int SIDE = 16;

    /** Noise: does as well as pictures where nothing but the arithmetic is compared. */
    static Pictures noise(TranslatorConfig config, int channels) {
        long side = config.nearest(Math.max(SIDE, config.smallest()));
        return of(config, channels, side, side, (random, shape) -> random.uniform(-1, 1, shape));
    }

    /** Pictures that are translated, brought to the sizes that are asked for. */
    static Pictures of(TranslatorConfig config, PairHalf half) {
        return of(
                config,
                half.shape().channels(),
                config.nearest(half.shape().height()),
                config.nearest(half.shape().width()),
                (random, shape) -> read(half, random, shape));
    }

    private static Pictures of(TranslatorConfig config, int channels, long height, long width, Port.Examples examples) {
        return new Pictures(
                channels,
                new Free("height", height, config.multiple()),
                new Free("width", width, config.multiple()),
                examples);
    }

    private static Tensor read(PairHalf half, RandomGenerator random, long... shape) {
        int elements = half.shape().elements();
        int count = Math.toIntExact(shape[0]);
        float[] values = new float[Math.multiplyExact(count, elements)];
        long[] chosen = random.integers(half.size(), count).toLongArray();
        for (int i = 0; i < count; i++) {
            read(half, (int) chosen[i], values, i * elements);
        }
        Tensor pictures = Tensors.of(
                values,
                count,
                half.shape().channels(),
                half.shape().height(),
                half.shape().width());
        return Functional.upsampleBilinear(pictures, shape[2], shape[3], false);
    }

    /** The example, or the next one that is not damaged. */
    private static void read(PairHalf half, int index, float[] target, int offset) {
        for (int i = 0; i < half.size(); i++) {
            if (canRead(half, (index + i) % half.size(), target, offset)) {
                return;
            }
        }
        throw new EvaluationException(half.name() + " has no picture that can be read");
    }

    private static boolean canRead(PairHalf half, int index, float[] target, int offset) {
        try {
            half.read(index, target, offset);
            return true;
        } catch (DamagedExampleException e) {
            return false; // the dataset lists it
        }
    }
}
