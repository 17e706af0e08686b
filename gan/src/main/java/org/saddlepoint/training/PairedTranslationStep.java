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
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.tensor.distributed.Ranks;
import org.saddlepoint.views.Sight;

/**
 * One step of pix2pix (Isola et al. 2017, section 3): the discriminator learns to tell the pairs (a, b) from (a, G(a)), then
 * the translator to deceive it and to come close to b. One pass of the translator serves both.
 */
public final class PairedTranslationStep implements TrainingStep {
    /** The value that holds the mean distance of a pixel from the target, E|b − G(a)|, in [0, 2]. */
    public static final String L1 = "l1";

    private final ImageTranslator translator;
    private final GeneratorTrainer<ImageTranslator> generatorTrainer;
    private final DiscriminatorTrainer discriminatorTrainer;
    private final Game game;
    private final double l1Weight;
    private final int batchSize;
    private final Device device;

    /**
     * A step that trains these players, which it owns from now on.
     *
     * @param discriminator of the channels of A and B together, under the game's constraints already
     * @param batchSize pairs a step, >= 1
     */
    public PairedTranslationStep(
            TranslationPlayers translators,
            Player<Discriminator> discriminator,
            TranslationMethod.Paired method,
            Game game,
            int batchSize) {
        this.translator = translators.get(Direction.A2B);
        this.device = translators.device();
        this.generatorTrainer = new GeneratorTrainer<>(translators.all(), game);
        this.discriminatorTrainer = new DiscriminatorTrainer(discriminator, game);
        this.game = game;
        this.l1Weight = method.l1Weight();
        this.batchSize = batchSize;
    }

    @Override
    public int examplesPerStep() {
        return batchSize;
    }

    @Override
    public StepReport run(Batch batch, TrainingState state) {
        try (TensorScope scope = TensorScope.open()) {
            return run(PairTensors.of(batch, device), state);
        }
    }

    /** {@link #run(Batch, TrainingState)} of pictures that are tensors already. */
    StepReport run(PairTensors pair, TrainingState state) {
        Measurements measured = new Measurements(MetricsRow.DISCRIMINATOR_LOSS, MetricsRow.GENERATOR_LOSS, L1);
        Progress progress = generatorTrainer.begin(state, List.of(discriminatorTrainer));
        RandomGenerator noise = state.random().noise();
        try (TensorScope scope = TensorScope.open()) {
            Tensor translated = translate(pair.a());
            Tensor pairs = Tensors.cat(List.of(pair.a(), pair.b()), 1);
            Tensor made = Tensors.cat(List.of(pair.a(), translated), 1);
            Tensor real = discriminatorTrainer.see(pairs, Sight.Origin.REAL, progress, noise);
            Tensor fake = discriminatorTrainer.see(
                    discriminatorTrainer.pooled(made, noise), Sight.Origin.FAKE, progress, noise);
            measured.add(
                    discriminatorTrainer.update(real, fake, Conditioning.none(), progress, noise, progress.step()));

            Tensor adversarial = discriminatorTrainer.generatorLoss(
                    () -> discriminatorTrainer.see(pairs, Sight.Origin.REAL, progress, noise),
                    discriminatorTrainer.see(made, Sight.Origin.FAKE, progress, noise),
                    Conditioning.none(),
                    "",
                    measured);
            Tensor l1 = translated.sub(pair.b()).abs().mean();
            measured.add(L1, l1);
            Tensor loss = adversarial.add(l1.mul(l1Weight));
            GeneratorUpdate update =
                    new GeneratorUpdate(this::translate, translator, pair.a(), translated, noise, progress);
            loss = generatorTrainer.regularized(loss, update, measured);
            measured.add(MetricsRow.GENERATOR_LOSS, loss);
            generatorTrainer.minimize(loss, measured.mean(MetricsRow.GENERATOR_LOSS), state);
        }
        generatorTrainer.updateAverages(progress);
        return measured.report();
    }

    private Tensor translate(Tensor images) {
        return game.precision().forward(images.device(), () -> translator.translate(images));
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
