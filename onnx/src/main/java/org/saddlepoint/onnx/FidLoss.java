package org.saddlepoint.onnx;

import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.LatentSource;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.ProgressListener;
import org.saddlepoint.evaluation.StatisticsCache;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.EvaluationRequest;
import org.saddlepoint.recipes.EvaluationRules;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GeneratorSamples;
import org.saddlepoint.recipes.RunData;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * What a lower precision costs: the distance of samples from the data that the run learned from, of the network and of its model, both of
 * the same latents.
 *
 * @param full FID of the network's samples
 * @param lowered FID of the model's
 * @param samples of each
 * @param data that they are compared with
 * @param extractor of the features, by its word
 */
public record FidLoss(double full, double lowered, int samples, String data, String extractor) {
    /**
     * Draws samples by the network and by its model from the same latents, and measures the FID of both.
     *
     * @param average whether the generator is a moving average
     * @param bytes of the model
     * @param samples at most; no more than there are real examples
     * @throws org.saddlepoint.data.DataException if the data is not there
     * @throws org.saddlepoint.evaluation.EvaluationException if there is no embedded extractor for it, or too little of it
     */
    static FidLoss of(
            RunFolder folder, GanRecipe recipe, boolean average, Computation computation, byte[] bytes, int samples) {
        RunManifest.Data learnt = folder.manifest().data();
        EvaluationRules rules = recipe.evaluationRules();
        DataOptions options = rules.dataOptions(OptionalInt.empty()).withChannelsOf(learnt.exampleShape());
        EvaluationRequest request = new EvaluationRequest(Set.of(Metrics.FID), null, null, null);
        Consumer<String> nobody = line -> {};
        try (Dataset real = new RunData(folder, learnt)
                        .open(Links.INSIDE, options, "resume --data NEW")
                        .data();
                RuntimeModel model = RuntimeModel.of(bytes)) {
            EvaluationRequest.Resolved asked = request.resolve(rules, real, samples);
            try (FeatureExtractor extractor =
                    Extractors.open(asked.extractor(), asked.config().resizing())) {
                Evaluator evaluator =
                        new Evaluator(asked.config(), extractor, StatisticsCache.ofUser(nobody), ProgressListener.NONE);
                double full = fid(evaluator, recipe, learnt, average, real, (latents, conditioning) -> Example.of(
                                computation, Computations.inputs(computation, latents, conditioning))
                        .output());
                double lowered = fid(evaluator, recipe, learnt, average, real, (latents, conditioning) -> model.run(
                                Example.of(computation, Computations.inputs(computation, latents, conditioning))
                                        .inputs())
                        .get(computation.output()));
                return new FidLoss(full, lowered, asked.config().samples(), real.name(), asked.extractor());
            }
        }
    }

    private static double fid(
            Evaluator evaluator,
            GanRecipe recipe,
            RunManifest.Data learnt,
            boolean average,
            Dataset real,
            BiFunction<Tensor, Conditioning, Tensor> draws) {
        GeneratorSamples samples = GeneratorSamples.of(recipe, learnt, average, (latents, conditioning) -> {
            try (TensorScope scratch = TensorScope.open();
                    Autograd.Recording off = Autograd.noGrad()) {
                return scratch.promote(draws.apply(latents, conditioning));
            }
        });
        try (LatentSource source =
                samples.source("the generator", real, evaluator.config().seed())) {
            return evaluator.evaluate(source, real).values().stream()
                    .mapToDouble(Estimate::value)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
