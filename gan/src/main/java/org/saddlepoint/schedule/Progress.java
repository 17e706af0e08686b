package org.saddlepoint.schedule;

import java.util.function.ToLongFunction;

/**
 * How far a training is, as schedules ask.
 *
 * @param step steps done
 * @param images real examples seen
 * @param horizon how far it will go
 * @param plateaus how often so far the generator's loss has ceased to fall, in the sense of a {@link Schedule.Plateau}
 */
public record Progress(long step, long images, Horizon horizon, ToLongFunction<Schedule.Plateau> plateaus) {
    /** The beginning of a training of unknown length. */
    public static final Progress START = of(0, 0, Horizon.UNKNOWN);

    /** Progress of a training whose loss nobody watches. */
    public static Progress of(long step, long images, Horizon horizon) {
        return new Progress(step, images, horizon, plateau -> 0);
    }

    /** What is done, in this unit. */
    public long in(Unit unit) {
        return switch (unit) {
            case STEPS -> step;
            case IMAGES -> images;
            case EPOCHS -> images / horizon.examples();
        };
    }
}
