package org.saddlepoint.training;

import java.util.List;
import java.util.Map;
import org.saddlepoint.data.Batch;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

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

    private final Translators translators;
    private final TranslationPlayers players;
    private final TranslationPlayers.Judge judgeA;
    private final TranslationPlayers.Judge judgeB;
    private final TranslationMethod.Cycle method;
    private final int batchSize;

    /**
     * A step that trains these networks, which it owns from now on.
     *
     * @param discriminatorA of pictures of A, under the config's constraints already
     * @param discriminatorB of pictures of B, likewise
     */
    public CycleStep(
            Translators translators,
            Discriminator discriminatorA,
            Discriminator discriminatorB,
            TranslationMethod.Cycle method,
            TranslationConfig config) {
        this.translators = translators;
        this.judgeA = new TranslationPlayers.Judge("discriminator_a", discriminatorA, config);
        this.judgeB = new TranslationPlayers.Judge("discriminator_b", discriminatorB, config);
        this.players = new TranslationPlayers(translators, List.of(judgeB, judgeA), config);
        this.method = method;
        this.batchSize = config.batchSize();
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
        players.begin(state);
        try (TensorScope scope = TensorScope.open()) {
            Tensor a = pair.a();
            Tensor b = pair.b();
            Tensor fakeB;
            Tensor fakeA;
            try (TensorScope update = TensorScope.open()) {
                Tensor toB = players.translate(a, Direction.A2B);
                Tensor backToA = players.translate(toB, Direction.B2A);
                Tensor toA = players.translate(b, Direction.B2A);
                Tensor backToB = players.translate(toA, Direction.A2B);

                Tensor loss = judgeB.translatorLoss(b, toB)
                        .add(judgeA.translatorLoss(a, toA))
                        .add(distance(CYCLE_A, backToA, a, measured).mul(method.cycleWeightA()))
                        .add(distance(CYCLE_B, backToB, b, measured).mul(method.cycleWeightB()));
                if (method.identityWeight() > 0) {
                    Tensor sameB = distance(IDENTITY_B, players.translate(b, Direction.A2B), b, measured);
                    Tensor sameA = distance(IDENTITY_A, players.translate(a, Direction.B2A), a, measured);
                    loss = loss.add(sameB.mul(method.identityWeight() * method.cycleWeightB()))
                            .add(sameA.mul(method.identityWeight() * method.cycleWeightA()));
                }
                measured.add(MetricsRow.GENERATOR_LOSS, loss.item());
                players.minimize(loss, state);
                fakeB = update.promote(toB.detach());
                fakeA = update.promote(toA.detach());
            }
            measured.add(judgeB.update(b, fakeB, state));
            measured.add(judgeA.update(a, fakeA, state));
        }
        return measured.report();
    }

    /** E|x − y|, noted under this name. */
    private static Tensor distance(String name, Tensor x, Tensor y, Measurements measured) {
        Tensor distance = x.sub(y).abs().mean();
        measured.add(name, distance.item());
        return distance;
    }

    @Override
    public Map<String, Map<String, Tensor>> parts() {
        return players.parts();
    }

    @Override
    public void load(Map<String, Map<String, Tensor>> parts) {
        players.load(parts);
    }

    @Override
    public void close() {
        players.close();
    }
}
