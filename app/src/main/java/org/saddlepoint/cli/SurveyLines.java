package org.saddlepoint.cli;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.inspection.SurveyProgress;

/** Says every two seconds how far a survey of pictures has come. */
final class SurveyLines implements SurveyProgress {
    private final Reporter reporter;
    private final EvaluationProgress looking;
    private @Nullable EvaluationProgress comparing;

    SurveyLines(Reporter reporter) {
        this.reporter = reporter;
        this.looking = new EvaluationProgress(reporter);
    }

    @Override
    public void looked(int done, int all) {
        looking.done(done, all);
    }

    @Override
    public void compared(int done, int all) {
        if (comparing == null) {
            comparing = new EvaluationProgress(reporter, "compared"); // now, since it counts from its making
        }
        comparing.done(done, all);
    }
}
