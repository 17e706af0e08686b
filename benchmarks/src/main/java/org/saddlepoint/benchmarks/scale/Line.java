package org.saddlepoint.benchmarks.scale;

/**
 * Seconds of a step by the examples of it, c(b) = fixed + b · perExample.
 *
 * @param fixed what does not depend on them, such as the optimizer
 * @param perExample of each
 */
public record Line(double fixed, double perExample) {
    /** The line of the least squares, neither number below 0. */
    static Line fit(double[] examples, double[] seconds) {
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < examples.length; i++) {
            meanX += examples[i] / examples.length;
            meanY += seconds[i] / examples.length;
        }
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < examples.length; i++) {
            xy += (examples[i] - meanX) * (seconds[i] - meanY);
            xx += (examples[i] - meanX) * (examples[i] - meanX);
        }
        double slope = Math.max(0, xy / xx);
        double fixed = meanY - slope * meanX;
        return fixed < 0 ? new Line(0, meanY / meanX) : new Line(fixed, slope);
    }

    double at(double examples) {
        return fixed + examples * perExample;
    }
}
