package org.saddlepoint.lab;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.theory.DiscreteTransport;
import org.saddlepoint.theory.LinearAssignment;

/**
 * Two half circles of the plane that do not meet, and that reach into each other if the gap is below 1: data above, and
 * below what the generator G_θ(z) = θ φ(z) makes, which is linear in its six parameters.
 *
 * <pre>
 * φ(z) = (1, cos πz, sin πz),   data (cos πz − ½, sin πz),   θ = ((½, −1, 0), (h, 0, −1)),   z ~ U[0, 1]
 * h = 1 − gap   where an end of one is closest to the middle of the other, gap ≤ 1
 * h = −√(gap² − 1)   where the ends, 1 apart in x, are closest to each other
 * </pre>
 */
final class Moons {
    private static final int FEATURES = 3;

    private static final double[][] DATA = {{-0.5, 1, 0}, {0, 0, 1}};

    private final double[][] theta;
    private final double[][] features;
    private final double[][] real;
    private final double[][] fake;

    /**
     * Two moons.
     *
     * @param gap the smallest distance between them, at least 0
     * @param even how many points, evenly along each, stand for it
     */
    Moons(double gap, int even) {
        theta = new double[][] {{0.5, -1, 0}, {gap <= 1 ? 1 - gap : -Math.sqrt(gap * gap - 1), 0, -1}};
        features = new double[even][];
        for (int i = 0; i < even; i++) {
            features[i] = features((i + 0.5) / even);
        }
        real = points(DATA);
        fake = points(theta);
    }

    /** An untrained discriminator between fresh samples of the two. */
    CriticTraining training(CriticTraining.Settings settings, long seed) {
        return new CriticTraining(
                settings,
                Shape.of(2),
                (count, random) -> sample(DATA, count, random),
                (count, random) -> sample(theta, count, random),
                seed);
    }

    /** The data, evenly spread. */
    double[][] real() {
        return real;
    }

    /** The generated points, evenly spread. */
    double[][] fake() {
        return fake;
    }

    /** M = √E‖∂G_θ(z)/∂θ‖², with operator norms: that of θ ↦ θ φ(z) is ‖φ(z)‖. */
    double jacobianNorm() {
        return Math.sqrt(Arrays.stream(features)
                .mapToDouble(phi -> phi[0] * phi[0] + phi[1] * phi[1] + phi[2] * phi[2])
                .average()
                .orElseThrow());
    }

    /** Converts gradients in the generated points, by index, to gradients in θ: one row of six numbers per point. */
    double[][] inTheta(IntFunction<double[]> inPoint) {
        double[][] gradients = new double[features.length][2 * FEATURES];
        for (int i = 0; i < features.length; i++) {
            double[] gradient = inPoint.apply(i);
            for (int k = 0; k < 2 * FEATURES; k++) {
                gradients[i][k] = gradient[k / FEATURES] * features[i][k % FEATURES];
            }
        }
        return gradients;
    }

    /** ∂W₁/∂θ, six numbers: each generated point of the optimal plan moves straight away from its partner. */
    double[] transportGradient() {
        LinearAssignment plan = LinearAssignment.solve(DiscreteTransport.euclideanCost(fake, real), fake.length);
        int[] partner = plan.columns();
        return mean(inTheta(i -> {
            double dx = fake[i][0] - real[partner[i]][0];
            double dy = fake[i][1] - real[partner[i]][1];
            double length = Math.hypot(dx, dy);
            return new double[] {dx / length, dy / length};
        }));
    }

    /** The mean of these rows. */
    static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += row[k] / rows.length;
            }
        }
        return mean;
    }

    private static double[] features(double z) {
        return new double[] {1, Math.cos(Math.PI * z), Math.sin(Math.PI * z)};
    }

    private double[][] points(double[][] map) {
        return Arrays.stream(features).map(phi -> point(map, phi)).toArray(double[][]::new);
    }

    private static double[] point(double[][] map, double[] phi) {
        return Arrays.stream(map)
                .mapToDouble(row -> row[0] * phi[0] + row[1] * phi[1] + row[2] * phi[2])
                .toArray();
    }

    /** Stratified samples: one z from each of {@code count} equal parts of [0, 1], so that batches differ little. */
    private static Tensor sample(double[][] map, int count, RandomGenerator random) {
        double[] within = random.uniform(0, 1, count).toDoubleArray();
        return CriticTraining.tensor(IntStream.range(0, count)
                .mapToObj(i -> point(map, features((i + within[i]) / count)))
                .toArray(double[][]::new));
    }
}
