package org.saddlepoint.cli;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.RunBegin;
import org.saddlepoint.RunListener;
import org.saddlepoint.diagnostics.Episode;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingState;

/** Says every few seconds how far a comparison is, and ends it where Ctrl-C or TERM asks for that. */
final class CompareProgress implements RunListener, AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    private final Reporter reporter;
    private final String folder;
    private String run = "";
    private long steps;
    private long told = System.nanoTime();
    private @Nullable Interruption interruption;

    /** Of a comparison in this folder, as the user has to give it to go on. */
    CompareProgress(Reporter reporter, String folder) {
        this.reporter = reporter;
        this.folder = folder;
    }

    /** The next run is of this name. */
    void begin(String name) {
        run = name;
    }

    @Override
    public void onFolder(RunFolder folder) {
        if (interruption == null) {
            interruption = new Interruption(
                    () -> reporter.note("stopping after this step, with a checkpoint; the same command with --out "
                            + this.folder + " goes on with the comparison"));
        }
    }

    @Override
    public void onBegin(RunBegin begin) {
        steps = begin.recipe().steps(begin.data().size());
        reporter.note(
                run + ": " + steps + " steps" + (begin.step() == 0 ? "" : ", going on after step " + begin.step()));
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        long now = System.nanoTime();
        if (now - told > NANOS_BETWEEN_LINES) {
            told = now;
            reporter.note(run + ": step " + state.step() + "/" + steps);
        }
    }

    @Override
    public void onNote(String line) {
        reporter.note(run + ": " + line);
    }

    @Override
    public void onFinding(long step, Episode episode) {
        reporter.note(run + ": " + episode.finding().line(step));
    }

    @Override
    public boolean stopRequested() {
        Interruption open = interruption;
        return open != null && open.asked();
    }

    @Override
    public void close() {
        if (interruption != null) {
            interruption.close();
        }
    }
}
