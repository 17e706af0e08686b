package org.saddlepoint.studio.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.recipes.LearningRates;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.run.DataSummary;
import org.saddlepoint.run.RunManifest;

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
    static RateCurves of(Recipe recipe, RunManifest.Data data) {
        int examples = data.summary().map(DataSummary::examples).orElse(1);
        LearningRates rates = LearningRates.of(recipe, examples);
        long all = Math.max(1, rates.horizon().steps());
        List<Long> steps = new ArrayList<>();
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int i = 0; i <= POINTS; i++) {
            long step = i * (all - 1) / POINTS;
            if (steps.isEmpty() || steps.get(steps.size() - 1) < step) {
                steps.add(step);
                rates.at(step).forEach((player, rate) -> values.computeIfAbsent(player, any -> new ArrayList<>())
                        .add(rate));
            }
        }
        return new RateCurves(List.copyOf(values.keySet()), steps, List.copyOf(values.values()));
    }
}
