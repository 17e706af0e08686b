package org.saddlepoint.training;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.saddlepoint.constraints.GeneratorUpdate;
import org.saddlepoint.data.Batch;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.distributed.Ranks;
import org.saddlepoint.views.Sight;

/**
 * Algorithm 1 of Goodfellow et al. (2014): k updates of the discriminator on fresh batches, then one of the generator, in any
 * {@link Game}.
 */
public final class AdversarialStep implements TrainingStep {
    private final Generator generator;
    private final Latent latent;
    private final Game game;
    private final UpdatePlan plan;
    private final BatchConditions conditions;
    private final GeneratorTrainer<Generator> generatorTrainer;
    private final DiscriminatorTrainer discriminatorTrainer;

    /**
     * A step that trains these players, which it owns from now on.
     *
     * @param conditions of the samples, where the networks are conditional
     */
    public AdversarialStep(
            AdversarialPlayers players, Latent latent, Game game, UpdatePlan plan, ConditionPlan conditions) {
        this.generator = players.generator().network();
        this.latent = latent;
        this.game = game;
        this.plan = plan;
        this.conditions = new BatchConditions(players.condition(), conditions, players.device());
        this.generatorTrainer = new GeneratorTrainer<>(List.of(players.generator()), game);
        this.discriminatorTrainer = new DiscriminatorTrainer(players.discriminator(), game);
    }

    @Override
    public int examplesPerStep() {
        return examplesPerStep(plan, game.objective());
    }

    /** The discriminator's real examples, and the generator's where its loss compares with real ones. */
    public static int examplesPerStep(UpdatePlan plan, Objective objective) {
        return plan.realExamples() + (objective.comparesReal() ? plan.generatorBatchSize() : 0);
    }

    @Override
    public StepReport run(Batch batch, TrainingState state) {
        Measurements measured =
                new Measurements(MetricsRow.DISCRIMINATOR_LOSS, MetricsRow.GENERATOR_LOSS, "realLogit", "fakeLogit");
        Progress progress = generatorTrainer.begin(state, List.of(discriminatorTrainer));
        if (plan.order() == UpdatePlan.Order.GENERATOR_FIRST) {
            updateGenerator(batch, progress, state, measured);
        }
        for (int k = 0; k < plan.discriminatorSteps(); k++) {
            updateDiscriminator(batch, k, progress, state.random(), measured);
        }
        if (plan.order() == UpdatePlan.Order.DISCRIMINATOR_FIRST) {
            updateGenerator(batch, progress, state, measured);
        }
        generatorTrainer.updateAverages(progress);
        return measured.report();
    }

    /** The generator's update of a step alone; changes no count of steps. For measurements. */
    public StepReport updateGenerator(Batch batch, TrainingState state) {
        Measurements measured = new Measurements();
        updateGenerator(batch, generatorTrainer.begin(state, List.of(discriminatorTrainer)), state, measured);
        return measured.report();
    }

    private void updateDiscriminator(
            Batch batch, int k, Progress progress, RandomStreams random, Measurements measured) {
        try (TensorScope scope = TensorScope.open()) {
            int first = plan.reuseRealBatch() ? 0 : k * plan.batchSize();
            Tensor real = seen(examples(batch, first, plan.batchSize()), Sight.Origin.REAL, progress, random.noise());
            Conditioning conditioning = conditions.ofExamples(batch, first, plan.batchSize(), random.latents());
            Tensor fake;
            try (Autograd.Recording off = Autograd.noGrad()) {
                Tensor latents = latents(plan.batchSize(), random.latents());
                Tensor shown = discriminatorTrainer.pooled(generate(latents, conditioning), random.noise());
                fake = seen(shown, Sight.Origin.FAKE, progress, random.noise());
            }
            long index = progress.step() * plan.discriminatorSteps() + k;
            measured.add(discriminatorTrainer.update(real, fake, conditioning, progress, random.noise(), index));
        }
    }

    private void updateGenerator(Batch batch, Progress progress, TrainingState state, Measurements measured) {
        RandomStreams random = state.random();
        try (TensorScope scope = TensorScope.open()) {
            int count = plan.generatorBatchSize();
            int first = plan.realExamples(); // of the generator's own real examples, where its loss compares
            Conditioning conditioning = game.objective().comparesReal()
                    ? conditions.ofExamples(batch, first, count, random.latents())
                    : conditions.forGenerator(batch, count, random.latents());
            Tensor latents = latents(count, random.latents());
            Tensor samples = generate(latents, conditioning);
            Tensor loss = discriminatorTrainer.generatorLoss(
                    () -> seen(examples(batch, first, count), Sight.Origin.REAL, progress, random.noise()),
                    seen(samples, Sight.Origin.FAKE, progress, random.noise()),
                    conditioning,
                    MetricsRow.GENERATOR_LOSS,
                    measured);
            GeneratorUpdate update = new GeneratorUpdate(
                    inputs -> generate(inputs, conditioning),
                    generator,
                    latents,
                    samples,
                    styled(conditioning, random.latents()),
                    random.noise(),
                    progress);
            loss = generatorTrainer.regularized(loss, update, measured);
            generatorTrainer.minimize(loss, measured.mean(MetricsRow.GENERATOR_LOSS), state);
        }
    }

    private Optional<GeneratorUpdate.Styled> styled(Conditioning conditioning, RandomGenerator random) {
        return generator
                .byStyles()
                .map(styles -> new GeneratorUpdate.Styled(
                        styles,
                        count ->
                                styles.styles(latents(Math.toIntExact(count), random), conditioning.narrow(0, count))));
    }

    private Tensor latents(int count, RandomGenerator random) {
        return latent.sample(count, random).to(conditions.device());
    }

    private Tensor generate(Tensor latents, Conditioning conditioning) {
        return game.precision().forward(latents.device(), () -> generator.forward(latents, conditioning));
    }

    private Tensor seen(Tensor samples, Sight.Origin origin, Progress progress, RandomGenerator random) {
        return discriminatorTrainer.see(samples, origin, progress, random);
    }

    /** Samples as the discriminator sees them now, with randomness from elsewhere. For measurements. */
    public Tensor see(Tensor samples, Sight.Origin origin, TrainingState state, RandomGenerator random) {
        return seen(samples, origin, Progress.of(state.step(), state.imagesSeen(), state.horizon()), random);
    }

    /** What the players minimize. */
    public Objective objective() {
        return game.objective();
    }

    private Tensor examples(Batch batch, int first, int count) {
        return BatchTensors.examples(batch, first, count).to(conditions.device());
    }

    @Override
    public void join(Ranks ranks) {
        generatorTrainer.join(ranks);
        discriminatorTrainer.join(ranks);
    }

    @Override
    public Set<String> ofRank() {
        Set<String> names = new HashSet<>();
        generatorTrainer.addOfRank(names);
        discriminatorTrainer.addOfRank(names);
        return names;
    }

    @Override
    public Map<String, Map<String, Tensor>> parts() {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        generatorTrainer.addTo(parts);
        discriminatorTrainer.addTo(parts);
        return parts;
    }

    @Override
    public void load(Map<String, Map<String, Tensor>> parts) {
        SavedParts saved = new SavedParts(parts);
        generatorTrainer.load(saved);
        discriminatorTrainer.load(saved);
        saved.requireAllTaken();
    }

    @Override
    public void close() {
        generatorTrainer.close();
        discriminatorTrainer.close();
    }
}
