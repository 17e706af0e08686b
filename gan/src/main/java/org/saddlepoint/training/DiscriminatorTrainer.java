package org.saddlepoint.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.DiscriminatorUpdate;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Verdict;
import org.saddlepoint.objectives.AuxiliaryClassification;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Updates of a discriminator, or critic, between real and generated samples: the inner loop of Algorithm 1 (Goodfellow et
 * al. 2014) under any objective and any constraints.
 */
public final class DiscriminatorTrainer implements AutoCloseable {
    private final Discriminator discriminator;
    private final Objective objective;
    private final double objectiveWeight;
    private final Map<String, Constraint> constraints;
    private final AuxiliaryClassification classification;
    private final Precision precision;
    private final Optimizer optimizer;

    /**
     * Trains this discriminator, which stays the caller's.
     *
     * @param discriminator under these constraints already
     * @param objectiveWeight of the objective's loss beside penalties, 1 in most methods; reports are of the loss itself
     * @param constraints by the names that reports show
     * @param classification weights of the losses of an auxiliary classifier, where the discriminator is one
     * @param precision arithmetic of the passes through the discriminator; penalties are always float32
     */
    public DiscriminatorTrainer(
            Discriminator discriminator,
            Objective objective,
            double objectiveWeight,
            Map<String, Constraint> constraints,
            OptimizerConfig optimizer,
            AuxiliaryClassification classification,
            Precision precision) {
        this.discriminator = discriminator;
        this.objective = objective;
        this.objectiveWeight = objectiveWeight;
        this.constraints = constraints;
        this.classification = classification;
        this.precision = precision;
        this.optimizer = optimizer.create(discriminator.parameters());
    }

    /** What changes the weights, for its state and its learning rate. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /**
     * One update.
     *
     * @param real what the discriminator sees of the data, [N, …]
     * @param fake what it sees of the generator, [N, …]; no gradient flows through it
     * @param conditioning what both were asked to be, N
     * @param random where penalties draw from
     * @param index how many updates came before
     * @return the objective's loss, the mean logits, what the loss shows of the divergence, the classifier's loss and the
     *     penalties
     */
    public StepReport update(Tensor real, Tensor fake, Conditioning conditioning, RandomGenerator random, long index) {
        Measurements measured = new Measurements();
        try (TensorScope scope = TensorScope.open()) {
            Verdict ofReal;
            Verdict ofFake;
            if (discriminator.dependsOnBatch()) {
                ofReal = judge(real, conditioning);
                ofFake = judge(fake, conditioning);
            } else {
                Verdict both = judge(Tensors.cat(List.of(real, fake), 0), Conditioning.twice(conditioning));
                ofReal = both.narrow(0, real.size(0));
                ofFake = both.narrow(real.size(0), fake.size(0));
            }
            Tensor realLogits = ofReal.logits();
            Tensor fakeLogits = ofFake.logits();
            Tensor loss = objective.discriminatorLoss(realLogits, fakeLogits);
            measured.add(MetricsRow.DISCRIMINATOR_LOSS, loss.item());
            measured.add("realLogit", realLogits.mean().item());
            measured.add("fakeLogit", fakeLogits.mean().item());
            objective.divergenceBound(loss.item()).ifPresent(bound -> measured.add("divergenceBound", bound));
            loss = objectiveWeight == 1 ? loss : loss.mul(objectiveWeight);
            Tensor realClasses = ofReal.classLogits();
            Tensor fakeClasses = ofFake.classLogits();
            if (realClasses != null && fakeClasses != null && conditioning instanceof Conditioning.Labels labels) {
                Tensor classes = classification.discriminatorLoss(realClasses, fakeClasses, labels.classes());
                measured.add("classLoss", classes.item());
                loss = loss.add(classes);
            }

            DiscriminatorUpdate update =
                    new DiscriminatorUpdate(discriminator, real, fake, realLogits, conditioning, random, index);
            for (Map.Entry<String, Constraint> constraint : constraints.entrySet()) {
                Optional<Tensor> penalty = constraint.getValue().penalty(update);
                if (penalty.isPresent()) {
                    measured.add("penalty." + constraint.getKey(), penalty.get().item());
                    loss = loss.add(penalty.get());
                }
            }
            optimizer.minimize(loss);
            constraints.values().forEach(constraint -> constraint.project(discriminator));
        }
        return measured.report();
    }

    private Verdict judge(Tensor samples, Conditioning conditioning) {
        return precision.judge(samples.device(), () -> discriminator.judge(samples, conditioning));
    }

    /** Frees the optimizer's state. */
    @Override
    public void close() {
        optimizer.close();
    }
}
