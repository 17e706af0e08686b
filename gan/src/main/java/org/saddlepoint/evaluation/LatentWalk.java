package org.saddlepoint.evaluation;

import org.saddlepoint.tensor.Tensor;

/**
 * A generator that can be asked for chosen latents, for metrics of how samples change along a path between latents. Its
 * randomness is its own: what is drawn here changes no other sample.
 */
public interface LatentWalk {
    /** Fresh latents of the generator's prior, [count, size], in the current scope. */
    Tensor latents(int count);

    /**
     * Samples at the starts of steps and, behind them, at their ends; a generator with conditions is asked for the same at
     * both ends of a step.
     *
     * @param ends latents [2n, size], of which rows i and n + i belong together
     * @return [2n, …], in the current scope
     */
    Tensor samples(Tensor ends);

    /**
     * Passes over so many steps: samples that follow are the same as if those of these had been asked for. Needed where {@link #samples}
     * draws random numbers, such as conditions.
     */
    default void skip(int steps) {}
}
