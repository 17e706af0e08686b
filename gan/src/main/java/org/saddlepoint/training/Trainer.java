package org.saddlepoint.training;

import java.util.List;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.optim.NonFiniteException;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.distributed.Ranks;

/** The loop: steps until a number of them is done or someone asks to stop. */
public final class Trainer {
    private final TrainingStep step;
    private final BatchLoader loader;
    private final TrainingState state;
    private final List<TrainingListener> listeners;
    private volatile boolean stopRequested;

    /** A loop over these; the caller keeps and closes step, loader and state. */
    public Trainer(TrainingStep step, BatchLoader loader, TrainingState state, List<TrainingListener> listeners) {
        this.step = step;
        this.loader = loader;
        this.state = state;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Trains until this many steps are done in all, or {@link #requestStop} was called.
     *
     * @throws TrainingDivergedException if a loss, a logit, a gradient or a weight becomes infinite or NaN
     */
    public void runUntil(long totalSteps) {
        listeners.forEach(listener -> listener.onStart(state));
        try {
            while (state.step() < totalSteps && !stopRequested) {
                StepReport report = runStep();
                if (!report.isFinite()) {
                    throw new TrainingDivergedException(state.step() + 1, report);
                }
                state.advance(state.ranks().ofAll(step.examplesPerStep()));
                listeners.forEach(listener -> listener.onStep(state, report));
            }
        } catch (RuntimeException failure) {
            for (TrainingListener listener : listeners) {
                try {
                    listener.onFailure(state, failure);
                } catch (RuntimeException another) {
                    failure.addSuppressed(another);
                }
            }
            throw failure;
        } finally {
            Engine.favour(Engine.Work.CONVOLUTIONS);
        }
        listeners.forEach(listener -> listener.onEnd(state));
    }

    private StepReport runStep() {
        try {
            Word.STEP.say(state.ranks());
            return run(step, loader, state);
        } catch (NonFiniteException e) {
            throw new TrainingDivergedException(state.step() + 1, String.valueOf(e.getMessage()));
        }
    }

    /** One step, of all processes where there are several; what is measured is the mean over them. */
    static StepReport run(TrainingStep step, BatchLoader loader, TrainingState state) {
        Ranks ranks = state.ranks();
        return ranks.step(() -> {
            StepReport own = step.run(loader.next(), state);
            return ranks.isAlone() ? own : new StepReport(ranks.mean("what was measured", own.values()));
        });
    }

    /** Makes the loop end after the step it is in; may be called from any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Whether {@link #requestStop} was called. */
    public boolean stopRequested() {
        return stopRequested;
    }
}
