package org.saddlepoint.testing;

import java.nio.charset.StandardCharsets;
import java.util.function.LongToDoubleFunction;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Numbers that Java and Python make alike, so that weights need no file: SplitMix64 (Steele et al. 2014) seeded by FNV-1a
 * of a name, as in {@code golden_inception.py}.
 */
public final class PseudoRandom {
    private PseudoRandom() {}

    /** The word at this position, from 0, of the stream of a name. */
    private static long bits(long seed, long position) {
        long z = seed + (position + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static long seed(String name) {
        long seed = 0xCBF29CE484222325L;
        for (byte next : name.getBytes(StandardCharsets.UTF_8)) {
            seed = (seed ^ (next & 0xff)) * 0x100000001B3L;
        }
        return seed;
    }

    /** Float32 in [low, high), from the words' upper 53 bits. */
    public static Tensor uniform(String name, double low, double high, long... shape) {
        return fill(name, bits -> low + (high - low) * ((bits >>> 11) * 0x1p-53), shape);
    }

    /** Float32 images [N, …] of whole values, in image i below 256 / 2ⁱ. */
    public static Tensor pixels(String name, long... shape) {
        long perImage = Shape.of(shape).elements() / shape[0];
        long seed = seed(name);
        float[] values = new float[Math.toIntExact(Shape.of(shape).elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = bits(seed, i) & (256 >> i / perImage) - 1;
        }
        return Tensors.of(values, shape);
    }

    private static Tensor fill(String name, LongToDoubleFunction value, long... shape) {
        long seed = seed(name);
        float[] values = new float[Math.toIntExact(Shape.of(shape).elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value.applyAsDouble(bits(seed, i));
        }
        return Tensors.of(values, shape);
    }
}
