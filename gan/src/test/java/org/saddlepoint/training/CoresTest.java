package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.PenaltyPoints;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/** Who has the cores while networks train; that it changes no result is a test of the engine. */
@ExtendWith(LeakCheck.class)
class CoresTest {
    private static final Latent LATENT = new Latent(16, Latent.Distribution.NORMAL);
    private static final TestPlayers.Families MLP = TestPlayers.Families.mlp(8, 0.5);
    private static final Constraint PENALTY =
            new GradientPenalty(new PenaltyPoints.Real(), Schedule.of(1), 0, false, 1, false);
    private static final int BATCH = 4;

    @AfterEach
    void restore() {
        Engine.favour(Engine.Work.CONVOLUTIONS);
    }

    private static AdversarialStep step(TestPlayers.Families families, Shape sample, List<Constraint> constraints) {
        try (RandomGenerator random = new RandomGenerator(3)) {
            AdversarialPlayers players = TestPlayers.of(
                    families, LATENT, sample, constraints, TestPlayers.learning(AdamConfig.of(1e-3, 0.5, 0.9)), random);
            return TestPlayers.step(
                    players,
                    LATENT,
                    TestPlayers.game(new NonSaturatingObjective(), TrainingSteps.named(constraints)),
                    UpdatePlan.of(BATCH, 1));
        }
    }

    @Test
    void fullyConnectedNetworksGiveThemToProductsWhileTheyTrain() {
        try (AdversarialStep step = step(MLP, Shape.of(2), List.of(PENALTY));
                BatchLoader loader = new BatchLoader(GaussianMixture.RING8.sample(100, 0), LoaderConfig.of(BATCH, 0));
                TrainingState state = new TrainingState(0)) {
            List<Engine.Work> seen = new ArrayList<>();
            TrainingListener listener = new TrainingListener() {
                @Override
                public void onStep(TrainingState at, StepReport report) {
                    seen.add(Engine.favoured());
                }
            };
            new Trainer(step, loader, state, List.of(listener)).runUntil(2);
            assertThat(seen).containsExactly(Engine.Work.PRODUCTS, Engine.Work.PRODUCTS);
            assertThat(Engine.favoured()).as("after training").isEqualTo(Engine.Work.CONVOLUTIONS);
        }
    }

    @Test
    void convolutionsTakeThemBack() {
        TestPlayers.Families dcgan = new TestPlayers.Families(
                new DcganGeneratorConfig(2), new DcganDiscriminatorConfig(2, Normalization.BATCH));
        Engine.favour(Engine.Work.PRODUCTS);
        assertThat(Engine.favoured()).isEqualTo(Engine.Work.PRODUCTS);
        try (AdversarialStep step = step(dcgan, Shape.of(1, 8, 8), List.of());
                TrainingState state = new TrainingState(0)) {
            step.run(new Batch(new float[BATCH * 64], new int[BATCH], BATCH, new ImageShape(1, 8, 8)), state);
        }
        assertThat(Engine.favoured()).isEqualTo(Engine.Work.CONVOLUTIONS);
    }
}
