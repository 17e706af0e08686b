package org.saddlepoint.constraints;

import java.util.function.UnaryOperator;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * What a regularizer of the generator may look at: one update.
 *
 * @param generator G under the conditions of this update: maps inputs to samples, differentiably
 * @param inputs what the samples were made of, latents [N, d] or the images of a translation [N, C, H, W]
 * @param samples G(inputs), in the graph of the loss
 * @param random where regularizers draw from
 * @param progress how far training is; its step is how many updates of G came before
 */
public record GeneratorUpdate(
        UnaryOperator<Tensor> generator, Tensor inputs, Tensor samples, RandomGenerator random, Progress progress) {}
