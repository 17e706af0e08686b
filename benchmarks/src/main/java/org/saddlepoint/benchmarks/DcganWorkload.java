package org.saddlepoint.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.models.DcganConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.training.AdversarialConfig;
import org.saddlepoint.training.AdversarialPair;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.UpdatePlan;

/**
 * The work that the benchmarks measure: steps of a DCGAN for 32×32 colour images on one fixed batch of noise. {@code
 * dcgan_step.py} beside this class does the same work in PyTorch; whoever changes one changes the other.
 *
 * <ul>
 *   <li>Generator 100 → 256 → 128 → 64 → 3, discriminator 3 → 64 → 128 → 256 → 1, both with batch normalization.
 *   <li>A step is one update of the discriminator and one of the generator (Goodfellow et al. 2014, Algorithm 1,
 *       non-saturating), each on latents of its own, by Adam with Radford et al.'s (2016) settings.
 * </ul>
 */
public final class DcganWorkload implements AutoCloseable {
    /** Side of the images in pixels. */
    public static final int SIDE = 32;

    private static final int CHANNELS = 3;

    private final TrainingState state;
    private final AdversarialStep step;
    private final Batch batch;

    /** Networks and a batch of this many images from a seed; bfloat16 concerns the networks' forward passes. */
    public DcganWorkload(int batchSize, Precision precision, long seed) {
        this(batchSize, 64, precision, seed);
    }

    /** The same for another width: channels next to the image. */
    DcganWorkload(int batchSize, int width, Precision precision, long seed) {
        Latent latent = new Latent(100, Latent.Distribution.NORMAL);
        AdamConfig adam = AdamConfig.of(2e-4, 0.5, 0.999);
        batch = noise(batchSize, seed);
        state = new TrainingState(seed);
        AdversarialPair networks = new AdversarialPair(
                new DcganConfig(width, true),
                latent,
                Shape.of(CHANNELS, SIDE, SIDE),
                List.of(),
                AverageConfig.NONE,
                Device.CPU,
                state.random());
        step = new AdversarialStep(
                networks,
                latent,
                new NonSaturatingObjective(),
                AdversarialConfig.of(UpdatePlan.of(batchSize, 1), adam, adam, Map.of())
                        .with(precision));
    }

    private static Batch noise(int batchSize, long seed) {
        ImageShape shape = new ImageShape(CHANNELS, SIDE, SIDE);
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[batchSize * CHANNELS * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        int[] labels = new int[batchSize];
        java.util.Arrays.fill(labels, -1);
        return new Batch(values, labels, batchSize, shape);
    }

    /** One step. */
    public StepReport step() {
        return step.run(batch, state);
    }

    /** Takes this many steps and answers how many seconds they took. */
    public double seconds(int steps) {
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            step();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        step.close();
        state.close();
    }
}
