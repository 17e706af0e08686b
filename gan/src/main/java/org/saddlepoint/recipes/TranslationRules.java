package org.saddlepoint.recipes;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.pairs.PairHalf;
import org.saddlepoint.data.pairs.PairedImages;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Metrics;

/**
 * Translations against targets, where there are some, and against the pictures of the other kind as distributions.
 *
 * @param recipe of the translators
 */
record TranslationRules(TranslationRecipe recipe) implements EvaluationRules {
    /** What is measured picture by picture, and always where it can be. */
    static final Set<Metric> DISTANCES = Set.of(Metrics.L1, Metrics.CYCLE_L1);

    /** Whether the pictures of a pair belong together. */
    static boolean arePaired(Dataset data) {
        return data instanceof PairedImages;
    }

    @Override
    public DataOptions dataOptions(OptionalInt side) {
        if (side.isPresent()) {
            throw new RecipeException(
                    "--size: pictures of a run of " + recipe.name() + " have the size it was trained on; leave it out");
        }
        return recipe.dataOptions();
    }

    /** The pictures of B, as which those of A are to pass. */
    @Override
    public Dataset reference(Dataset data) {
        return PairHalf.b(data);
    }

    /** Metrics of distributions need an extractor, and none is embedded for pictures of the user's own. */
    @Override
    public Set<Metric> metrics(EvaluationRequest asked, Dataset data) {
        Set<Metric> chosen = new LinkedHashSet<>(asked.metrics());
        if (chosen.isEmpty() && asked.hasExtractor()) {
            chosen.addAll(EvaluationRequest.OF_IMAGES);
        }
        if (arePaired(data)) {
            chosen.add(Metrics.L1);
        }
        if (recipe.method().bothWays()) {
            chosen.add(Metrics.CYCLE_L1);
        }
        return chosen;
    }

    /** That of cycles decides last, since it says nothing of how good translations are. */
    @Override
    public List<String> decisive() {
        return List.of("l1", "fid", "cycle-l1");
    }

    @Override
    public void requireTrainable(Set<Metric> metrics) {}

    @Override
    public Optional<String> heldOut(String spec) {
        return PairSources.heldOut(spec);
    }
}
