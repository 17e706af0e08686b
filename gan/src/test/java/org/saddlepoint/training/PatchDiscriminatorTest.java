package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.PatchGanConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.LeastSquaresObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/** {@link DiscriminatorTrainer} where a sample has a map of logits. */
@ExtendWith({LeakCheck.class, OneThread.class})
class PatchDiscriminatorTest {
    private static final Objective OBJECTIVE = LeastSquaresObjective.BINARY;

    /** One update is a gradient step of the objective on both maps, each of a pass of its own. */
    @ParameterizedTest
    @EnumSource(Normalization.class)
    void anUpdateIsAStepOnBothMaps(Normalization normalization) {
        PatchGanConfig config = new PatchGanConfig(1, 2, normalization, new InitialWeights.XavierNormal(1));
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6);
                Discriminator reference = config.create(1, random);
                DiscriminatorTrainer trainer = new DiscriminatorTrainer(
                        new Player<>("discriminator", config.create(1, random), new SgdConfig(0.1, 0)),
                        Game.of(OBJECTIVE))) {
            Discriminator trained = trainer.player().network();
            reference.loadStateDict(trained.stateDict());
            Tensor real = random.normal(2, 1, 12, 12);
            Tensor fake = random.normal(2, 1, 12, 12).mul(0.5);

            Tensor loss = OBJECTIVE.discriminatorLoss(
                    reference.forward(real, Conditioning.none()), reference.forward(fake, Conditioning.none()));
            List<Tensor> gradients = Autograd.grad(loss, reference.weights());
            StepReport report = trainer.update(real, fake, Conditioning.none(), Progress.START, random, 0);

            assertThat(report.values().get(MetricsRow.DISCRIMINATOR_LOSS)).isCloseTo(loss.item(), within(1e-6));
            for (int i = 0; i < gradients.size(); i++) {
                Tensor expected =
                        reference.weights().get(i).detach().sub(gradients.get(i).mul(0.1));
                Golden.requireClose("weight " + i, trained.weights().get(i).detach(), expected, 1e-5, 1e-6);
                assertThat(gradients.get(i).isFinite().all().item()).isEqualTo(1);
            }
            for (int i = 1; i < 30; i++) {
                report = trainer.update(real, fake, Conditioning.none(), Progress.START, random, i);
            }
            assertThat(report.values().get(MetricsRow.DISCRIMINATOR_LOSS)).isLessThan(0.7 * loss.item());
        }
    }
}
