package org.saddlepoint.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.plot.LabelledSheet;
import org.saddlepoint.plot.Plots;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** What the generator makes of the same latents: a sheet of pictures, or a scatter of points with real ones beneath. */
public final class SamplePicture implements SampleListener.Picture {
    /** Pictures on a sheet. */
    private static final int PICTURES = 64;

    /** Pictures of each class on a sheet of a conditional generator, where each class has a row. */
    private static final int COLUMNS = 8;

    /** Points in a scatter, as many as mode coverage is measured on (Srivastava et al. 2017). */
    private static final int POINTS = 2500;

    private final AdversarialPlayers networks;
    private final Latent latent;
    private final Dataset data;
    private final long seed;
    private final boolean rowsOfClasses;

    /** Draws latents from the seed, not from the training's randomness; classes have a row each. */
    public SamplePicture(AdversarialPlayers networks, Latent latent, Dataset data, long seed) {
        this(networks, latent, data, seed, true);
    }

    private SamplePicture(AdversarialPlayers networks, Latent latent, Dataset data, long seed, boolean rowsOfClasses) {
        this.networks = networks;
        this.latent = latent;
        this.data = data;
        this.seed = seed;
        this.rowsOfClasses = rowsOfClasses;
    }

    /** The same with classes drawn as they are in the data, for classes whose names say nothing. */
    public SamplePicture ofMixedClasses() {
        return new SamplePicture(networks, latent, data, seed, false);
    }

    /** Of points that do not lie in a plane there is no picture, and nothing is written. */
    @Override
    public void draw(String title, Path file) {
        int[] example = data.shape().dimensions();
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            Optional<ConditionShape.Classes> rows =
                    rowsOfClasses ? networks.condition().classes() : Optional.empty();
            if (example.length == 3 && rows.isPresent()) {
                ConditionShape.Classes classes = rows.get();
                SampleSheet sheet =
                        SampleSheet.of(classes.names() * COLUMNS, example[0], example[1], example[2], COLUMNS);
                new LabelledSheet(sheet, data.classNames()).write(aRowAClass(classes, random), file);
            } else if (example.length == 3) {
                Tensor pictures = sample(PICTURES, random);
                SampleSheet.of(PICTURES, example[0], example[1], example[2]).write(pictures.toFloatArray(), file);
            } else if (example.length == 1 && example[0] == 2) {
                Tensor points = sample(POINTS, random);
                Plots.scatter(realPoints(), points.toFloatArray(), title, file);
            }
        }
    }

    /** The same latents in each row, so that a column is one latent as each class. */
    private float[] aRowAClass(ConditionShape.Classes classes, RandomGenerator random) {
        Tensor latents = latent.sample(COLUMNS, random);
        float[] rows = new float[classes.names() * COLUMNS * data.shape().elements()];
        for (int row = 0; row < classes.names(); row++) {
            try (TensorScope scratch = TensorScope.open()) {
                long[] asked = new long[COLUMNS];
                Arrays.fill(asked, row);
                float[] pictures =
                        networks.sample(latents, Conditioning.labels(asked)).toFloatArray();
                System.arraycopy(pictures, 0, rows, row * pictures.length, pictures.length);
            }
        }
        return rows;
    }

    /** Samples that are asked for what the data is. */
    private Tensor sample(int count, RandomGenerator random) {
        Tensor latents = latent.sample(count, random);
        return networks.sample(latents, new DataConditions(networks.condition(), data).draw(count, random));
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
