package org.saddlepoint.examples;

import java.util.List;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** A GAN written out by hand, without recipes, runs or listeners: a Gaussian on a line learns where another one lies. */
public final class OwnTrainingLoop {
    private static final double TARGET = 3;

    private OwnTrainingLoop() {}

    /** Argument: how many steps. */
    public static void main(String[] arguments) {
        System.out.println("mean of the samples: " + run(Integer.parseInt(arguments[0])) + ", of the data: " + TARGET);
    }

    /** Answers the mean of the samples after training. */
    static double run(int steps) {
        // snippet: loop
        MlpConfig config = MlpConfig.of(List.of(32), List.of(32), new InitialWeights.Uniform(0.3));
        Latent latent = new Latent(4, Latent.Distribution.NORMAL);
        AdversarialObjective objective = new NonSaturatingObjective();
        try (RandomGenerator random = new RandomGenerator(1);
                Generator generator = config.generator(latent, Shape.of(1), random);
                Discriminator discriminator = config.discriminator(Shape.of(1), random);
                Optimizer descendG = AdamConfig.of(2e-3, 0.5, 0.9).create(generator.parameters());
                Optimizer descendD = AdamConfig.of(2e-3, 0.5, 0.9).create(discriminator.parameters())) {
            for (int step = 0; step < steps; step++) {
                try (TensorScope scope = TensorScope.open()) {
                    Tensor real = random.normal(64, 1).add(TARGET);
                    Tensor fake = generator.forward(latent.sample(64, random), Conditioning.NONE);
                    descendD.minimize(objective.discriminatorLoss(
                            discriminator.forward(real, Conditioning.NONE),
                            discriminator.forward(fake.detach(), Conditioning.NONE)));
                    descendG.minimize(objective.generatorLoss(discriminator.forward(fake, Conditioning.NONE)));
                }
            }
            try (TensorScope scope = TensorScope.open()) {
                return generator
                        .forward(latent.sample(1000, random), Conditioning.NONE)
                        .mean()
                        .item();
            }
        }
        // end
    }
}
