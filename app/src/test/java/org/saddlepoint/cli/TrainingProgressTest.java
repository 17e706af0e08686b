package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
    /** Keeps the last line of so many columns. */
    private static final class Line implements ProgressBarConsumer {
        private final int columns;
        private volatile String text = "";

        Line(int columns) {
            this.columns = columns;
        }

        @Override
        public int getMaxRenderedLength() {
            return columns;
        }

        @Override
        public void accept(String rendered) {
            text = rendered;
        }

        @Override
        public void close() {}
    }

    private static String bar(long step, int columns) {
        Line line = new Line(columns);
        try (ProgressBar bar = new ProgressBarBuilder()
                .setInitialMax(1500)
                .setRenderer(new BarRenderer())
                .setConsumer(line)
                .build()) {
            bar.setExtraMessage(", D 1.386, G 0.693, 911 images/s, 9 s left");
            bar.stepTo(step);
        }
        return line.text;
    }

    @Test
    void theBarFillsTheColumnsThereAreAndNeverMore() {
        assertThat(bar(0, 79))
                .startsWith("  0% [      ")
                .endsWith("] 0/1500, D 1.386, G 0.693, 911 images/s, 9 s left")
                .hasSize(79);
        assertThat(bar(750, 90))
                .startsWith(" 50% [====")
                .contains("] 750/1500, D ")
                .endsWith("left")
                .hasSize(90);
        assertThat(bar(1500, 200))
                .startsWith("100% [" + "=".repeat(40) + "] 1500/1500")
                .contains("left  ")
                .hasSize(200);
        assertThat(bar(750, 40)).hasSize(40);
    }

    @Test
    void durationsReadWell() {
        assertThat(TrainingProgress.duration(7)).isEqualTo("7 s");
        assertThat(TrainingProgress.duration(83)).isEqualTo("1:23 min");
        assertThat(TrainingProgress.duration(7500)).isEqualTo("2:05 h");
    }
}
