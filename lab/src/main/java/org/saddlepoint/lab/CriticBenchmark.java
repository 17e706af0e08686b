package org.saddlepoint.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.synthetic.FunnelTransport;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.TrainingDivergedException;

/**
 * How well a trained critic knows a Wasserstein distance and its potential, on two distributions of which both are known:
 * the benchmark of Korotin, Kolesov and Burnaev (2022), "Kantorovich Strikes Back!", section 4.
 *
 * <p>The critic f sees {@link FunnelTransport}'s P as real and Q as generated, fresh samples in every update. Of the
 * trained one, on other samples:
 *
 * <pre>
 * estimate = E_P[f] − E_Q[f]                       of W₁ = E_Q[u] − E_P[u]
 * cosine   = E_P⟨∇f, −∇u⟩ / √(E_P‖∇f‖² E_P‖∇u‖²)   of the optimal critic −u
 * error    = E_P‖∇f + ∇u‖²
 * </pre>
 *
 * @param objective what the critic minimizes
 * @param constraints of the critic, by name
 * @param network the critic's family
 * @param optimizer how the critic learns
 * @param batchSize samples of each side in an update
 * @param steps updates
 */
public record CriticBenchmark(
        Objective objective,
        Map<String, Constraint> constraints,
        DiscriminatorConfig network,
        OptimizerConfig optimizer,
        int batchSize,
        long steps) {

    /** Number of samples of either side on which the trained critic is measured, as in the paper. */
    public static final int MEASURED_ON = 4096;

    /** Number of samples from which the exact distance is computed. */
    private static final int EXACT_FROM = 1 << 20;

    /** Number of updates whose samples are drawn at once. */
    private static final int UPDATES_A_DRAW = 64;

    /**
     * What was measured.
     *
     * @param distance W₁
     * @param standardError of the distance
     * @param estimate the critic's
     * @param cosine between the gradients of critic and optimal critic, in [−1, 1]
     * @param error mean squared distance of these gradients
     */
    public record Result(double distance, double standardError, double estimate, double cosine, double error) {}

    /** Observes the critic while it learns. */
    @FunctionalInterface
    interface Watcher {
        /** Called after so many updates. */
        void look(long updates, CriticTraining training);
    }

    /**
     * Trains a critic and measures it.
     *
     * @param seed of the critic's weights and of all samples
     * @param progress is told how many updates are done
     * @throws IllegalArgumentException if network or constraints do not fit points
     * @throws TrainingDivergedException if a loss becomes infinite or NaN
     */
    public Result run(FunnelTransport transport, long seed, LongConsumer progress) {
        return watched(transport, seed, (updates, training) -> progress.accept(updates));
    }

    /** Like {@link #run}, for a watcher that may inspect the critic after every few updates, but must not train it. */
    Result watched(FunnelTransport transport, long seed, Watcher watcher) {
        CriticTraining.Settings settings =
                new CriticTraining.Settings(objective, constraints, network, optimizer, batchSize);
        try (CriticTraining training = new CriticTraining(
                settings,
                Shape.of(transport.dimensions()),
                new Draws(transport::sampleP, seed),
                new Draws(transport::sampleQ, seed),
                seed)) {
            while (training.steps() < steps) {
                training.train(Math.min(UPDATES_A_DRAW, steps - training.steps()));
                watcher.look(training.steps(), training);
            }
            return measure(training.critic(), transport, seed);
        }
    }

    /** Samples of one side, drawn for many updates at once. */
    private static final class Draws implements CriticTraining.Sampler {
        private final Source source;
        private final long seed;
        private long updates;
        private float[] drawn = new float[0];

        /** Draws points of one side. */
        private interface Source {
            PointDataset draw(int count, long seed);
        }

        Draws(Source source, long seed) {
            this.source = source;
            this.seed = seed;
        }

        @Override
        public Tensor draw(int count, RandomGenerator random) {
            if (updates % UPDATES_A_DRAW == 0) {
                drawn = values(source.draw(UPDATES_A_DRAW * count, stream(seed, updates)));
            }
            int numbers = drawn.length / UPDATES_A_DRAW;
            int first = (int) (updates++ % UPDATES_A_DRAW) * numbers;
            return Tensors.of(Arrays.copyOfRange(drawn, first, first + numbers), count, numbers / count);
        }
    }

    private static Result measure(Discriminator critic, FunnelTransport transport, long seed) {
        FunnelTransport.Distance distance = transport.distance(EXACT_FROM, seed);
        try (TensorScope scope = TensorScope.open()) {
            PointDataset points = transport.sampleP(MEASURED_ON, ~seed);
            Tensor p = tensor(points).withGrad(true);
            Tensor q = tensor(transport.sampleQ(MEASURED_ON, ~seed));
            Tensor atP = critic.forward(p, Conditioning.none());
            Tensor gradients = Autograd.grad(atP, List.of(p)).get(0);
            Tensor wanted = optimalGradients(points, transport);
            double product = gradients.mul(wanted).sum().item();
            double norms = Math.sqrt(
                    gradients.square().sum().item() * wanted.square().sum().item());
            double estimate = atP.mean().item()
                    - critic.forward(q, Conditioning.none()).mean().item();
            double error = gradients.sub(wanted).square().sum().item() / MEASURED_ON;
            return new Result(
                    distance.primal(), distance.standardError(), estimate, norms > 0 ? product / norms : 0, error);
        }
    }

    /** −∇u at each point. */
    private static Tensor optimalGradients(PointDataset points, FunnelTransport transport) {
        int dimensions = transport.dimensions();
        float[] values = new float[points.size() * dimensions];
        float[] point = new float[dimensions];
        double[] x = new double[dimensions];
        for (int i = 0; i < points.size(); i++) {
            points.read(i, point, 0);
            for (int d = 0; d < dimensions; d++) {
                x[d] = point[d];
            }
            double[] gradient = transport.gradient(x);
            for (int d = 0; d < dimensions; d++) {
                values[i * dimensions + d] = (float) -gradient[d];
            }
        }
        return Tensors.of(values, points.size(), dimensions);
    }

    private static Tensor tensor(PointDataset points) {
        return Tensors.of(values(points), points.size(), points.shape().size());
    }

    /** The points of a dataset, each a row. */
    static double[][] points(PointDataset dataset) {
        float[] values = values(dataset);
        double[] flat =
                IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        return Plane.points(flat, dataset.shape().size());
    }

    private static float[] values(PointDataset points) {
        int dimensions = points.shape().size();
        float[] values = new float[points.size() * dimensions];
        for (int i = 0; i < points.size(); i++) {
            points.read(i, values, i * dimensions);
        }
        return values;
    }

    /** A separate seed for each draw. */
    private static long stream(long seed, long step) {
        return seed * 1_000_003 + step + 1;
    }
}
