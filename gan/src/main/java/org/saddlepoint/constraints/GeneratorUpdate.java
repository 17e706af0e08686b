package org.saddlepoint.constraints;

import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.saddlepoint.models.StyleGenerator;
import org.saddlepoint.nn.Network;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * The inputs of a regularizer: one update of the generator.
 *
 * @param generator G under the conditions of this update: maps inputs to samples, differentiably
 * @param network G itself, for its weights
 * @param inputs inputs of the samples: latents [N, d] or the images of a translation [N, C, H, W]
 * @param samples G(inputs), in the graph of the loss
 * @param styled the same generator with its styles, if it has any
 * @param random random numbers of regularizers
 * @param progress progress of the training; its step is the number of earlier updates of G
 */
public record GeneratorUpdate(
        UnaryOperator<Tensor> generator,
        Network network,
        Tensor inputs,
        Tensor samples,
        Optional<Styled> styled,
        RandomGenerator random,
        Progress progress) {
    /** An update of a generator without styles. */
    public GeneratorUpdate(
            UnaryOperator<Tensor> generator,
            Network network,
            Tensor inputs,
            Tensor samples,
            RandomGenerator random,
            Progress progress) {
        this(generator, network, inputs, samples, Optional.empty(), random, progress);
    }

    /**
     * A generator that goes through styles.
     *
     * @param generator itself
     * @param styles makes so many styles [n, L, W] of new latents, under the conditions of the update's first samples
     */
    public record Styled(StyleGenerator generator, LongFunction<Tensor> styles) {}
}
