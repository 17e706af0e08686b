package org.saddlepoint.training;

import java.util.List;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/** Players and steps of GANs without conditions, in few words. */
final class TestPlayers {
    private TestPlayers() {}

    /** The families of both networks. */
    record Families(GeneratorConfig generator, DiscriminatorConfig discriminator) {
        /** Fully connected networks of one hidden layer. */
        static Families mlp(int units, double range) {
            InitialWeights weights = new InitialWeights.Uniform(range);
            return new Families(
                    new MlpGeneratorConfig(List.of(units), weights),
                    MlpDiscriminatorConfig.of(List.of(units), weights));
        }
    }

    /** Players without constraints. */
    static AdversarialPlayers of(
            Families families,
            Latent latent,
            Shape sample,
            AdversarialPlayers.Learning learning,
            RandomGenerator random) {
        return of(families, latent, sample, List.of(), learning, random);
    }

    /** Players under constraints. */
    static AdversarialPlayers of(
            Families families,
            Latent latent,
            Shape sample,
            List<Constraint> constraints,
            AdversarialPlayers.Learning learning,
            RandomGenerator random) {
        return AdversarialPlayers.build(
                AdversarialPlayers.Networks.of(families.generator(), families.discriminator(), latent, constraints),
                learning,
                sample,
                Device.CPU,
                random);
    }

    /** A step of these. */
    static AdversarialStep step(AdversarialPlayers players, Latent latent, Game game, UpdatePlan plan) {
        return new AdversarialStep(players, latent, game, plan, ConditionPlan.DATA);
    }

    /** How both learn, without an average. */
    static AdversarialPlayers.Learning learning(OptimizerConfig both) {
        return AdversarialPlayers.Learning.of(both, both);
    }

    /** A game under these constraints. */
    static Game game(Objective objective, Map<String, Constraint> constraints) {
        return Game.of(objective).with(constraints);
    }
}
