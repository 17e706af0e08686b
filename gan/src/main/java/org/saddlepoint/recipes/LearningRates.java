package org.saddlepoint.recipes;

import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;

/**
 * The learning rates of a training as the schedules of its recipe say; not lowered by rollbacks.
 *
 * @param ofGenerator of the generator, or of the translators
 * @param ofDiscriminator of the discriminators
 * @param horizon the length of the training
 */
public record LearningRates(Schedule ofGenerator, Schedule ofDiscriminator, Horizon horizon) {
    /** Of a recipe on so many examples. */
    public static LearningRates of(Recipe recipe, int examples) {
        Horizon horizon = new Horizon(recipe.steps(examples), recipe.examplesPerStep(), examples);
        return recipe.asEither(
                gan -> of(gan.generatorOptimizer(), gan.discriminatorOptimizer(), horizon),
                translation -> of(translation.generatorOptimizer(), translation.discriminatorOptimizer(), horizon));
    }

    private static LearningRates of(OptimizerConfig generator, OptimizerConfig discriminator, Horizon horizon) {
        return new LearningRates(generator.learningRate(), discriminator.learningRate(), horizon);
    }

    /** By player, the rate of the step after so many. */
    public Map<String, Double> at(long steps) {
        Progress progress = Progress.of(steps, steps * horizon.imagesPerStep(), horizon);
        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put("generator", ofGenerator.at(progress));
        rates.put("discriminator", ofDiscriminator.at(progress));
        return rates;
    }
}
