package org.saddlepoint.training;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.constraints.GeneratorUpdate;
import org.saddlepoint.data.Batch;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.distributed.Ranks;
import org.saddlepoint.views.Sight;

/**
 * One step of CycleGAN (Zhu et al. 2017, section 3): both translators learn to deceive the discriminator of their target, and
 * to undo each other; then each discriminator learns from real pictures and from a pool of generated ones.
 */
public final class CycleStep implements TrainingStep {
    /** The value that holds E|F(G(a)) − a|, in [0, 2]. */
    public static final String CYCLE_A = "cycleA";

    /** The value that holds E|G(F(b)) − b|, in [0, 2]. */
    public static final String CYCLE_B = "cycleB";

    private static final String IDENTITY_A = "identityA";
    private static final String IDENTITY_B = "identityB";

    private final TranslationPlayers translators;
    private final GeneratorTrainer<ImageTranslator> generatorTrainer;
    private final DiscriminatorTrainer trainerA;
    private final DiscriminatorTrainer trainerB;
    private final TranslationMethod.Cycle method;
    private final Game game;
    private final int batchSize;

    /**
     * The discriminators of a cycle.
     *
     * @param a of pictures of A, under the game's constraints already
     * @param b of pictures of B, likewise
     */
    public record Discriminators(Player<Discriminator> a, Player<Discriminator> b) {}

    /**
     * A step that trains these players, which it owns from now on.
     *
     * @param batchSize pictures of each kind a step, >= 1
     */
    public CycleStep(
            TranslationPlayers translators,
            Discriminators discriminators,
            TranslationMethod.Cycle method,
            Game game,
            int batchSize) {
        this.translators = translators;
        this.generatorTrainer = new GeneratorTrainer<>(translators.all(), game);
        this.trainerA = new DiscriminatorTrainer(discriminators.a(), game);
        this.trainerB = new DiscriminatorTrainer(discriminators.b(), game);
        this.method = method;
        this.game = game;
        this.batchSize = batchSize;
    }

    @Override
    public int examplesPerStep() {
        return batchSize;
    }

    @Override
    public StepReport run(Batch batch, TrainingState state) {
        try (TensorScope scope = TensorScope.open()) {
            return run(PairTensors.of(batch, translators.device()), state);
        }
    }

    /** {@link #run(Batch, TrainingState)} of pictures that are tensors already. */
    StepReport run(PairTensors pair, TrainingState state) {
        Measurements measured = new Measurements(
                MetricsRow.DISCRIMINATOR_LOSS, MetricsRow.GENERATOR_LOSS, "realLogit", "fakeLogit", CYCLE_A, CYCLE_B);
        Progress progress = generatorTrainer.begin(state, List.of(trainerB, trainerA));
        RandomGenerator noise = state.random().noise();
        try (TensorScope scope = TensorScope.open()) {
            Tensor a = pair.a();
            Tensor b = pair.b();
            Tensor fakeB;
            Tensor fakeA;
            try (TensorScope update = TensorScope.open()) {
                Tensor toB = translate(a, Direction.A2B);
                Tensor backToA = translate(toB, Direction.B2A);
                Tensor toA = translate(b, Direction.B2A);
                Tensor backToB = translate(toA, Direction.A2B);

                Tensor loss = adversarial(trainerB, b, toB, progress, noise, measured)
                        .add(adversarial(trainerA, a, toA, progress, noise, measured))
                        .add(distance(CYCLE_A, backToA, a, measured).mul(method.cycleWeightA()))
                        .add(distance(CYCLE_B, backToB, b, measured).mul(method.cycleWeightB()));
                if (method.identityWeight() > 0) {
                    Tensor sameB = distance(IDENTITY_B, translate(b, Direction.A2B), b, measured);
                    Tensor sameA = distance(IDENTITY_A, translate(a, Direction.B2A), a, measured);
                    loss = loss.add(sameB.mul(method.identityWeight() * method.cycleWeightB()))
                            .add(sameA.mul(method.identityWeight() * method.cycleWeightA()));
                }
                loss = generatorTrainer.regularized(loss, pass(a, toB, Direction.A2B, progress, noise), measured);
                loss = generatorTrainer.regularized(loss, pass(b, toA, Direction.B2A, progress, noise), measured);
                measured.add(MetricsRow.GENERATOR_LOSS, loss);
                generatorTrainer.minimize(loss, measured.mean(MetricsRow.GENERATOR_LOSS), state);
                generatorTrainer.updateAverages(progress);
                fakeB = update.promote(toB.detach());
                fakeA = update.promote(toA.detach());
            }
            measured.add(update(trainerB, b, fakeB, progress, noise));
            measured.add(update(trainerA, a, fakeA, progress, noise));
        }
        return measured.report();
    }

    private Tensor translate(Tensor images, Direction direction) {
        return game.precision()
                .forward(images.device(), () -> translators.get(direction).translate(images));
    }

    private static Tensor adversarial(
            DiscriminatorTrainer trainer,
            Tensor real,
            Tensor fake,
            Progress progress,
            RandomGenerator noise,
            Measurements measured) {
        return trainer.generatorLoss(
                () -> trainer.see(real, Sight.Origin.REAL, progress, noise),
                trainer.see(fake, Sight.Origin.FAKE, progress, noise),
                Conditioning.none(),
                "",
                measured);
    }

    private static StepReport update(
            DiscriminatorTrainer trainer, Tensor real, Tensor fake, Progress progress, RandomGenerator noise) {
        Tensor shown = trainer.pooled(fake, noise);
        return trainer.update(
                trainer.see(real, Sight.Origin.REAL, progress, noise),
                trainer.see(shown, Sight.Origin.FAKE, progress, noise),
                Conditioning.none(),
                progress,
                noise,
                progress.step());
    }

    private GeneratorUpdate pass(
            Tensor images, Tensor translated, Direction direction, Progress progress, RandomGenerator noise) {
        return new GeneratorUpdate(
                input -> translate(input, direction), translators.get(direction), images, translated, noise, progress);
    }

    /** E|x − y|, noted under this name. */
    private static Tensor distance(String name, Tensor x, Tensor y, Measurements measured) {
        Tensor distance = x.sub(y).abs().mean();
        measured.add(name, distance);
        return distance;
    }

    @Override
    public void join(Ranks ranks) {
        generatorTrainer.join(ranks);
        trainerB.join(ranks);
        trainerA.join(ranks);
    }

    @Override
    public Set<String> ofRank() {
        Set<String> names = new HashSet<>();
        generatorTrainer.addOfRank(names);
        trainerB.addOfRank(names);
        trainerA.addOfRank(names);
        return names;
    }

    @Override
    public Map<String, Map<String, Tensor>> parts() {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        generatorTrainer.addTo(parts);
        trainerB.addTo(parts);
        trainerA.addTo(parts);
        return parts;
    }

    @Override
    public void load(Map<String, Map<String, Tensor>> parts) {
        SavedParts saved = new SavedParts(parts);
        generatorTrainer.load(saved);
        trainerB.load(saved);
        trainerA.load(saved);
        saved.requireAllTaken();
    }

    @Override
    public void close() {
        generatorTrainer.close();
        trainerB.close();
        trainerA.close();
    }
}
