package org.saddlepoint.diagnostics;

import org.saddlepoint.input.Require;

/** When a reading is due. */
public sealed interface Pace {
    /**
     * Whether a reading is due.
     *
     * @param step steps done
     * @param spent nanoseconds spent on readings so far
     * @param expected nanoseconds that the next one will take
     * @param elapsed nanoseconds since the training began
     */
    boolean isDue(long step, long spent, long expected, long elapsed);

    /**
     * By cost: as often as a share of the time allows, at multiples of a number of steps.
     *
     * @param share of the time, in (0, 1]
     * @param grid steps
     */
    record ByCost(double share, long grid) implements Pace {
        /** What a diagnosis may take of a training's time. */
        public static final double SHARE = 0.02;

        public ByCost {
            Require.positive("share", share);
            Require.atLeast(1, "grid", grid);
        }

        /** At most 500 readings of a training of so many steps, in 2 % of its time. */
        public static ByCost of(long steps) {
            long grid = 1;
            for (long factor = 2; grid * 500 < steps; factor = factor == 2 ? 5 : 2) {
                grid *= factor;
            }
            return new ByCost(SHARE, grid);
        }

        @Override
        public boolean isDue(long step, long spent, long expected, long elapsed) {
            return step % grid == 0 && spent + expected <= share * elapsed;
        }
    }

    /**
     * Every so many steps, whatever it costs.
     *
     * @param every steps
     */
    record Fixed(long every) implements Pace {
        public Fixed {
            Require.atLeast(1, "every", every);
        }

        @Override
        public boolean isDue(long step, long spent, long expected, long elapsed) {
            return step % every == 0;
        }
    }
}
