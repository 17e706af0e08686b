package org.saddlepoint.studio.runs;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.run.DataSummary;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.training.AdversarialPlayers;

/**
 * Learning rates over a whole training, as the schedules of its recipe say; not lowered by rollbacks.
 *
 * @param names of the players
 * @param steps at which the rates are
 * @param values one row for each name
 */
record RateCurves(List<String> names, List<Long> steps, List<List<Double>> values) {
    private static final int POINTS = 120;

    /** The curves of a recipe on the data of a run. */
    static RateCurves of(GanRecipe recipe, RunManifest.Data data) {
        int examples = data.summary().map(DataSummary::examples).orElse(1);
        long all = Math.max(1, recipe.steps(examples));
        long images = recipe.updates().realExamples();
        Horizon horizon = new Horizon(all, images, examples);
        AdversarialPlayers.Learning learning = recipe.learning();
        List<Long> steps = new ArrayList<>();
        List<Double> generator = new ArrayList<>();
        List<Double> discriminator = new ArrayList<>();
        Schedule ofGenerator = learning.generator().learningRate();
        Schedule ofDiscriminator = learning.discriminator().learningRate();
        for (int i = 0; i <= POINTS; i++) {
            long step = i * (all - 1) / POINTS;
            if (steps.isEmpty() || steps.get(steps.size() - 1) < step) {
                Progress progress = Progress.of(step, step * images, horizon);
                steps.add(step);
                generator.add(ofGenerator.at(progress));
                discriminator.add(ofDiscriminator.at(progress));
            }
        }
        return new RateCurves(List.of("generator", "discriminator"), steps, List.of(generator, discriminator));
    }
}
