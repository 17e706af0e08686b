package org.saddlepoint.cli;

import java.util.Locale;
import org.saddlepoint.evaluation.Progress;

/** Says every two seconds how far an evaluation has come. */
final class EvaluationProgress implements Progress {
    private static final long EVERY = 2_000_000_000L;

    private final Reporter reporter;
    private long last = System.nanoTime();

    EvaluationProgress(Reporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void done(long done, long all) {
        long now = System.nanoTime();
        if (now - last >= EVERY) {
            last = now;
            reporter.note(String.format(Locale.ROOT, "looked at %,d of %,d ...", done, all));
        }
    }
}
