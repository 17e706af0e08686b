package org.saddlepoint.examples;

import java.nio.file.Path;
import java.util.Map;
import org.saddlepoint.ResumeOptions;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.Samples;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.FunctionLayer;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeWords;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/** Trains networks of one's own, of layers and of a function with parameters, as those that come with Saddlepoint. */
public final class OwnNetworks {
    // snippet: networks
    /** A generator of two linear layers with a SiLU between them. */
    public record TwoLayers(int units) implements GeneratorConfig {
        @Override
        public Generator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
            Linear first = new Linear(latent.size(), units, Initialization.PYTORCH_DEFAULT, random);
            Linear last = new Linear(units, (int) sample.elements(), Initialization.PYTORCH_DEFAULT, random);
            return Generator.of(latent, condition, sample, new Sequential(first, Activation.silu(), last));
        }
    }

    /** D(x) = Σ aᵢ exp(−|x − cᵢ|²), a function with the parameters a and c. */
    public record Bumps(int count) implements DiscriminatorConfig {
        @Override
        public Discriminator create(Shape sample, RandomGenerator random) {
            return Discriminator.of(FunctionLayer.with(random)
                    .weight("c", Initializer.normal(0, 1), count, sample.size(0))
                    .weight("a", Initializer.normal(0, 0.1), count)
                    .computing((w, x) -> x.unsqueeze(1)
                            .sub(w.get("c"))
                            .square()
                            .sum(false, 2)
                            .neg()
                            .exp()
                            .matmul(w.get("a"))));
        }
    }

    /** Once in each process, before its first run or recipe. */
    public static void register() {
        RecipeWords.register(GeneratorConfig.class, "two-layers", TwoLayers.class);
        RecipeWords.register(DiscriminatorConfig.class, "bumps", Bumps.class);
    }
    // end

    private OwnNetworks() {}

    /** Arguments: how many steps, and the folder of the run, which is new. */
    public static void main(String[] arguments) {
        register();
        run(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
    }

    static Samples run(int steps, Path folder) {
        // snippet: train
        Recipe recipe = Recipes.load("gan-points", Map.of("steps", Integer.toString(steps)))
                .with("generator", new TwoLayers(32))
                .with("discriminator", new Bumps(64));
        try (Dataset ring = DataSources.open("ring8", DataOptions.DEFAULT)) {
            Run.train(recipe, ring, folder, RunOptions.DEFAULT.seed(7));
        }
        Run.resume(folder, ResumeOptions.DEFAULT.steps(2L * steps)); // as long again
        try (TrainedGenerator generator = TrainedGenerator.open(folder)) {
            return generator.sample(SampleOptions.of(100).seed(1));
        }
        // end
    }
}
