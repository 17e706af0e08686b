package org.saddlepoint.theory;

import java.util.Arrays;
import java.util.List;

/** A mixture of densities, p(x) = Σ_k w_k p_k(x): the modes that a generator may find or miss. */
public final class Mixture implements Density {
    private final double[] weights;
    private final List<Density> components;

    /**
     * Mixes densities.
     *
     * @param weights w, a distribution over the components
     * @param components p_k
     * @throws IllegalArgumentException if the weights are no distribution or not as many as the components
     */
    public Mixture(double[] weights, List<? extends Density> components) {
        Distributions.require(weights, "weights");
        if (weights.length != components.size()) {
            throw new IllegalArgumentException("weights must have one entry for each of the " + components.size()
                    + " components but has " + weights.length);
        }
        this.weights = weights.clone();
        this.components = List.copyOf(components);
    }

    /**
     * A mixture of equal shares.
     *
     * @throws IllegalArgumentException if there is no component
     */
    public static Mixture of(Density... components) {
        return new Mixture(Distributions.uniform(components.length), List.of(components));
    }

    @Override
    public double logAt(double x) {
        double[] logs = new double[weights.length];
        Arrays.setAll(logs, k -> Math.log(weights[k]) + components.get(k).logAt(x));
        double largest = Arrays.stream(logs).max().orElseThrow();
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (double each : logs) {
            sum += Math.exp(each - largest);
        }
        return largest + Math.log(sum);
    }

    @Override
    public double cumulative(double x) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * components.get(k).cumulative(x);
        }
        return sum;
    }

    @Override
    public double[] breaks() {
        return Breaks.union(components.stream().map(Density::breaks).toArray(double[][]::new));
    }

    @Override
    public Mixture plusNormalNoise(double standardDeviation) {
        return new Mixture(
                weights,
                components.stream()
                        .map(each -> each.plusNormalNoise(standardDeviation))
                        .toList());
    }
}
