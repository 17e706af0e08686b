package org.saddlepoint.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.DiscriminatorUpdate;
import org.saddlepoint.constraints.GeneratorRegularizer;
import org.saddlepoint.constraints.GeneratorUpdate;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.Need;
import org.saddlepoint.evaluation.Observations;
import org.saddlepoint.evaluation.Protocol;
import org.saddlepoint.evaluation.Quantity;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeWords;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.views.Sight;
import org.saddlepoint.views.View;

/** An objective, a constraint, a regularizer, a view and a metric of one's own: a record and a line each. */
public final class OwnParts {
    // snippet: parts
    /** The game of Goodfellow et al. (2014) with labels of real samples below 1 (Salimans et al. 2016, section 3.4). */
    public record Smoothed(double label) implements AdversarialObjective {
        @Override
        public Tensor discriminatorLoss(Tensor real, Tensor fake) {
            Tensor smoothed =
                    real.neg().softplus().mul(label).add(real.softplus().mul(1 - label));
            return smoothed.mean().add(fake.softplus().mean());
        }

        @Override
        public Tensor generatorLoss(Tensor fake) {
            return fake.neg().softplus().mean();
        }
    }

    /** Keeps logits of real samples near 0, ε E[D(x)²] (Karras et al. 2018, appendix A.1). */
    public record Drift(double epsilon) implements Constraint {
        @Override
        public Optional<Tensor> penalty(DiscriminatorUpdate update) {
            return Optional.of(update.realLogits().square().mean().mul(epsilon));
        }
    }

    /** Keeps the mean of generated samples at 0, λ |E[G(z)]|². */
    public record Centred(double lambda) implements GeneratorRegularizer {
        @Override
        public Optional<Tensor> penalty(GeneratorUpdate update, Memory memory) {
            return Optional.of(update.samples().mean(false, 0).square().sum().mul(lambda));
        }
    }

    /** Shows each point, real or generated, or its mirror image. */
    public record Mirrored() implements View {
        @Override
        public Tensor apply(Tensor samples, Sight sight) {
            Tensor sides = sight.random()
                    .uniform(samples.dtype(), -1, 1, samples.size(0), 1)
                    .sign();
            return samples.mul(sides.to(samples.device()));
        }
    }

    /** How far the means of both sides are apart. */
    public record MeanShift() implements Metric {
        @Override
        public String word() {
            return "mean-shift";
        }

        @Override
        public List<Quantity> quantities() {
            return List.of(new Quantity(word(), false));
        }

        @Override
        public int minimum() {
            return 2;
        }

        @Override
        public String error() {
            return "deviation of the generated mean";
        }

        @Override
        public Set<Need> ofImages() {
            return Set.of(Need.VECTORS);
        }

        @Override
        public Set<Need> ofPoints() {
            return Set.of(Need.VECTORS);
        }

        @Override
        public Map<String, Estimate> measure(Observations seen) {
            Tensor generated = seen.generatedVectors();
            Tensor shift = generated.mean(false, 0).sub(seen.realVectors().mean(false, 0));
            double error = Math.sqrt(generated.var(true, false, 0).sum().item() / seen.vectors());
            Protocol.Counts counts = Protocol.Counts.of(seen.vectors(), seen.realVectorCount());
            return Map.of(
                    word(), seen.estimate(this, Math.sqrt(shift.square().sum().item()), error, counts));
        }
    }

    /** Once in each process, before its first run or recipe. */
    public static void register() {
        RecipeWords.register(Objective.class, "smoothed", new Smoothed(0.9)); // whose settings are the defaults
        RecipeWords.register(Constraint.class, "drift", Drift.class);
        RecipeWords.register(GeneratorRegularizer.class, "centred", Centred.class);
        RecipeWords.register(View.class, "mirrored", Mirrored.class);
        Metrics.register(new MeanShift());
    }
    // end

    private OwnParts() {}

    /** Arguments: how many steps, and the folder of the run, which is new. */
    public static void main(String[] arguments) {
        register();
        run(arguments[0], Path.of(arguments[1]));
    }

    /** Answers the recipe that it trained. */
    static Recipe run(String steps, Path folder) {
        // snippet: train
        Recipe recipe = Recipes.load("gan-points", Map.of("objective.loss", "smoothed", "steps", steps))
                .with("constraints", Map.of("drift", new Drift(0.001)))
                .with("regularizers", Map.of("centred", new Centred(0.1)))
                .with("views", Map.of("mirrored", new Mirrored()));
        EvaluationConfig measured =
                new EvaluationConfig(Set.of(new MeanShift(), Metrics.MODES), 1000, 250, Resizing.CLEAN, true, 0);
        try (Dataset ring = DataSources.open("ring8", DataOptions.DEFAULT)) {
            Run.train(
                    recipe,
                    ring,
                    folder,
                    RunOptions.DEFAULT.evaluation(new EvaluationPlan(100, measured, "", "mean-shift", "")));
        }
        // end
        return recipe;
    }
}
