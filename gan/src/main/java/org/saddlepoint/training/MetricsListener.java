package org.saddlepoint.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.plot.Plots;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunFolder;

/** Writes a line of {@code metrics.jsonl} every so many steps, and at the end draws the losses. */
public final class MetricsListener implements TrainingListener {
    /** Beside {@code metrics.jsonl}. */
    public static final String LOSSES = "losses.png";

    /** In the rows after a return to a checkpoint: what the learning rates are multiplied by. */
    public static final String LEARNING_RATE_FACTOR = "learningRateFactor";

    private final MetricsLog log;
    private final RunFolder folder;
    private final String title;
    private final int every;

    /** Writes to this log every so many steps; the caller closes it. The title stands above the curves. */
    public MetricsListener(MetricsLog log, RunFolder folder, String title, int every) {
        this.log = log;
        this.folder = folder;
        this.title = title;
        this.every = every;
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        if (state.step() % every == 0 || state.step() == 1) {
            Map<String, Double> values = new LinkedHashMap<>(report.values());
            if (state.learningRateFactor() < 1) {
                values.put(LEARNING_RATE_FACTOR, state.learningRateFactor());
            }
            log.append(state.step(), values);
        }
    }

    @Override
    public void onFailure(TrainingState state, RuntimeException failure) {
        onEnd(state);
    }

    @Override
    public void onEnd(TrainingState state) {
        if (state.step() > 0) {
            Plots.losses(
                    MetricsLog.read(folder.metricsFile()),
                    MetricsLog.read(folder.diagnosisFile()),
                    title,
                    folder.path().resolve(LOSSES));
        }
    }
}
