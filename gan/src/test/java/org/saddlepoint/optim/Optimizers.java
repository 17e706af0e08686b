package org.saddlepoint.optim;

import java.util.List;
import org.saddlepoint.schedule.Schedule;

/** All optimizers: each new one is listed here and inherits the tests. */
public final class Optimizers {
    private Optimizers() {}

    /** All of them, with settings that descend small problems. */
    public static List<OptimizerConfig> all() {
        return List.of(
                new SgdConfig(0.05, 0),
                new SgdConfig(0.02, 0.9),
                new RmsPropConfig(Schedule.of(0.05), 0.9, 1e-8),
                AdamConfig.of(0.1, 0.5, 0.999));
    }
}
