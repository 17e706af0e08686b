package org.saddlepoint.schedule;

import java.util.function.ToLongFunction;

/**
 * The progress of a training, on which schedules depend.
 *
 * @param step steps done
 * @param images real examples seen
 * @param horizon how far it will go
 * @param plateaus number of times that the generator's loss has stopped falling so far, as defined by {@link Schedule.Plateau}
 */
public record Progress(long step, long images, Horizon horizon, ToLongFunction<Schedule.Plateau> plateaus) {
    /** The start of a training of unknown length. */
    public static final Progress START = of(0, 0, Horizon.UNKNOWN);

    /** Progress of a training without plateaus of the loss. */
    public static Progress of(long step, long images, Horizon horizon) {
        return new Progress(step, images, horizon, plateau -> 0);
    }

    /** The progress in this unit. */
    public long in(Unit unit) {
        return switch (unit) {
            case STEPS -> step;
            case IMAGES -> images;
            case EPOCHS -> images / horizon.examples();
        };
    }
}
