package org.saddlepoint.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.data.Batch;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.Verdict;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.objectives.RelativisticObjective;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Algorithm 1 of Goodfellow et al. (2014): k updates of the discriminator on fresh batches, then one of the generator;
 * under any objective and any constraints.
 */
public final class AdversarialStep implements TrainingStep {
    private static final String GENERATOR_OPTIMIZER = "generator_optimizer";
    private static final String DISCRIMINATOR_OPTIMIZER = "discriminator_optimizer";

    /** One level of 8-bit pixels in [−1, 1]. */
    private static final double PIXEL_LEVEL = 2 / 255.0;

    private final AdversarialPair networks;
    private final Latent latent;
    private final Objective objective;
    private final AdversarialConfig config;
    private final UpdatePlan plan;
    private final Optimizer generatorOptimizer;
    private final DiscriminatorTrainer discriminatorTrainer;
    private final BatchConditions conditions;

    /** A step that trains these networks, which it owns from now on; they are under the config's constraints already. */
    public AdversarialStep(AdversarialPair networks, Latent latent, Objective objective, AdversarialConfig config) {
        this.networks = networks;
        this.latent = latent;
        this.objective = objective;
        this.config = config;
        this.plan = config.updates();
        this.conditions = new BatchConditions(networks.condition(), config.conditions(), networks.device());
        this.generatorOptimizer =
                config.generatorOptimizer().create(networks.generator().parameters());
        this.discriminatorTrainer = new DiscriminatorTrainer(
                networks.discriminator(),
                objective,
                1,
                config.constraints(),
                config.discriminatorOptimizer(),
                config.conditions().classification(),
                config.precision());
    }

    @Override
    public int examplesPerStep() {
        return examplesPerStep(plan, objective);
    }

    /** The discriminator's real examples, and the generator's where its loss looks at real logits. */
    public static int examplesPerStep(UpdatePlan plan, Objective objective) {
        return plan.realExamples() + (objective instanceof RelativisticObjective ? plan.generatorBatchSize() : 0);
    }

    @Override
    public StepReport run(Batch batch, TrainingState state) {
        Measurements measured =
                new Measurements(MetricsRow.DISCRIMINATOR_LOSS, MetricsRow.GENERATOR_LOSS, "realLogit", "fakeLogit");
        setLearningRates(state);
        if (plan.order() == UpdatePlan.Order.GENERATOR_FIRST) {
            updateGenerator(batch, state, measured);
        }
        for (int k = 0; k < plan.discriminatorSteps(); k++) {
            updateDiscriminator(batch, k, state, measured);
        }
        if (plan.order() == UpdatePlan.Order.DISCRIMINATOR_FIRST) {
            updateGenerator(batch, state, measured);
        }
        networks.updateAverage(state.step());
        return measured.report();
    }

    private void updateDiscriminator(Batch batch, int k, TrainingState state, Measurements measured) {
        try (TensorScope scope = TensorScope.open()) {
            int first = plan.reuseRealBatch() ? 0 : k * plan.batchSize();
            Tensor real = noisy(dequantized(examples(batch, first, plan.batchSize()), state.random()), state);
            Conditioning asked = conditions.ofExamples(batch, first, plan.batchSize(), state.random());
            Tensor fake = generated(plan.batchSize(), asked, state);
            long index = state.step() * plan.discriminatorSteps() + k;
            measured.add(discriminatorTrainer.update(real, fake, asked, state.random(), index));
        }
    }

    private void updateGenerator(Batch batch, TrainingState state, Measurements measured) {
        try (TensorScope scope = TensorScope.open()) {
            int count = plan.generatorBatchSize();
            Conditioning asked = objective instanceof RelativisticObjective
                    ? conditions.ofExamples(batch, plan.realExamples(), count, state.random())
                    : conditions.forGenerator(batch, count, state.random());
            Verdict ofFake = judge(noisy(generate(count, asked, state.random()), state), asked);
            Tensor loss;
            if (objective instanceof RelativisticObjective relativistic) {
                Tensor realLogits;
                Tensor real = dequantized(examples(batch, plan.realExamples(), count), state.random());
                try (Autograd.Recording off = Autograd.noGrad()) {
                    realLogits = discriminate(noisy(real, state), asked);
                }
                loss = relativistic.generatorLoss(realLogits, ofFake.logits());
            } else {
                loss = ((AdversarialObjective) objective).generatorLoss(ofFake.logits());
            }
            measured.add(MetricsRow.GENERATOR_LOSS, loss.item());
            Tensor classLogits = ofFake.classLogits();
            if (classLogits != null && asked instanceof Conditioning.Labels labels) {
                Tensor classes = config.conditions().classification().generatorLoss(classLogits, labels.classes());
                measured.add("generatorClassLoss", classes.item());
                loss = loss.add(classes);
            }
            generatorOptimizer.minimize(loss);
        }
    }

    /** Samples for the discriminator's update, as it sees them, which no gradient flows through. */
    private Tensor generated(int count, Conditioning asked, TrainingState state) {
        try (Autograd.Recording off = Autograd.noGrad()) {
            return noisy(generate(count, asked, state.random()), state);
        }
    }

    private Tensor generate(int count, Conditioning asked, RandomGenerator random) {
        Tensor z = latent.sample(count, random).to(networks.device());
        return config.precision()
                .forward(networks.device(), () -> networks.generator().forward(z, asked));
    }

    private Tensor discriminate(Tensor samples, Conditioning asked) {
        return config.precision()
                .forward(networks.device(), () -> networks.discriminator().forward(samples, asked));
    }

    /** What the discriminator says in the generator's update. */
    private Verdict judge(Tensor samples, Conditioning asked) {
        return config.precision()
                .judge(networks.device(), () -> networks.discriminator().judgeForGenerator(samples, asked));
    }

    private Tensor noisy(Tensor samples, TrainingState state) {
        return config.instanceNoise().add(samples, state.step(), state.random());
    }

    private Tensor dequantized(Tensor real, RandomGenerator random) {
        return config.dequantize()
                ? real.add(
                        random.uniform(0, PIXEL_LEVEL, real.shape().toArray()).to(networks.device()))
                : real;
    }

    private Tensor examples(Batch batch, int first, int count) {
        int[] example = batch.shape().dimensions();
        long[] shape = new long[example.length + 1];
        shape[0] = count;
        int numbers = 1;
        for (int axis = 0; axis < example.length; axis++) {
            shape[axis + 1] = example[axis];
            numbers *= example[axis];
        }
        float[] values = Arrays.copyOfRange(batch.values(), first * numbers, (first + count) * numbers);
        return Tensors.of(values, shape).to(networks.device());
    }

    private void setLearningRates(TrainingState state) {
        double factor = config.learningRates().factor(state, config.totalSteps());
        generatorOptimizer.learningRate(factor * config.generatorOptimizer().learningRate());
        discriminatorTrainer
                .optimizer()
                .learningRate(factor * config.discriminatorOptimizer().learningRate());
    }

    @Override
    public Map<String, Map<String, Tensor>> parts() {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>(networks.parts());
        parts.put(GENERATOR_OPTIMIZER, generatorOptimizer.state());
        parts.put(DISCRIMINATOR_OPTIMIZER, discriminatorTrainer.optimizer().state());
        return parts;
    }

    @Override
    public void load(Map<String, Map<String, Tensor>> parts) {
        if (!parts.keySet().equals(parts().keySet())) {
            throw new IllegalArgumentException(
                    "expected the parts " + parts().keySet() + " but found " + parts.keySet());
        }
        networks.load(parts);
        generatorOptimizer.load(SavedNetworks.part(parts, GENERATOR_OPTIMIZER));
        discriminatorTrainer.optimizer().load(SavedNetworks.part(parts, DISCRIMINATOR_OPTIMIZER));
    }

    @Override
    public void close() {
        generatorOptimizer.close();
        discriminatorTrainer.close();
        networks.close();
    }
}
