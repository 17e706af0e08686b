package org.saddlepoint.training;

import java.nio.file.Path;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.models.Latent;
import org.saddlepoint.run.Plots;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.SampleSheet;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Draws what the generator makes of the same latents every so many steps and at the end: a sheet of pictures, or for
 * points in the plane a scatter with real ones beneath.
 */
public final class SampleListener implements TrainingListener {
    /** Pictures on a sheet. */
    private static final int PICTURES = 64;

    /** Points in a scatter, as many as mode coverage is measured on (Srivastava et al. 2017). */
    private static final int POINTS = 2500;

    private final AdversarialPair networks;
    private final Latent latent;
    private final Dataset data;
    private final RunFolder folder;
    private final long seed;
    private final int every;
    private long drawn = -1;

    /** Draws into the folder; the latents come from the seed, not from the training's randomness. */
    public SampleListener(
            AdversarialPair networks, Latent latent, Dataset data, RunFolder folder, long seed, int every) {
        this.networks = networks;
        this.latent = latent;
        this.data = data;
        this.folder = folder;
        this.seed = seed;
        this.every = every;
    }

    @Override
    public void onStart(TrainingState state) {
        drawn = state.step();
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        if (state.step() % every == 0) {
            draw(state);
        }
    }

    @Override
    public void onEnd(TrainingState state) {
        if (drawn != state.step()) {
            draw(state);
        }
    }

    private void draw(TrainingState state) {
        drawn = state.step();
        Path file = folder.sampleFile(state.step());
        int[] example = data.shape().dimensions();
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            if (example.length == 3) {
                Tensor pictures = networks.sample(latent.sample(PICTURES, random));
                SampleSheet.of(PICTURES, example[0], example[1], example[2]).write(pictures.toFloatArray(), file);
            } else if (example.length == 1 && example[0] == 2) {
                Tensor points = networks.sample(latent.sample(POINTS, random));
                Plots.scatter(realPoints(), points.toFloatArray(), data.name() + ", step " + state.step(), file);
            }
        }
    }

    private float[] realPoints() {
        int count = Math.min(POINTS, data.size());
        float[] points = new float[2 * count];
        for (int i = 0; i < count; i++) {
            try {
                data.read(i, points, 2 * i);
            } catch (DamagedExampleException e) {
                throw new IllegalStateException("points in memory cannot be damaged", e);
            }
        }
        return points;
    }
}
