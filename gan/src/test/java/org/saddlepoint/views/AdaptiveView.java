package org.saddlepoint.views;

import org.saddlepoint.tensor.Tensor;

/**
 * A view as adaptive augmentations are: it darkens samples by a strength that grows while D calls more than half of the real
 * samples real, and draws how much.
 */
public record AdaptiveView(double step) implements View {
    @Override
    public Tensor apply(Tensor samples, Sight sight) {
        double strength = sight.memory().get("strength", 0.1);
        Tensor drawn = sight.random().uniform(samples.dtype(), 0.5, 1);
        return samples.mul(drawn.mul(-strength).add(1));
    }

    @Override
    public void observe(Tensor realLogits, Sight sight) {
        double sign = Math.signum(realLogits.sign().mean().item());
        sight.memory().set("strength", sight.memory().get("strength", 0.1) + sign * step);
        sight.memory().set("calls", sight.memory().get("calls", 0) + 1);
    }
}
