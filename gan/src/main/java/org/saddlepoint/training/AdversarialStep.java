package org.saddlepoint.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.data.Batch;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Algorithm 1 of Goodfellow et al. (2014): k updates of the discriminator on fresh batches, then one of the generator. */
public final class AdversarialStep implements TrainingStep {
    private static final String GENERATOR_OPTIMIZER = "generator_optimizer";
    private static final String DISCRIMINATOR_OPTIMIZER = "discriminator_optimizer";

    private final AdversarialPair networks;
    private final Latent latent;
    private final AdversarialObjective objective;
    private final AdversarialConfig config;
    private final Optimizer generatorOptimizer;
    private final Optimizer discriminatorOptimizer;

    /** A step that trains these networks, which it owns from now on. */
    public AdversarialStep(
            AdversarialPair networks, Latent latent, AdversarialObjective objective, AdversarialConfig config) {
        this.networks = networks;
        this.latent = latent;
        this.objective = objective;
        this.config = config;
        this.generatorOptimizer =
                config.generatorOptimizer().create(networks.generator().parameters());
        this.discriminatorOptimizer =
                config.discriminatorOptimizer().create(networks.discriminator().parameters());
    }

    @Override
    public int examplesPerStep() {
        return config.batchSize() * config.discriminatorSteps();
    }

    @Override
    public StepReport run(Batch batch, TrainingState state) {
        double[] discriminator = new double[3];
        for (int k = 0; k < config.discriminatorSteps(); k++) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor real = examples(batch).narrow(0, (long) k * config.batchSize(), config.batchSize());
                add(discriminator, updateDiscriminator(real, state.random()));
            }
        }
        double generatorLoss = updateGenerator(state.random());
        networks.updateAverage(state.step());
        double k = config.discriminatorSteps();
        return StepReport.of(discriminator[0] / k, generatorLoss, discriminator[1] / k, discriminator[2] / k);
    }

    /** Answers the loss and the mean logits of real and generated samples. */
    private double[] updateDiscriminator(Tensor real, RandomGenerator random) {
        Tensor fake;
        try (Autograd.NoGrad off = Autograd.noGrad()) {
            fake = generate(random);
        }
        Tensor realLogits;
        Tensor fakeLogits;
        if (networks.discriminator().dependsOnBatch()) {
            realLogits = discriminate(real);
            fakeLogits = discriminate(fake);
        } else {
            Tensor logits = discriminate(Tensors.cat(List.of(real, fake), 0));
            realLogits = logits.narrow(0, 0, config.batchSize());
            fakeLogits = logits.narrow(0, config.batchSize(), config.batchSize());
        }
        Tensor loss = objective.discriminatorLoss(realLogits, fakeLogits);
        discriminatorOptimizer.minimize(loss);
        return new double[] {
            loss.item(), realLogits.mean().item(), fakeLogits.mean().item()
        };
    }

    private double updateGenerator(RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor loss = objective.generatorLoss(discriminate(generate(random)));
            generatorOptimizer.minimize(loss);
            return loss.item();
        }
    }

    private Tensor generate(RandomGenerator random) {
        Tensor z = latent.sample(config.batchSize(), random).to(device());
        return config.precision().forward(device(), () -> networks.generator().forward(z, Conditioning.NONE));
    }

    private Tensor discriminate(Tensor samples) {
        return config.precision()
                .forward(device(), () -> networks.discriminator().forward(samples, Conditioning.NONE));
    }

    private Tensor examples(Batch batch) {
        int[] example = batch.shape().dimensions();
        long[] shape = new long[example.length + 1];
        shape[0] = batch.size();
        for (int axis = 0; axis < example.length; axis++) {
            shape[axis + 1] = example[axis];
        }
        return Tensors.of(batch.values(), shape).to(device());
    }

    private Device device() {
        return networks.device();
    }

    private static void add(double[] sums, double[] values) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += values[i];
        }
    }

    @Override
    public Map<String, Map<String, Tensor>> parts() {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>(networks.parts());
        parts.put(GENERATOR_OPTIMIZER, generatorOptimizer.state());
        parts.put(DISCRIMINATOR_OPTIMIZER, discriminatorOptimizer.state());
        return parts;
    }

    @Override
    public void load(Map<String, Map<String, Tensor>> parts) {
        if (!parts.keySet().equals(parts().keySet())) {
            throw new IllegalArgumentException(
                    "expected the parts " + parts().keySet() + " but found " + parts.keySet());
        }
        networks.load(parts);
        generatorOptimizer.load(AdversarialPair.part(parts, GENERATOR_OPTIMIZER));
        discriminatorOptimizer.load(AdversarialPair.part(parts, DISCRIMINATOR_OPTIMIZER));
    }

    @Override
    public void close() {
        generatorOptimizer.close();
        discriminatorOptimizer.close();
        networks.close();
    }
}
