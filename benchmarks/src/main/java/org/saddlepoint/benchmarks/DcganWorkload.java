package org.saddlepoint.benchmarks;

import java.util.OptionalDouble;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.training.AdversarialPlayers;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.ConditionPlan;
import org.saddlepoint.training.Game;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.UpdatePlan;

/**
 * Steps of a DCGAN for 32×32 colour images on one fixed batch of noise. {@code
 * gan_step.py} beside this class does the same work in PyTorch; whoever changes one changes the other.
 *
 * <ul>
 *   <li>Generator 100 → 256 → 128 → 64 → 3 with batch normalization, discriminator 3 → 64 → 128 → 256 → 1, with or without
 *       it by the plan.
 *   <li>A step is one update of the discriminator and one of the generator, each on latents of its own, by Adam with Radford
 *       et al.'s (2016) settings, whatever the method.
 * </ul>
 */
public final class DcganWorkload implements Workload {
    /** Side of the images in pixels where nothing else is said. */
    public static final int SIDE = 32;

    private static final int CHANNELS = 3;

    private final TrainingState state;
    private final Weights weights;
    private final AdversarialStep step;
    private final Batch batch;

    /**
     * Networks and a batch of images from a seed.
     *
     * @param plan objective, constraints and normalization
     * @param batchSize real images a step
     * @param width channels of the networks next to the image
     * @param side of the images in pixels
     * @param precision of the networks' forward passes
     */
    DcganWorkload(DcganPlan plan, int batchSize, int width, int side, Precision precision, long seed) {
        Latent latent = new Latent(100, Latent.Distribution.NORMAL);
        AdamConfig adam = AdamConfig.of(2e-4, 0.5, 0.999);
        ImageShape image = new ImageShape(CHANNELS, side, side);
        batch = Noise.batch(image, batchSize, Noise.values(image, batchSize, seed));
        state = new TrainingState(seed);
        AdversarialPlayers players = AdversarialPlayers.build(
                AdversarialPlayers.Networks.of(
                        new DcganGeneratorConfig(width),
                        new DcganDiscriminatorConfig(width, plan.normalization()),
                        latent,
                        plan.constraints().values()),
                AdversarialPlayers.Learning.of(adam, adam),
                Shape.of(CHANNELS, side, side),
                Device.CPU,
                state.random().networks());
        weights = new Weights(
                players.generator().network().parameterCount(),
                players.discriminator().network().parameterCount());
        step = new AdversarialStep(
                players,
                latent,
                Game.of(plan.objective()).with(plan.constraints()).with(precision),
                UpdatePlan.of(batchSize, 1),
                ConditionPlan.DATA);
    }

    @Override
    public StepReport step() {
        return step.run(batch, state);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public OptionalDouble generatorSeconds(int updates) {
        long start = System.nanoTime();
        for (int i = 0; i < updates; i++) {
            step.updateGenerator(batch, state);
        }
        return OptionalDouble.of((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() {
        step.close();
        state.close();
    }
}
