package org.saddlepoint.constraints;

import java.util.List;
import java.util.Optional;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Mode seeking (MSGAN; Mao et al. 2019, equation 3, in the form of the authors' code): samples of different latents under one
 * condition should differ, in proportion to the latents.
 *
 * <pre>λ / (d(G(z₁, y), G(z₂, y)) / d(z₁, z₂) + 10⁻⁵),   d the mean absolute difference</pre>
 *
 * <p>z₂ are the latents of the batch, each moved on to the next sample. Lazily computed, at each k-th update only, the penalty
 * counts k times.
 *
 * @param weight λ, >= 0, a number or a schedule; 1 in the paper
 * @param every k: computed at each k-th update of G, from the first on
 */
public record ModeSeeking(Schedule weight, int every) implements GeneratorRegularizer {
    private static final double EPSILON = 1e-5;

    public ModeSeeking {
        weight.requireNotNegative("weight");
        Require.atLeast(1, "every", every);
    }

    /** @throws IllegalArgumentException if the batch has one sample, which has no other to differ from */
    @Override
    public Optional<Tensor> penalty(GeneratorUpdate update, Memory memory) {
        double factor = weight.at(update.progress());
        long count = update.inputs().size(0);
        if (factor == 0 || update.progress().step() % every != 0) {
            return Optional.empty();
        }
        if (count < 2) {
            throw new IllegalArgumentException(
                    "mode seeking compares the samples of a batch with each other, but the generator's batches have 1;"
                            + " set batchSize to 2 or more, or leave mode seeking out");
        }
        Tensor others = Tensors.cat(
                List.of(update.inputs().narrow(0, 1, count - 1), update.inputs().narrow(0, 0, 1)), 0);
        Tensor samples = update.generator().apply(others);
        Tensor apart = samples.sub(update.samples()).abs().mean();
        Tensor latents = others.sub(update.inputs()).abs().mean();
        Tensor ratio = apart.div(latents).add(EPSILON);
        return Optional.of(Tensors.onesLike(ratio).div(ratio).mul(factor * every));
    }
}
