package org.saddlepoint.lab;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Numbers in a row, as charts take them. */
final class Series {
    private Series() {}

    /** One number for each of these. */
    static <T> double[] of(List<? extends T> all, ToDoubleFunction<T> number) {
        return all.stream().mapToDouble(number).toArray();
    }

    static double[] of(List<Double> all) {
        return of(all, Double::doubleValue);
    }

    /** A function of each number. */
    static double[] map(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }

    /** The k-th coordinate of each point. */
    static double[] axis(double[][] points, int k) {
        return Arrays.stream(points).mapToDouble(point -> point[k]).toArray();
    }

    /** Points of the line, each a row of one number. */
    static double[][] column(double[] values) {
        return Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
    }

    /** first, first + 1, …, last. */
    static double[] range(int first, int last) {
        return IntStream.rangeClosed(first, last).asDoubleStream().toArray();
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
