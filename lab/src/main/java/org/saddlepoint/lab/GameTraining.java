package org.saddlepoint.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.AdversarialPlayers;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.ConditionPlan;
import org.saddlepoint.training.Game;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.Trainer;
import org.saddlepoint.training.TrainingDivergedException;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.UpdatePlan;

/**
 * A generator and a discriminator, or critic, that play their game on a dataset. Training can go on after a look at what
 * was learned, so that an experiment sees the same game at many moments.
 */
final class GameTraining implements AutoCloseable {
    private final Settings settings;
    private final TrainingState state;
    private final AdversarialPlayers players;
    private final AdversarialStep step;
    private final BatchLoader loader;

    /**
     * What is played, and how both learn.
     *
     * @param objective what the players minimize
     * @param constraints of the discriminator, by name
     * @param networks of both players
     * @param latent where the generator starts from
     * @param updates who is updated when, and on how many samples
     * @param generator how the generator learns
     * @param discriminator how the discriminator learns
     */
    record Settings(
            AdversarialObjective objective,
            Map<String, Constraint> constraints,
            Networks networks,
            Latent latent,
            UpdatePlan updates,
            OptimizerConfig generator,
            OptimizerConfig discriminator) {}

    /** The families of both networks. */
    record Networks(GeneratorConfig generator, DiscriminatorConfig discriminator) {}

    /**
     * The game before its first step.
     *
     * @param data stays the caller's
     * @param seed of weights, latents, penalties and the order of the data
     * @throws IllegalArgumentException if network or constraints do not fit the data
     */
    GameTraining(Settings settings, Dataset data, long seed) {
        this.settings = settings;
        state = new TrainingState(seed);
        int[] sizes = data.shape().dimensions();
        long[] sample = new long[sizes.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            sample[axis] = sizes[axis];
        }
        try {
            players = AdversarialPlayers.build(
                    AdversarialPlayers.Networks.of(
                            settings.networks().generator(),
                            settings.networks().discriminator(),
                            settings.latent(),
                            settings.constraints().values()),
                    AdversarialPlayers.Learning.of(settings.generator(), settings.discriminator()),
                    Shape.of(sample),
                    Device.CPU,
                    state.random().networks());
        } catch (RuntimeException refused) {
            state.close();
            throw refused;
        }
        step = new AdversarialStep(
                players,
                settings.latent(),
                Game.of(settings.objective()).with(settings.constraints()),
                settings.updates(),
                ConditionPlan.DATA);
        loader = new BatchLoader(data, new LoaderConfig(step.examplesPerStep(), seed, 1, 2));
    }

    /**
     * Continues training until this total number of steps.
     *
     * @return the mean of each number that the steps since the last look reported
     * @throws TrainingDivergedException if a loss becomes infinite or NaN
     */
    StepReport trainUntil(long steps) {
        long count = steps - state.step();
        Map<String, Double> means = new LinkedHashMap<>();
        TrainingListener averaging = new TrainingListener() {
            @Override
            public void onStep(TrainingState after, StepReport report) {
                report.values().forEach((name, value) -> means.merge(name, value / count, Double::sum));
            }
        };
        new Trainer(step, loader, state, List.of(averaging)).runUntil(steps);
        return new StepReport(means);
    }

    /** Number of steps so far. */
    long steps() {
        return state.step();
    }

    /** Generated samples from latents of this seed, [count, …], in the current scope. */
    Tensor sample(int count, long seed) {
        try (TensorScope scratch = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            return scratch.promote(players.sample(settings.latent().sample(count, random)));
        }
    }

    @Override
    public void close() {
        loader.close();
        step.close(); // and with it the players
        state.close();
    }
}
