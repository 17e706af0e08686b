package org.saddlepoint.diagnostics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.views.Sight;

/**
 * What D's scores of real and generated samples show, whatever their scale: order, spread, and the slopes of the losses.
 *
 * <pre>slope = mean |∂L/∂D(x)|, over that of scores that are all 0</pre>
 */
final class LogitSignals {
    private final AdversarialStep step;
    private final Discriminator discriminator;
    private final int chunk;
    private final RandomGenerator random;
    private final Optional<HeldOutSide> heldOut;

    LogitSignals(
            AdversarialStep step,
            Discriminator discriminator,
            int chunk,
            RandomGenerator random,
            Optional<HeldOutSide> heldOut) {
        this.step = step;
        this.discriminator = discriminator;
        this.chunk = chunk;
        this.random = random;
        this.heldOut = heldOut;
    }

    void measure(Tensor real, Tensor fake, Conditioning conditions, TrainingState state, Map<Signal, Double> values) {
        Tensor ofReal = scores(real, Sight.Origin.REAL, conditions, state);
        Tensor ofFake = scores(fake, Sight.Origin.FAKE, conditions, state);
        double[] reals = perSample(ofReal);
        double[] fakes = perSample(ofFake);
        values.put(Signal.SEPARATION, above(reals, fakes));
        values.put(Signal.GAP, effect(reals, fakes));
        values.put(Signal.REAL_SIGN, ofReal.sign().mean().item());
        values.put(Signal.ESTIMATE, mean(reals) - mean(fakes));
        slopes(ofReal, ofFake, values);
        if (heldOut.isPresent()) {
            heldOut(heldOut.get(), reals, fakes, state, values);
        }
    }

    private void heldOut(
            HeldOutSide side, double[] reals, double[] fakes, TrainingState state, Map<Signal, Double> values) {
        double[] held = perSample(scores(side.samples(), Sight.Origin.REAL, side.conditions(), state));
        double lead = mean(reals) - mean(fakes);
        values.put(Signal.OVERFITTING, above(reals, held));
        values.put(Signal.HELD_OUT_ESTIMATE, mean(held) - mean(fakes));
        if (lead > 0) {
            values.put(Signal.HELD_OUT_GAP, (mean(reals) - mean(held)) / lead);
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private Tensor scores(Tensor samples, Sight.Origin origin, Conditioning conditions, TrainingState state) {
        Tensor seen = step.see(samples, origin, state, random);
        return GanProbe.inChunks(seen, conditions.to(seen.device()), chunk, discriminator::forward)
                .detach();
    }

    /** The mean over the patches of a map. */
    private static double[] perSample(Tensor logits) {
        Tensor rows = logits.shape().rank() == 1 ? logits : logits.flatten(1).mean(false, 1);
        return rows.toDoubleArray();
    }

    /** Probability that one of the first is larger than one of the second; equal ones count half. */
    static double above(double[] first, double[] second) {
        double sum = 0;
        for (double a : first) {
            for (double b : second) {
                sum += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }
        return sum / first.length / second.length;
    }

    /** Difference of means over the pooled standard deviation (Cohen 1988). */
    private static double effect(double[] first, double[] second) {
        double[] a = moments(first);
        double[] b = moments(second);
        double pooled = Math.sqrt((a[1] + b[1]) / 2);
        return (a[0] - b[0]) / Math.max(1e-12, pooled);
    }

    private static double[] moments(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        return new double[] {mean, variance};
    }

    private void slopes(Tensor real, Tensor fake, Map<Signal, Double> values) {
        Objective objective = step.objective();
        double[] now = slopes(objective, real, fake);
        double[] undecided = slopes(objective, Tensors.zerosLike(real), Tensors.zerosLike(fake));
        if (undecided[0] > 0) {
            values.put(Signal.D_SLOPE, now[0] / undecided[0]);
        }
        if (undecided[1] > 0) {
            values.put(Signal.G_SLOPE, now[1] / undecided[1]);
        }
    }

    /** Mean sizes of the derivatives of D's and G's losses with respect to scores. */
    private static double[] slopes(Objective objective, Tensor real, Tensor fake) {
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording on = Autograd.withGrad()) {
            Tensor ofReal = real.detach().copy().withGrad(true);
            Tensor ofFake = fake.detach().copy().withGrad(true);
            List<Tensor> d = Autograd.grad(objective.discriminatorLoss(ofReal, ofFake), List.of(ofReal, ofFake));
            double discriminator =
                    d.get(0).abs().sum().item() + d.get(1).abs().sum().item();
            Tensor again = fake.detach().copy().withGrad(true);
            Tensor loss = objective.generatorLoss(real::detach, again);
            double generator =
                    Autograd.grad(loss, List.of(again)).get(0).abs().sum().item();
            return new double[] {discriminator / 2, generator};
        }
    }
}
