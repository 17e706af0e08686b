package org.saddlepoint.constraints;

import java.util.List;
import java.util.Optional;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Tensor;

/**
 * Path length regularization (Karras et al. 2020, "Analyzing and Improving the Image Quality of StyleGAN", section 3.2, equation 4,
 * in the form of the authors' code): a step in w should change the image by as much everywhere.
 *
 * <pre>
 * λ E[(ℓ − a)²],   ℓ = √(mean over layers of Σ (∂⟨g(w), y⟩ / ∂w)²),   y ~ N(0, 1 / pixels)
 * a ← a + decay (E ℓ − a)   before each use; it begins at 0, and the new E ℓ in it is differentiated, as in that code
 * </pre>
 *
 * <p>Its samples have latents of their own. Lazily computed, at each k-th update only, the penalty counts k times (appendix B).
 *
 * @param weight λ, >= 0, a number or a schedule; 2 in the paper
 * @param every k: computed at each k-th update of G, from the first on; 4 in the paper
 * @param decay of the mean length, in (0, 1]; 0.01 in the paper
 * @param shrink by how much smaller its batch is than that of the update, at least 1; 2 in the paper
 * @param ownStep whether it has a step of the optimizer of its own behind that of the objective, as in the paper
 */
public record PathLength(Schedule weight, int every, double decay, int shrink, boolean ownStep)
        implements GeneratorRegularizer {
    private static final String MEAN = "mean";

    public PathLength {
        weight.requireNotNegative("weight");
        Require.atLeast(1, "every", every);
        Require.that(decay > 0 && decay <= 1, "decay", "in (0, 1]", decay);
        Require.atLeast(1, "shrink", shrink);
    }

    @Override
    public boolean needsStyles() {
        return true;
    }

    /** @throws IllegalArgumentException if the generator has no styles */
    @Override
    public Optional<Tensor> penalty(GeneratorUpdate update, Memory memory) {
        double factor = weight.at(update.progress());
        if (factor == 0 || update.progress().step() % every != 0) {
            return Optional.empty();
        }
        GeneratorUpdate.Styled styled = update.styled()
                .orElseThrow(() -> new IllegalArgumentException(
                        "path length regularization needs a generator that goes through styles, such as stylegan2; leave it"
                                + " out"));
        Tensor styles = styled.styles().apply(Math.max(1, update.inputs().size(0) / shrink));
        Tensor images = styled.generator().synthesize(styles);
        Tensor lengths = lengths(images, styles, update);
        double before = memory.get(MEAN, 0);
        double now = memory.meanOverBatch(lengths.detach().mean().item());
        double mean = before + decay * (now - before);
        memory.set(MEAN, mean);
        // What a adds to the gradient, as a term of value 0: E ℓ is of all processes, and each has the graph of its own
        // lengths alone.
        Tensor own = lengths.mean();
        Tensor throughMean = own.sub(own.detach()).mul(-2 * (now - mean) * decay);
        Tensor penalty = lengths.sub(mean).square().mean().add(throughMean).mul(factor * every);
        // The last biases change no length, but a step of its own must know all weights.
        return Optional.of(ownStep ? penalty.add(images.sum().mul(0)) : penalty);
    }

    /** ℓ of each image, [n]. */
    private static Tensor lengths(Tensor images, Tensor styles, GeneratorUpdate update) {
        double pixels = (double) images.size(2) * images.size(3);
        Tensor noise = update.random()
                .normal(images.dtype(), images.shape().toArray())
                .mul(1 / Math.sqrt(pixels))
                .to(images.device());
        Tensor product = images.mul(noise).sum();
        return Autograd.grad(List.of(product), List.of(styles), true)
                .get(0)
                .square()
                .sum(false, 2)
                .mean(false, 1)
                .sqrt();
    }
}
