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
                new AdaptiveView(0.05));
    }
}
