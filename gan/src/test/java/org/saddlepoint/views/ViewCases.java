package org.saddlepoint.views;

import java.util.List;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;

/** All views: each new one is listed here and inherits the tests. */
public final class ViewCases {
    private ViewCases() {}

    /** All of them, with settings that change samples, and one that is a test's own. */
    public static List<View> all() {
        return List.of(
                new Dequantization(),
                new InstanceNoise(Schedule.of(0.3)),
                new InstanceNoise(new Schedule.Step(0.3, 0.5, 2, Unit.STEPS)),
                new DiffAugment(true, true, true),
                new DiffAugment(true, false, false),
                AdaptiveAugmentation.fixed(0.6),
                new AdaptiveAugmentation(true, false, false, 1, 0.6, 4, 0, 1),
                new AdaptiveAugmentation(false, true, false, 1, 0.6, 4, 0, 1),
                new AdaptiveAugmentation(true, true, true, 0.5, 0, 2, 100, 1),
                new Mirroring(),
                new AdaptiveView(0.05));
    }
}
