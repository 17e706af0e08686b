package org.saddlepoint.recipes;

import java.util.Map;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Generator;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.SavedNetworks;

/** The generator of a run that generates from latents, alone and in use. */
final class GanRunNetworks implements RunNetworks, SavedNetworks {
    private static final String GENERATOR = "generator";
    private static final String AVERAGE = "generator_ema";

    private final GanRecipe recipe;
    private final RunManifest.Data learnt;
    private final Device device;
    private final Generator generator;
    private boolean average;

    GanRunNetworks(GanRecipe recipe, RunManifest.Data learnt, Device device) {
        this.recipe = recipe;
        this.learnt = learnt;
        this.device = device;
        this.generator = TrainedNetworks.generator(recipe, learnt, device);
    }

    @Override
    public SavedNetworks networks() {
        return this;
    }

    @Override
    public void load(Map<String, Map<String, Tensor>> parts) {
        average = parts.containsKey(AVERAGE);
        generator.loadStateDict(SavedNetworks.part(parts, average ? AVERAGE : GENERATOR));
    }

    @Override
    public Evaluation evaluation(String name, Evaluator evaluator, Dataset against) {
        GeneratorSamples samples = GeneratorSamples.of(recipe, learnt, average, this::sample);
        return new GanEvaluation(samples, name, evaluator, against);
    }

    private Tensor sample(Tensor latents, Conditioning conditioning) {
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            return scratch.promote(generator.forward(latents.to(device), conditioning.to(device)));
        }
    }

    @Override
    public void close() {
        generator.close();
    }
}
