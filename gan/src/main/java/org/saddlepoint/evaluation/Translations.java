package org.saddlepoint.evaluation;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.saddlepoint.data.pairs.PairHalf;
import org.saddlepoint.tensor.Tensor;

/**
 * Pictures that are translated and what they should become, for metrics that compare picture by picture.
 *
 * @param from what is translated
 * @param to the targets, in the same order
 * @param paired whether a target is that of the same picture, so that the distance from it means something
 * @param there translates one picture, [1, C, H, W] in [−1, 1]
 * @param back translates a result back; empty where there is no such translator
 * @param random whether translations draw random numbers, so that each depends on how many came before
 */
public record Translations(
        PairHalf from,
        PairHalf to,
        boolean paired,
        UnaryOperator<Tensor> there,
        Optional<UnaryOperator<Tensor>> back,
        boolean random) {}
