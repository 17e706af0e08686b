package org.saddlepoint.studio.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.NoSuchExtractorException;
import org.saddlepoint.evaluation.PictureFeatures;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.RunData;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.studio.server.RefusedException;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The pictures that a run learnt from, and their features: those of the embedded extractor for such data, else pixels. Where
 * there are too many for memory, a part of them, chosen at random but always the same. Not thread-safe.
 */
final class LearntPictures implements AutoCloseable {
    /** Numbers of all features together: 32 MB. */
    private static final int MOST_NUMBERS = 1 << 23;

    /** Pictures whose features are computed; more would take minutes. */
    private static final int MOST_PICTURES = 20_000;

    private static final int BATCH = 64;

    private final Dataset data;
    private final Optional<FeatureExtractor> extractor;
    private final PictureFeatures features;
    private final int[] indices;
    private final float[][] all;

    /**
     * A picture near to another.
     *
     * @param index in the data
     * @param label the name of its class; empty if it has none
     * @param distance of the features
     */
    record Neighbour(int index, String label, double distance) {}

    private LearntPictures(Dataset data, Optional<FeatureExtractor> extractor, ReadingProgress progress) {
        this.data = data;
        this.extractor = extractor;
        this.features = extractor.map(PictureFeatures::of).orElseGet(PictureFeatures::pixels);
        float[] first = new float[data.shape().elements()];
        int numbers = features(first, 1)[0].length;
        this.indices = chosen(data.size(), Math.min(MOST_PICTURES, MOST_NUMBERS / numbers));
        this.all = new float[indices.length][];
        readAll(progress);
    }

    /**
     * Opens what a run learnt from, and computes the features, which takes some seconds.
     *
     * @param progress is told how far that is, and may stop it
     * @throws RefusedException if the data is not found, or is not what the run learnt from, or the reading was stopped
     */
    static LearntPictures open(RunFolder run, ReadingProgress progress) {
        RunManifest.Data described = run.manifest().data();
        Recipe recipe = Recipes.parse(run.recipe(), run.recipeFile().toString(), java.util.Map.of());
        DataOptions how =
                recipe.evaluationRules().dataOptions(OptionalInt.empty()).withChannelsOf(described.exampleShape());
        RunData learnt = new RunData(run, described);
        Dataset data;
        try {
            data = learnt.open(Links.INSIDE, how, "resume --data").data();
        } catch (DataException e) {
            throw RefusedException.conflict("the training pictures cannot be searched: " + e.getMessage());
        }
        Optional<FeatureExtractor> extractor = Optional.empty();
        try {
            if (data.shape().dimensions().length != 3) {
                throw RefusedException.wrong("the run learnt from points; only pictures are searched");
            }
            extractor = extractor(data);
            return new LearntPictures(data, extractor, progress);
        } catch (RuntimeException e) {
            extractor.ifPresent(FeatureExtractor::close);
            data.close();
            throw e;
        }
    }

    private static Optional<FeatureExtractor> extractor(Dataset data) {
        try {
            String word = Extractors.standard(data);
            return Optional.of(Extractors.open(word, Extractors.resizing(word)));
        } catch (NoSuchExtractorException e) {
            return Optional.empty(); // pixels must do
        }
    }

    private static int[] chosen(int size, int most) {
        if (size <= most) {
            return IntStream.range(0, size).toArray();
        }
        return new Random(0).ints(0, size).distinct().limit(most).sorted().toArray();
    }

    private void readAll(ReadingProgress progress) {
        int elements = data.shape().elements();
        for (int from = 0; from < indices.length; from += BATCH) {
            progress.at(from, indices.length);
            int count = Math.min(BATCH, indices.length - from);
            float[] pictures = new float[count * elements];
            for (int i = 0; i < count; i++) {
                read(indices[from + i], pictures, i * elements);
            }
            System.arraycopy(features(pictures, count), 0, all, from, count);
        }
    }

    /** Black where a picture is damaged. */
    private void read(int index, float[] target, int offset) {
        try {
            data.read(index, target, offset);
        } catch (DamagedExampleException e) {
            Arrays.fill(target, offset, offset + data.shape().elements(), -1);
        }
    }

    private float[][] features(float[] pictures, int count) {
        int[] shape = data.shape().dimensions();
        try (TensorScope scope = TensorScope.open()) {
            Tensor found = features.of(Tensors.of(pictures, count, shape[0], shape[1], shape[2]));
            float[] values = found.toFloatArray();
            int numbers = values.length / count;
            float[][] rows = new float[count][];
            for (int i = 0; i < count; i++) {
                rows[i] = Arrays.copyOfRange(values, i * numbers, (i + 1) * numbers);
            }
            return rows;
        }
    }

    /** What pictures are compared by, such as {@code digits} or {@code pixels}. */
    String by() {
        return features.name();
    }

    /** How many of {@link #size} are searched. */
    int searched() {
        return indices.length;
    }

    /** How many pictures there are. */
    int size() {
        return data.size();
    }

    /**
     * The pictures nearest to one, the nearest first.
     *
     * @param picture [C, H, W] in [−1, 1]
     */
    List<Neighbour> nearest(float[] picture, int count) {
        float[] own = features(picture, 1)[0];
        double[] distances = new double[indices.length];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = distance(own, all[i]);
        }
        return IntStream.range(0, distances.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distances[i]))
                .limit(count)
                .map(i -> new Neighbour(indices[i], label(indices[i]), distances[i]))
                .toList();
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = one[i] - (double) other[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    private String label(int index) {
        OptionalInt label = data.label(index);
        return label.isPresent() && label.getAsInt() < data.classNames().size()
                ? data.classNames().get(label.getAsInt())
                : "";
    }

    /** The pictures themselves, one after the other. */
    float[] pictures(List<Neighbour> neighbours) {
        int elements = data.shape().elements();
        float[] values = new float[neighbours.size() * elements];
        List<Neighbour> in = new ArrayList<>(neighbours);
        for (int i = 0; i < in.size(); i++) {
            read(in.get(i).index(), values, i * elements);
        }
        return values;
    }

    @Override
    public void close() {
        extractor.ifPresent(FeatureExtractor::close);
        data.close();
    }
}
