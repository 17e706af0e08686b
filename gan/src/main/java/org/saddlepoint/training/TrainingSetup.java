package org.saddlepoint.training;

import org.saddlepoint.tensor.Device;

/**
 * What a training needs to know beside recipe and data.
 *
 * @param seed of initial weights, latents, noise and the order of the data
 * @param singleStream whether all random numbers but the data's come from one stream, as in runs of format 1
 * @param device where the networks are
 * @param precision arithmetic of the networks' passes
 */
public record TrainingSetup(long seed, boolean singleStream, Device device, Precision precision) {
    /** Separate streams of a seed, on the CPU, in float32. */
    public static TrainingSetup of(long seed) {
        return of(seed, Device.CPU, Precision.FLOAT32);
    }

    /** Separate streams of a seed. */
    public static TrainingSetup of(long seed, Device device, Precision precision) {
        return new TrainingSetup(seed, false, device, precision);
    }

    /** The same for a run that goes on from a checkpoint. */
    public TrainingSetup withSingleStream(boolean single) {
        return new TrainingSetup(seed, single, device, precision);
    }

    /** The state before the first step. */
    public TrainingState start() {
        return new TrainingState(singleStream ? RandomStreams.single(seed) : RandomStreams.of(seed));
    }
}
