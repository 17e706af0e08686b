package org.saddlepoint.cli;

import java.util.Locale;
import org.saddlepoint.evaluation.ProgressListener;

/** Says every two seconds how far an evaluation, or other work on many pictures, has come. */
final class EvaluationProgress implements ProgressListener {
    private static final long EVERY = 2_000_000_000L;

    private final Reporter reporter;
    private final String verb;
    private long last = System.nanoTime();

    EvaluationProgress(Reporter reporter) {
        this(reporter, "looked at");
    }

    /** @param verb what was done with so many */
    EvaluationProgress(Reporter reporter, String verb) {
        this.reporter = reporter;
        this.verb = verb;
    }

    @Override
    public void done(long done, long all) {
        long now = System.nanoTime();
        if (now - last >= EVERY) {
            last = now;
            reporter.note(String.format(Locale.ROOT, "%s %,d of %,d ...", verb, done, all));
        }
    }
}
