package org.saddlepoint.benchmarks;

import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.DcganConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.AdversarialConfig;
import org.saddlepoint.training.AdversarialPair;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.UpdatePlan;

/**
 * Steps of a DCGAN for 32×32 colour images on one fixed batch of noise. {@code
 * dcgan_step.py} beside this class does the same work in PyTorch; whoever changes one changes the other.
 *
 * <ul>
 *   <li>Generator 100 → 256 → 128 → 64 → 3 with batch normalization, discriminator 3 → 64 → 128 → 256 → 1, with or without
 *       it by {@link Method}.
 *   <li>A step is one update of the discriminator and one of the generator, each on latents of its own, by Adam with Radford
 *       et al.'s (2016) settings, whatever the method.
 * </ul>
 */
public final class DcganWorkload implements Workload {
    /** Side of the images in pixels. */
    public static final int SIDE = 32;

    private static final int CHANNELS = 3;

    private final int batchSize;
    private final Latent latent = new Latent(100, Latent.Distribution.NORMAL);
    private final AdversarialObjective objective;
    private final Precision precision;
    private final TrainingState state;
    private final AdversarialPair networks;
    private final AdversarialStep step;
    private final Optimizer generatorOptimizer;
    private final Batch batch;

    /**
     * Networks and a batch of images from a seed.
     *
     * @param method one that does not {@link Method#translates translate}
     * @param batchSize real images a step
     * @param width channels of the networks next to the image
     * @param precision of the networks' forward passes
     */
    public DcganWorkload(Method method, int batchSize, int width, Precision precision, long seed) {
        this.batchSize = batchSize;
        this.objective = method.objective();
        this.precision = precision;
        AdamConfig adam = AdamConfig.of(2e-4, 0.5, 0.999);
        ImageShape image = new ImageShape(CHANNELS, SIDE, SIDE);
        batch = Noise.batch(image, batchSize, Noise.values(image, batchSize, seed));
        state = new TrainingState(seed);
        networks = new AdversarialPair(
                new DcganConfig(width, method.normalizesDiscriminator()),
                latent,
                Shape.of(CHANNELS, SIDE, SIDE),
                method.constraints().values(),
                AverageConfig.NONE,
                Device.CPU,
                state.random());
        generatorOptimizer = adam.create(networks.generator().parameters());
        step = new AdversarialStep(
                networks,
                latent,
                objective,
                AdversarialConfig.of(UpdatePlan.of(batchSize, 1), adam, adam, method.constraints())
                        .with(precision));
    }

    @Override
    public StepReport step() {
        return step.run(batch, state);
    }

    /** Updates the generator alone this many times, as a step does, and answers how many seconds it took. */
    double generatorSeconds(int updates) {
        long start = System.nanoTime();
        for (int i = 0; i < updates; i++) {
            updateGenerator();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void updateGenerator() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor z = latent.sample(batchSize, state.random());
            Tensor fake = precision.forward(
                    networks.device(), () -> networks.generator().forward(z, Conditioning.NONE));
            Tensor logits = precision.forward(
                    networks.device(), () -> networks.discriminator().forwardForGenerator(fake, Conditioning.NONE));
            Tensor loss = objective.generatorLoss(logits);
            generatorOptimizer.minimize(loss);
            loss.item();
        }
    }

    @Override
    public void close() {
        generatorOptimizer.close();
        step.close();
        state.close();
    }
}
