package org.saddlepoint;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.saddlepoint.input.Require;

/**
 * Which samples a {@link TrainedGenerator} draws. The same options give the same samples, those of the command {@code sample}.
 *
 * @param count how many, or how many rows; of several classes how many each; if empty, 64, of several classes 10 each
 * @param seed of the latents
 * @param classes which classes, of a model with classes
 * @param vector the numbers that all samples are asked for, of a model with numbers; else empty
 * @param interpolation samples on a straight line from one latent to another, in each of {@code count} rows; between two
 *     classes from one to the other, of the same latent
 * @param truncation ψ in [−1, 1], of a generator that goes through styles: they are moved towards their mean, w̄ + ψ (w − w̄); 1 if
 *     empty (Karras et al. 2019, appendix B)
 */
public record SampleOptions(
        OptionalInt count,
        long seed,
        ClassChoice classes,
        List<Float> vector,
        OptionalInt interpolation,
        OptionalDouble truncation) {
    /** 64 samples of seed 0, of each class in turn. */
    public static final SampleOptions DEFAULT = new SampleOptions(
            OptionalInt.empty(), 0, ClassChoice.any(), List.of(), OptionalInt.empty(), OptionalDouble.empty());

    /** @throws IllegalArgumentException if count is below 1 or interpolation below 2, or truncation out of its bounds */
    public SampleOptions {
        count.ifPresent(value -> Require.atLeast(1, "count", value));
        interpolation.ifPresent(value -> Require.atLeast(2, "interpolation", value));
        truncation.ifPresent(value -> Require.within(-1, 1, "truncation", value));
        vector = List.copyOf(vector);
        vector.forEach(number -> Require.finite("each number of the vector", number));
    }

    /** So many samples of seed 0. */
    public static SampleOptions of(int count) {
        return DEFAULT.count(count);
    }

    /** The same with another count. */
    public SampleOptions count(int value) {
        return new SampleOptions(OptionalInt.of(value), seed, classes, vector, interpolation, truncation);
    }

    /** The same with another seed. */
    public SampleOptions seed(long value) {
        return new SampleOptions(count, value, classes, vector, interpolation, truncation);
    }

    /** The same of one class, by its name. */
    public SampleOptions label(String name) {
        return labels(new ClassChoice.Named(List.of(name)));
    }

    /** The same of one class, by its position from 0. */
    public SampleOptions label(int position) {
        return labels(new ClassChoice.Numbered(List.of(position)));
    }

    /** The same of these classes: one row a class, one column a latent. */
    public SampleOptions labels(ClassChoice value) {
        return new SampleOptions(count, seed, value, vector, interpolation, truncation);
    }

    /** The same asked for these numbers, in the order of the data's columns. */
    public SampleOptions vector(float... numbers) {
        List<Float> all =
                IntStream.range(0, numbers.length).mapToObj(i -> numbers[i]).toList();
        return new SampleOptions(count, seed, classes, all, interpolation, truncation);
    }

    /** The same as rows of so many samples on straight lines between latents. */
    public SampleOptions interpolation(int samples) {
        return new SampleOptions(count, seed, classes, vector, OptionalInt.of(samples), truncation);
    }

    /** The same with styles moved towards their mean. */
    public SampleOptions truncation(double psi) {
        return new SampleOptions(count, seed, classes, vector, interpolation, OptionalDouble.of(psi));
    }

    /** The numbers as an array. */
    float[] numbers() {
        float[] numbers = new float[vector.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector.get(i);
        }
        return numbers;
    }
}
