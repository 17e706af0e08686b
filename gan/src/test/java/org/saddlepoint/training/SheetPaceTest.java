package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When sheets are due, by a clock that the test turns. */
class SheetPaceTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(5);

    /** Steps at which sheets are due in a training from one step to another, of which each takes so long. */
    private List<Long> sheets(SheetPace pace, long from, long to, long nanosPerStep) {
        List<Long> due = new ArrayList<>();
        for (long step = from + 1; step <= to; step++) {
            now.addAndGet(nanosPerStep);
            if (pace.isDue(step)) {
                due.add(step);
                pace.drawn();
            }
        }
        return due;
    }

    @Test
    void theFirstStepsHaveSheetsThenEachTwentySeconds() {
        SheetPace pace = new SheetPace(SheetPace.BY_TIME, now::get);
        pace.start(0);
        assertThat(sheets(pace, 0, 1200, SECOND / 10))
                .containsExactly(1L, 10L, 50L, 100L, 300L, 500L, 700L, 900L, 1100L);
    }

    @Test
    void slowStepsAreSeenBetweenTheFirstOnes() {
        SheetPace pace = new SheetPace(SheetPace.BY_TIME, now::get);
        pace.start(0);
        assertThat(sheets(pace, 0, 10, 8 * SECOND)).containsExactly(1L, 4L, 7L, 10L);
    }

    @Test
    void twoDaysHaveAboutSixtySheets() {
        SheetPace pace = new SheetPace(SheetPace.BY_TIME, now::get);
        pace.start(0);
        assertThat(sheets(pace, 0, 3600, SECOND)).hasSizeBetween(30, 40);
        assertThat(sheets(pace, 3600, 48 * 3600, SECOND)).hasSizeBetween(20, 30);
    }

    @Test
    void aResumedRunKeepsItsPace() {
        SheetPace pace = new SheetPace(SheetPace.BY_TIME, now::get);
        pace.start(40);
        assertThat(pace.pause()).isEqualTo(20 * Math.pow(1.15, 30));
        assertThat(sheets(pace, 1000, 2000, SECOND)).isEmpty();
    }

    @Test
    void aNumberOfStepsIsKeptWhateverTheTime() {
        SheetPace pace = new SheetPace(7, now::get);
        pace.start(0);
        assertThat(sheets(pace, 0, 30, 100 * SECOND)).containsExactly(7L, 14L, 21L, 28L);
    }
}
