package org.saddlepoint.training;

import java.util.List;
import java.util.Map;
import org.saddlepoint.data.Batch;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * One step of pix2pix (Isola et al. 2017, section 3): the discriminator learns to tell the pairs (a, b) from (a, G(a)), then
 * the translator to deceive it and to come close to b. One pass of the translator serves both.
 */
public final class PairedTranslationStep implements TrainingStep {
    /** The value that holds the mean distance of a pixel from the target, E|b − G(a)|, in [0, 2]. */
    public static final String L1 = "l1";

    private final Translators translators;
    private final TranslationPlayers players;
    private final TranslationPlayers.Judge judge;
    private final double l1Weight;
    private final int batchSize;

    /**
     * A step that trains these networks, which it owns from now on.
     *
     * @param discriminator of the channels of A and B together, under the config's constraints already
     */
    public PairedTranslationStep(
            Translators translators,
            Discriminator discriminator,
            TranslationMethod.Paired method,
            TranslationConfig config) {
        this.translators = translators;
        this.judge = new TranslationPlayers.Judge("discriminator", discriminator, config);
        this.players = new TranslationPlayers(translators, List.of(judge), config);
        this.l1Weight = method.l1Weight();
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
        Measurements measured = new Measurements(MetricsRow.DISCRIMINATOR_LOSS, MetricsRow.GENERATOR_LOSS, L1);
        players.begin(state);
        try (TensorScope scope = TensorScope.open()) {
            Tensor translated = players.translate(pair.a(), Direction.A2B);
            Tensor real = Tensors.cat(List.of(pair.a(), pair.b()), 1);
            Tensor fake = Tensors.cat(List.of(pair.a(), translated), 1);
            measured.add(judge.update(real, fake, state));

            Tensor adversarial = judge.translatorLoss(real, fake);
            Tensor l1 = translated.sub(pair.b()).abs().mean();
            measured.add(L1, l1.item());
            Tensor loss = adversarial.add(l1.mul(l1Weight));
            measured.add(MetricsRow.GENERATOR_LOSS, loss.item());
            players.minimize(loss, state);
        }
        return measured.report();
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
