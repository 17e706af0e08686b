package org.saddlepoint.examples;

import java.util.List;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.AdversarialPlayers;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.ConditionPlan;
import org.saddlepoint.training.Game;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.UpdatePlan;

/** A GAN without recipes, runs or listeners: a Gaussian on a line learns where another one lies. */
public final class OwnTrainingLoop {
    private static final double TARGET = 3;
    private static final int BATCH = 64;

    private OwnTrainingLoop() {}

    /** Argument: how many steps. */
    public static void main(String[] arguments) {
        System.out.println("mean of the samples: " + run(Integer.parseInt(arguments[0])) + ", of the data: " + TARGET);
    }

    /** Answers the mean of the samples after training. */
    static double run(int steps) {
        // snippet: loop
        InitialWeights weights = new InitialWeights.Uniform(0.3);
        Latent latent = new Latent(4, Latent.Distribution.NORMAL);
        AdamConfig adam = AdamConfig.of(2e-3, 0.5, 0.9);
        try (TrainingState state = new TrainingState(1);
                RandomGenerator random = new RandomGenerator(2)) {
            AdversarialPlayers players = AdversarialPlayers.build(
                    AdversarialPlayers.Networks.of(
                            new MlpGeneratorConfig(List.of(32), weights),
                            MlpDiscriminatorConfig.of(List.of(32), weights),
                            latent,
                            List.of()),
                    AdversarialPlayers.Learning.of(adam, adam),
                    Shape.of(1),
                    Device.CPU,
                    state.random().networks());
            try (AdversarialStep step = new AdversarialStep(
                    players,
                    latent,
                    Game.of(new NonSaturatingObjective()),
                    UpdatePlan.of(BATCH, 1),
                    ConditionPlan.DATA)) {
                for (int i = 0; i < steps; i++) {
                    step.run(Points.around(TARGET, BATCH, random), state);
                }
                try (TensorScope scope = TensorScope.open()) {
                    return players.sample(latent.sample(1000, random)).mean().item();
                }
            }
        }
        // end
    }
}
