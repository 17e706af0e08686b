package org.saddlepoint.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.AuxiliaryClassification;
import org.saddlepoint.objectives.RelativisticObjective;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Tensor;

/** What both ways of training translators share: the translators with their optimizer, and a judge of each kind. */
final class TranslationPlayers implements AutoCloseable {
    private static final String GENERATOR_OPTIMIZER = "generator_optimizer";
    private static final String SCHEDULE = "schedule";

    /** A discriminator of one kind of pictures, what trains it, and the generated pictures it is shown again. */
    static final class Judge implements AutoCloseable {
        private final String name;
        private final Discriminator discriminator;
        private final DiscriminatorTrainer trainer;
        private final ImagePool pool;
        private final TranslationConfig config;

        /** @param name of the parts of checkpoints, such as discriminator_a */
        Judge(String name, Discriminator discriminator, TranslationConfig config) {
            this.name = name;
            this.discriminator = discriminator;
            this.config = config;
            this.pool = new ImagePool(config.poolSize());
            this.trainer = new DiscriminatorTrainer(
                    discriminator,
                    config.objective(),
                    config.discriminatorWeight(),
                    config.constraints(),
                    config.discriminatorOptimizer(),
                    AuxiliaryClassification.NONE,
                    config.precision());
        }

        /** Learns to tell real from generated pictures, which come through the pool. */
        StepReport update(Tensor real, Tensor fake, TrainingState state) {
            Tensor shown = pool.query(fake.detach(), state.random());
            return trainer.update(real, shown, Conditioning.NONE, state.random(), state.step());
        }

        /** What a translator pays for being found out: w L_adv(D(fake)). */
        Tensor translatorLoss(Tensor real, Tensor fake) {
            Tensor fakeLogits = judge(fake);
            Tensor loss;
            if (config.objective() instanceof RelativisticObjective relativistic) {
                Tensor realLogits;
                try (Autograd.Recording off = Autograd.noGrad()) {
                    realLogits = judge(real);
                }
                loss = relativistic.generatorLoss(realLogits, fakeLogits);
            } else {
                loss = ((AdversarialObjective) config.objective()).generatorLoss(fakeLogits);
            }
            return loss.mul(config.generatorWeight());
        }

        private Tensor judge(Tensor images) {
            return config.precision()
                    .forward(images.device(), () -> discriminator.forwardForGenerator(images, Conditioning.NONE));
        }

        private void addTo(Map<String, Map<String, Tensor>> parts) {
            parts.put(name, discriminator.stateDict());
            parts.put(name + "_optimizer", trainer.optimizer().state());
            parts.put(name + "_pool", pool.state());
        }

        private void load(Map<String, Map<String, Tensor>> parts) {
            discriminator.loadStateDict(SavedNetworks.part(parts, name));
            trainer.optimizer().load(SavedNetworks.part(parts, name + "_optimizer"));
            pool.load(SavedNetworks.part(parts, name + "_pool"));
        }

        @Override
        public void close() {
            pool.close();
            trainer.close();
            discriminator.close();
        }
    }

    private final Translators translators;
    private final List<Judge> judges;
    private final TranslationConfig config;
    private final Optimizer optimizer;
    private final EpochRates rates;

    TranslationPlayers(Translators translators, List<Judge> judges, TranslationConfig config) {
        this.translators = translators;
        this.judges = judges;
        this.config = config;
        this.optimizer = config.generatorOptimizer().create(translators.parameters());
        this.rates = new EpochRates(config.schedule(), config.batchSize(), config.examplesPerEpoch());
    }

    /** Sets the learning rates of the step that comes next. */
    void begin(TrainingState state) {
        double factor = rates.factor(state.step()) * state.learningRateFactor();
        optimizer.learningRate(factor * config.generatorOptimizer().learningRate());
        for (Judge judge : judges) {
            judge.trainer
                    .optimizer()
                    .learningRate(factor * config.discriminatorOptimizer().learningRate());
        }
    }

    /** A pass through the translator of a direction, differentiable. */
    Tensor translate(Tensor images, Direction direction) {
        return config.precision()
                .forward(images.device(), () -> translators.get(direction).translate(images));
    }

    /** One step of the translators down this loss, which their moving averages follow. */
    void minimize(Tensor loss, TrainingState state) {
        rates.observe(state.step(), loss.item());
        optimizer.minimize(loss);
        translators.updateAverages(state.step());
    }

    Map<String, Map<String, Tensor>> parts() {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>(translators.parts());
        parts.put(GENERATOR_OPTIMIZER, optimizer.state());
        judges.forEach(judge -> judge.addTo(parts));
        parts.put(SCHEDULE, rates.state());
        return parts;
    }

    void load(Map<String, Map<String, Tensor>> parts) {
        if (!parts.keySet().equals(parts().keySet())) {
            throw new IllegalArgumentException(
                    "expected the parts " + parts().keySet() + " but found " + parts.keySet());
        }
        translators.load(parts);
        optimizer.load(SavedNetworks.part(parts, GENERATOR_OPTIMIZER));
        judges.forEach(judge -> judge.load(parts));
        rates.load(SavedNetworks.part(parts, SCHEDULE));
    }

    @Override
    public void close() {
        rates.close();
        optimizer.close();
        judges.forEach(Judge::close);
        translators.close();
    }
}
