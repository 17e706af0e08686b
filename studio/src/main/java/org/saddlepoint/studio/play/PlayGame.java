package org.saddlepoint.studio.play;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.metrics.ModeCoverage;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.AdversarialPlayers;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.ConditionPlan;
import org.saddlepoint.training.Game;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.Trainer;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.UpdatePlan;

/** One game in the plane. All on one thread. */
final class PlayGame implements AutoCloseable {
    /** The square that is looked at: [−2, 2]². */
    static final double HALF = 2;

    /** Values of D on each side of the square. */
    static final int CELLS = 28;

    private static final int SHOWN = 192;
    private static final int BATCH = 128;
    private static final long LOOKED_AT = 12_345;
    private static final Latent LATENT = new Latent(8, Latent.Distribution.NORMAL);

    private final TrainingState state;
    private PlaySettings settings;
    private PointDataset data;
    private AdversarialPlayers players;
    private AdversarialStep step;
    private BatchLoader loader;
    private Map<String, Double> last = Map.of();

    /**
     * What can be seen of a game.
     *
     * @param step of training
     * @param discriminatorLoss of the last step; NaN before the first
     * @param generatorLoss of the last step; NaN before the first
     * @param modes found by the generator; −1 where data has none
     * @param ofModes how many there are
     * @param fake generated points, x and y in turn
     * @param arrows at each generated point where its loss falls fastest, x and y in turn
     * @param cells D's logits, row by row with y ascending
     */
    record Look(
            long step,
            double discriminatorLoss,
            double generatorLoss,
            int modes,
            int ofModes,
            float[] fake,
            float[] arrows,
            float[] cells) {}

    PlayGame(PlaySettings settings) {
        this.settings = settings;
        this.state = new TrainingState(settings.seed());
        this.data = PlayData.of(settings);
        this.players = players(settings);
        this.step = step(settings, players);
        this.loader = loader();
    }

    private AdversarialPlayers players(PlaySettings by) {
        InitialWeights weights = new InitialWeights.KaimingUniform();
        List<Integer> hidden = List.of(by.width(), by.width());
        return AdversarialPlayers.build(
                AdversarialPlayers.Networks.of(
                        new MlpGeneratorConfig(hidden, weights),
                        MlpDiscriminatorConfig.of(hidden, weights),
                        LATENT,
                        by.constraintOfD().values()),
                AdversarialPlayers.Learning.of(adam(by.generatorRate()), adam(by.discriminatorRate())),
                Shape.of(2),
                Device.CPU,
                state.random().networks());
    }

    private static AdamConfig adam(double rate) {
        double positive = Math.max(rate, 1e-12); // an optimizer that never learns is refused
        return new AdamConfig(Schedule.of(positive), Schedule.of(0.5), Schedule.of(0.9), 1e-8);
    }

    private static AdversarialStep step(PlaySettings by, AdversarialPlayers players) {
        return new AdversarialStep(
                players,
                LATENT,
                Game.of(by.game()).with(by.constraintOfD()),
                UpdatePlan.of(BATCH, by.criticSteps()),
                ConditionPlan.DATA);
    }

    private BatchLoader loader() {
        return new BatchLoader(data, new LoaderConfig(step.examplesPerStep(), settings.seed(), 1, 2));
    }

    PlaySettings settings() {
        return settings;
    }

    long steps() {
        return state.step();
    }

    /**
     * Goes on by other settings. Weights and what the optimizers remember stay; under another normalization of its weights D
     * begins anew.
     */
    void change(PlaySettings other) {
        if (!other.hasNetworksOf(settings)) {
            throw new IllegalArgumentException("width and seed can only be changed with a new game");
        }
        AdversarialPlayers fresh = players(other);
        AdversarialStep next = step(other, fresh);
        Map<String, Map<String, Tensor>> parts = step.parts();
        try {
            next.load(parts);
        } catch (IllegalArgumentException otherNetwork) {
            fresh.generator().network().loadStateDict(parts.getOrDefault("generator", Map.of()));
        }
        loader.close();
        step.close();
        players = fresh;
        step = next;
        data = PlayData.of(other);
        settings = other;
        loader = loader();
    }

    /**
     * Trains for some steps.
     *
     * @throws org.saddlepoint.training.TrainingDivergedException if a loss becomes infinite or NaN
     */
    void train(long steps) {
        Map<String, Double> means = new LinkedHashMap<>();
        TrainingListener averaging = new TrainingListener() {
            @Override
            public void onStep(TrainingState after, StepReport report) {
                report.values().forEach((name, value) -> means.merge(name, value / steps, Double::sum));
            }
        };
        new Trainer(step, loader, state, List.of(averaging)).runUntil(state.step() + steps);
        last = means;
    }

    /** Real points for the eye, x and y in turn. */
    float[] real() {
        float[] points = new float[2 * SHOWN];
        for (int i = 0; i < SHOWN; i++) {
            data.read(i, points, 2 * i);
        }
        return points;
    }

    /** Looks without changing anything: D leaves training meanwhile, in which some constraints update what they remember. */
    Look look() {
        discriminator().train(false);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(LOOKED_AT)) {
            Tensor fake = players.sample(LATENT.sample(SHOWN, random));
            float[] points = fake.toFloatArray();
            int modes = data.mixture()
                    .map(mixture -> ModeCoverage.of(mixture, points).modesFound())
                    .orElse(-1);
            int all = data.mixture().map(mixture -> mixture.centres().length).orElse(0);
            return new Look(
                    steps(),
                    last.getOrDefault(MetricsRow.DISCRIMINATOR_LOSS, Double.NaN),
                    last.getOrDefault(MetricsRow.GENERATOR_LOSS, Double.NaN),
                    modes,
                    all,
                    points,
                    arrows(fake),
                    cells());
        } finally {
            discriminator().train(true);
        }
    }

    /** −∇ of the generator's loss in each generated point, times their number. */
    private float[] arrows(Tensor fake) {
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording on = Autograd.withGrad()) {
            Tensor at = fake.detach().withGrad(true);
            Tensor loss = settings.game().generatorLoss(discriminator().forwardForGenerator(at, Conditioning.none()));
            return Autograd.grad(loss, List.of(at)).get(0).mul(-SHOWN).toFloatArray();
        }
    }

    private float[] cells() {
        float[] points = new float[2 * CELLS * CELLS];
        for (int row = 0; row < CELLS; row++) {
            for (int column = 0; column < CELLS; column++) {
                int at = 2 * (row * CELLS + column);
                points[at] = (float) (HALF * (2.0 * column / (CELLS - 1) - 1));
                points[at + 1] = (float) (HALF * (2.0 * row / (CELLS - 1) - 1));
            }
        }
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording on = Autograd.withGrad()) { // gradient normalization differentiates even here
            return discriminator()
                    .forward(Tensors.of(points, CELLS * CELLS, 2), Conditioning.none())
                    .toFloatArray();
        }
    }

    private Discriminator discriminator() {
        return players.discriminator().network();
    }

    @Override
    public void close() {
        loader.close();
        step.close();
        state.close();
    }
}
