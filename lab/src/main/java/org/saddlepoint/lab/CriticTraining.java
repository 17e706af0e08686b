package org.saddlepoint.lab;

import java.util.List;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.NonFiniteException;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.DiscriminatorTrainer;
import org.saddlepoint.training.Game;
import org.saddlepoint.training.Player;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingDivergedException;

/**
 * A discriminator, or critic, that is trained alone between two distributions which stay as they are.
 *
 * <p>Training can go on after a look at what was learned, so that an experiment sees the same critic ever better trained.
 */
final class CriticTraining implements AutoCloseable {
    private final Settings settings;
    private final Sampler real;
    private final Sampler fake;
    private final RandomGenerator random;
    private final Discriminator critic;
    private final DiscriminatorTrainer trainer;
    private long steps;

    /**
     * How a critic learns.
     *
     * @param objective what it minimizes
     * @param constraints of it, by name
     * @param network its family
     * @param optimizer how it learns
     * @param batchSize samples of each side in an update
     */
    record Settings(
            Objective objective,
            Map<String, Constraint> constraints,
            DiscriminatorConfig network,
            OptimizerConfig optimizer,
            int batchSize) {}

    /** One of the two distributions. */
    @FunctionalInterface
    interface Sampler {
        /** Fresh samples, [count, …]. */
        Tensor draw(int count, RandomGenerator random);
    }

    /**
     * An untrained critic.
     *
     * @param sample shape of one sample
     * @param seed of weights, samples and penalties
     * @throws IllegalArgumentException if network or constraints do not fit the samples
     */
    CriticTraining(Settings settings, Shape sample, Sampler real, Sampler fake, long seed) {
        this.settings = settings;
        this.real = real;
        this.fake = fake;
        this.random = new RandomGenerator(seed);
        try {
            critic = Constraint.applyAll(
                    settings.constraints().values(), settings.network().create(sample, random), sample, random);
        } catch (RuntimeException refused) {
            random.close();
            throw refused;
        }
        trainer = new DiscriminatorTrainer(
                new Player<>("critic", critic, settings.optimizer()),
                Game.of(settings.objective()).with(settings.constraints()));
    }

    /**
     * Continues training.
     *
     * @return what the last update reported
     * @throws TrainingDivergedException if a loss, a gradient or a weight becomes infinite or NaN
     */
    StepReport train(long updates) {
        critic.train(true);
        StepReport report = new StepReport(Map.of());
        for (long last = steps + updates; steps < last; steps++) {
            report = update();
            if (!report.isFinite()) {
                throw new TrainingDivergedException(steps + 1, report);
            }
        }
        critic.train(false);
        return report;
    }

    private StepReport update() {
        try (TensorScope scope = TensorScope.open()) {
            return trainer.update(
                    real.draw(settings.batchSize(), random),
                    fake.draw(settings.batchSize(), random),
                    Conditioning.none(),
                    Progress.of(steps, steps * settings.batchSize(), Horizon.UNKNOWN),
                    random,
                    steps);
        } catch (NonFiniteException e) {
            throw new TrainingDivergedException(steps + 1, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Continues training in two parts, the second with a tenth of the learning rate, so that the critic settles.
     *
     * @param updates of the first part; the second has half as many
     */
    void trainToRest(long updates) {
        train(updates);
        double rate = trainer.player().optimizer().learningRate();
        trainer.player().optimizer().learningRate(rate / 10);
        train(updates / 2);
        trainer.player().optimizer().learningRate(rate);
    }

    /** Number of updates so far. */
    long steps() {
        return steps;
    }

    /** The critic, which this training owns and closes. */
    Discriminator critic() {
        return critic;
    }

    /** The critic's values at these samples, [N]. */
    double[] values(Tensor samples) {
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording on = Autograd.withGrad()) { // gradient normalization differentiates even here
            return critic.forward(samples, Conditioning.none()).toDoubleArray();
        }
    }

    /** The critic's values at these points of R^d, [N]. */
    double[] values(double[][] points) {
        try (TensorScope scope = TensorScope.open()) {
            return values(tensor(points));
        }
    }

    /** The critic's gradients at these points of R^d, one per row. */
    double[][] gradients(double[][] points) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor at = tensor(points).withGrad(true);
            double[] flat = Autograd.grad(
                            critic.forward(at, Conditioning.none()).sum(), List.of(at))
                    .get(0)
                    .toDoubleArray();
            return Plane.points(flat, points[0].length);
        }
    }

    /** Points of R^d as a tensor, [N, d]. */
    static Tensor tensor(double[][] points) {
        int dimensions = points[0].length;
        float[] values = new float[points.length * dimensions];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) points[i / dimensions][i % dimensions];
        }
        return Tensors.of(values, points.length, dimensions);
    }

    @Override
    public void close() {
        trainer.close();
        random.close();
    }
}
