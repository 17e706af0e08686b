package org.saddlepoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeDifference;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHistory;
import org.saddlepoint.run.RunLock;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.training.SavedCheckpoint;

/**
 * Goes on with a run whose diagnosis ended a session, from a checkpoint and with the settings of a remedy, as {@code resume
 * --override} does: the changes are in the run's history, and a run that is interrupted later goes on exactly.
 */
final class Remedied {
    private Remedied() {}

    /** As {@link #go}, taking the run's lock. */
    static Run follow(RunSession.Ended ended, Dataset data, ResumeOptions options, RunListener listener) {
        if (ended.next().isEmpty()) {
            return ended.run();
        }
        try (RunLock lock = RunLock.of(ended.run().folder().path())) {
            return go(ended, data, options, listener);
        }
    }

    /** Goes on until the run needs no remedy or has none left; the caller holds the lock. */
    static Run go(RunSession.Ended first, Dataset data, ResumeOptions options, RunListener listener) {
        RunSession.Ended ended = first;
        for (Optional<Remediation> next = ended.next(); next.isPresent(); next = ended.next()) {
            Remediation done = next.get();
            listener.onRemediation(done);
            ended = RunSession.resume(
                    ended.run(),
                    point(ended.run().folder(), done),
                    data,
                    new RunSession.GoingOn(options.overrides(done.settings()), Optional.empty(), ended.deadline()),
                    listener);
        }
        return ended.run();
    }

    private static ResumePoint point(RunFolder folder, Remediation done) {
        Path here = folder.checkpointFolder(done.from());
        Path healthy = folder.healthyCheckpoint();
        StepPath from =
                done.from() == done.foundAt() ? new StepPath(done.from(), here) : new StepPath(done.from(), healthy);
        String text = SavedCheckpoint.open(from.path()).recipe();
        String origin = from.path().resolve("recipe.yaml").toString();
        Recipe saved = Recipes.parse(text, origin, Map.of());
        Recipe changed = Recipes.parse(text, origin, done.settings());
        List<RunHistory.Change> changes = RecipeDifference.between(saved, changed).stream()
                .map(each -> new RunHistory.Change(from.step(), each.setting(), each.first(), each.second()))
                .toList();
        return new ResumePoint(from, changed, changes);
    }
}
