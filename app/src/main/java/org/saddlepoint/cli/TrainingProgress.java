package org.saddlepoint.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;

/** Shows a training as it goes: a bar on a terminal, a line now and then in a file, JSON lines if asked for. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_BETWEEN_LINES = 5;
    /** The launcher knows; Java itself cannot tell on every release whether its output is a terminal. */
    static final boolean TERMINAL = Boolean.getBoolean("saddlepoint.terminal");
    /**
     * Given, so that the bar does not look for it through JLine: that would start slower, and take Ctrl-C from the
     * shutdown hook that writes the checkpoint.
     */
    private static final int COLUMNS = Math.max(40, Integer.getInteger("saddlepoint.columns", 80));

    private final Reporter reporter;
    private final long totalSteps;
    private final int logEvery;
    private @Nullable ProgressBar bar;
    private long startNanos;
    private long startStep;
    private long startImages;
    private long lineNanos;
    private String evaluation = "";
    private String finding = "";

    TrainingProgress(Reporter reporter, long totalSteps, int logEvery) {
        this.reporter = reporter;
        this.totalSteps = totalSteps;
        this.logEvery = logEvery;
    }

    @Override
    public void onStart(TrainingState state) {
        startNanos = System.nanoTime();
        lineNanos = startNanos;
        startStep = state.step();
        startImages = state.imagesSeen();
        if (!reporter.json() && TERMINAL) {
            bar = new ProgressBarBuilder()
                    .setInitialMax(totalSteps)
                    .startsFrom(state.step(), Duration.ZERO)
                    .setRenderer(new BarRenderer())
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS - 1))
                    .build();
        }
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        long now = System.nanoTime();
        boolean last = state.step() == totalSteps;
        if (bar != null) {
            bar.stepTo(state.step());
            bar.setExtraMessage(", " + describe(state, report, now));
        } else if (reporter.json()) {
            if (state.step() % logEvery == 0 || last) {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("step", state.step());
                values.putAll(report.values());
                values.put("imagesPerSecond", Math.round(imagesPerSecond(state, now)));
                reporter.event("step", values);
            }
        } else if (last || now - lineNanos >= SECONDS_BETWEEN_LINES * NANOS_PER_SECOND) {
            lineNanos = now;
            reporter.note("step " + state.step() + "/" + totalSteps + ": " + describe(state, report, now));
        }
    }

    /** The last evaluation, to be shown from now on, such as {@code fid 54.3}. */
    void evaluated(String value) {
        evaluation = ", " + value;
    }

    /** What the diagnosis found last, to be shown from now on. */
    void found(String symptom) {
        finding = ", " + symptom;
    }

    /** Shows that training waits, until the next step. */
    void paused() {
        if (bar != null) {
            bar.setExtraMessage(", paused: cannot write");
        }
    }

    private String describe(TrainingState state, StepReport report, long now) {
        double secondsPerStep = (now - startNanos) / (double) NANOS_PER_SECOND / (state.step() - startStep);
        long left = totalSteps - state.step();
        String time = left == 0
                ? "in " + duration(Math.round(secondsPerStep * (state.step() - startStep)))
                : duration(Math.round(secondsPerStep * left)) + " left";
        return String.format(
                Locale.ROOT,
                "D %.3f, G %.3f%s, %,.0f images/s, %s",
                report.values().getOrDefault(MetricsRow.DISCRIMINATOR_LOSS, Double.NaN),
                report.values().getOrDefault(MetricsRow.GENERATOR_LOSS, Double.NaN),
                evaluation + finding,
                imagesPerSecond(state, now),
                time);
    }

    private double imagesPerSecond(TrainingState state, long now) {
        return (state.imagesSeen() - startImages) * (double) NANOS_PER_SECOND / (now - startNanos);
    }

    /** Seconds as 7 s, 1:23 min or 2:05 h. */
    static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds % 3600 / 60);
    }

    @Override
    public void onEnd(TrainingState state) {
        close();
    }

    @Override
    public void onFailure(TrainingState state, RuntimeException failure) {
        close();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
