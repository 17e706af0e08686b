package org.saddlepoint.recipes;

import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.training.SavedNetworks;
import org.saddlepoint.training.Translators;

/** The translators of a run. */
final class TranslationRunNetworks implements RunNetworks {
    private final RandomGenerator random;
    private final Translators translators;

    /** @param seed of their dropout, where they have it in use */
    TranslationRunNetworks(TranslationRecipe recipe, RunManifest.Data learnt, Device device, long seed) {
        random = new RandomGenerator(seed);
        try {
            translators = TranslationTraining.translators(recipe, learnt, device, random);
        } catch (RuntimeException e) {
            random.close();
            throw e;
        }
    }

    @Override
    public SavedNetworks networks() {
        return translators;
    }

    @Override
    public Evaluation evaluation(String name, Evaluator evaluator, Dataset against) {
        return new TranslationEvaluation(work -> work.apply(translators), evaluator, against, true);
    }

    @Override
    public void close() {
        translators.close();
        random.close();
    }
}
