package org.saddlepoint.recipes;

import java.util.List;
import java.util.function.BiFunction;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.evaluation.LatentSource;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Tensor;

/**
 * The finished product's samples: of the moving average if there is one, asked for what the real data is.
 *
 * @param draws samples of latents and conditions
 * @param average whether it is a moving average that draws
 * @param condition of the samples
 * @param latent its prior
 * @param example sizes of a sample's axes
 * @param classNames of the generator, where it can be asked for classes
 * @param clusterSizes examples of each, where its classes are clusters; else empty
 */
public record GeneratorSamples(
        BiFunction<Tensor, Conditioning, Tensor> draws,
        boolean average,
        ConditionShape condition,
        Latent latent,
        int[] example,
        List<String> classNames,
        List<Integer> clusterSizes) {
    public GeneratorSamples {
        example = example.clone();
    }

    /**
     * Those of a run.
     *
     * @param learnt what the run learned from
     */
    public static GeneratorSamples of(
            GanRecipe recipe,
            RunManifest.Data learnt,
            boolean average,
            BiFunction<Tensor, Conditioning, Tensor> draws) {
        return new GeneratorSamples(
                draws,
                average,
                TrainedNetworks.condition(recipe, learnt),
                recipe.latent(),
                learnt.exampleShape().stream().mapToInt(i -> i).toArray(),
                learnt.classNames(),
                learnt.classSizes());
    }

    @Override
    public int[] example() {
        return example.clone();
    }

    /**
     * Samples without end.
     *
     * @param name what they are called in messages
     * @param real says what to ask for
     * @throws EvaluationException if the data does not tell what to ask for
     */
    public LatentSource source(String name, Dataset real, long seed) {
        LatentSource.Generator generator = new LatentSource.Generator(
                name,
                example,
                average ? "moving average" : "last",
                latent,
                clusterSizes.isEmpty()
                        ? SampleConditions.of(condition, classNames, real)
                        : SampleConditions.ofClusters(clusterSizes),
                draws);
        return new LatentSource(generator, seed);
    }
}
