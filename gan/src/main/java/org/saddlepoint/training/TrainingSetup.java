package org.saddlepoint.training;

import java.util.Optional;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.distributed.Ranks;

/**
 * What a training needs to know beside recipe and data.
 *
 * @param seed of initial weights, latents, noise and the order of the data
 * @param singleStream whether all random numbers but the data's come from one stream, as in runs of format 1
 * @param device where the networks are
 * @param precision arithmetic of the networks' passes
 * @param processes that train together, if there are several
 */
public record TrainingSetup(
        long seed, boolean singleStream, Device device, Precision precision, Optional<Processes> processes) {
    /** Separate streams of a seed, on the CPU, in float32. */
    public static TrainingSetup of(long seed) {
        return of(seed, Device.CPU, Precision.FLOAT32);
    }

    /** Separate streams of a seed. */
    public static TrainingSetup of(long seed, Device device, Precision precision) {
        return new TrainingSetup(seed, false, device, precision, Optional.empty());
    }

    /** The same for a run that goes on from a checkpoint. */
    public TrainingSetup withSingleStream(boolean single) {
        return new TrainingSetup(seed, single, device, precision, processes);
    }

    /** The same of one of several processes. */
    public TrainingSetup with(Optional<Processes> several) {
        return new TrainingSetup(seed, singleStream, device, precision, several);
    }

    /**
     * Who shares each batch.
     *
     * @param batch examples
     * @throws IllegalArgumentException if there are more processes than examples
     */
    public Ranks ranks(int batch) {
        return processes
                .map(several -> Ranks.of(several.group(), batch, several.synchronizeStatistics()))
                .orElse(Ranks.ALONE);
    }

    /** Makes a step, whose networks are built alike everywhere, that of one of several processes. */
    public void join(TrainingStep step, TrainingState state, Ranks ranks) {
        if (!ranks.isAlone()) {
            state.ranks(ranks);
            state.random().setApart(ranks.rank(), seed);
            step.join(ranks);
        }
    }

    /** The state before the first step. */
    public TrainingState start() {
        return new TrainingState(singleStream ? RandomStreams.single(seed) : RandomStreams.of(seed));
    }
}
