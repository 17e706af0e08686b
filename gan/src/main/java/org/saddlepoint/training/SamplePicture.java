package org.saddlepoint.training;

import java.nio.file.Path;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.models.Latent;
import org.saddlepoint.run.Plots;
import org.saddlepoint.run.SampleSheet;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** What the generator makes of the same latents: a sheet of pictures, or a scatter of points with real ones beneath. */
public final class SamplePicture {
    /** Pictures on a sheet. */
    private static final int PICTURES = 64;

    /** Points in a scatter, as many as mode coverage is measured on (Srivastava et al. 2017). */
    private static final int POINTS = 2500;

    private final AdversarialPair networks;
    private final Latent latent;
    private final Dataset data;
    private final long seed;

    /** Draws latents from the seed, not from the training's randomness. */
    public SamplePicture(AdversarialPair networks, Latent latent, Dataset data, long seed) {
        this.networks = networks;
        this.latent = latent;
        this.data = data;
        this.seed = seed;
    }

    /** Draws into a PNG; of points that do not lie in a plane there is no picture, and nothing is written. */
    public void draw(String title, Path file) {
        int[] example = data.shape().dimensions();
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            if (example.length == 3) {
                Tensor pictures = networks.sample(latent.sample(PICTURES, random));
                SampleSheet.of(PICTURES, example[0], example[1], example[2]).write(pictures.toFloatArray(), file);
            } else if (example.length == 1 && example[0] == 2) {
                Tensor points = networks.sample(latent.sample(POINTS, random));
                Plots.scatter(realPoints(), points.toFloatArray(), title, file);
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
