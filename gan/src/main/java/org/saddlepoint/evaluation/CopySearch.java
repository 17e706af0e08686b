package org.saddlepoint.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.saddlepoint.metrics.DataCopying;
import org.saddlepoint.metrics.NearestNeighbours;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The training pictures that are nearest to generated ones, and whether the generated ones are copies ({@link DataCopying}).
 * All training pictures are looked at, in one pass. What is expected of pictures that are no copies is measured on training
 * pictures, chosen at random, and their distances to the others.
 */
public final class CopySearch {
    /** Training pictures whose distances to the others are measured, at most. */
    public static final int MEASURED = 1000;

    /** The fewest training pictures with which distances mean something. */
    public static final int FEWEST = 10;

    private final RealPictures training;
    private final float[] pictures;
    private final int count;

    /**
     * A search for the neighbours of these pictures.
     *
     * @param pictures [count, C, H, W] in [−1, 1]
     */
    public CopySearch(RealPictures training, float[] pictures, int count) {
        this.training = training;
        this.pictures = pictures.clone();
        this.count = count;
    }

    /**
     * What was found in one kind of features.
     *
     * @param features by which pictures were compared
     * @param copying of all generated pictures
     * @param neighbours for each generated picture its nearest training pictures, by index in the data, the nearest first
     * @param nearness of each: {@link DataCopying.Distances#nearness}, below ½ for a copy
     */
    public record Found(String features, DataCopying copying, List<List<Integer>> neighbours, List<Double> nearness) {
        public Found {
            neighbours = List.copyOf(neighbours);
            nearness = List.copyOf(nearness);
        }

        /** The generated pictures, the one that is most like a copy first. */
        public List<Integer> mostAlike() {
            return IntStream.range(0, nearness.size())
                    .boxed()
                    .sorted(Comparator.comparing(nearness::get))
                    .toList();
        }
    }

    /**
     * Searches.
     *
     * @param k neighbours that are kept of each picture, at most {@link DataCopying#NEIGHBOURS}
     * @param seed chooses the training pictures that are measured
     * @throws EvaluationException if there are too few training pictures, or a generated one is NaN
     */
    public Found search(PictureFeatures features, int k, long seed, ProgressListener progress) {
        int[] measured = training.choice(Math.min(MEASURED, training.size()), seed);
        int[] all = IntStream.range(0, training.size()).toArray();
        int[] numbers = new int[all.length]; // of those that could be read, in the order in which they were
        int[] read = {0};
        try (TensorScope scope = TensorScope.open()) {
            Tensor asked = training.features(pictures, count, features);
            Tensor own = features(measured, features, asked.size(1));
            int known = Math.toIntExact(own.size(0));
            NearestNeighbours ofGenerated = new NearestNeighbours(count, DataCopying.NEIGHBOURS);
            // A picture finds itself first, so its neighbours are those from the second on. Its double, if any, is one.
            NearestNeighbours ofReal = new NearestNeighbours(known, DataCopying.NEIGHBOURS + 1);
            training.forEach(all, progress, (batch, indices) -> {
                Tensor points = features.of(batch);
                ofGenerated.add(asked, points);
                ofReal.add(own, points);
                System.arraycopy(indices, 0, numbers, read[0], indices.length);
                read[0] += indices.length;
            });
            DataCopying copying = DataCopying.of(distances(ofGenerated, count, 0), distances(ofReal, known, 1));
            return found(features.name(), ofGenerated, copying, numbers, k);
        }
    }

    private static List<DataCopying.Distances> distances(NearestNeighbours near, int samples, int first) {
        return IntStream.range(0, samples)
                .mapToObj(i -> new DataCopying.Distances(IntStream.range(first, near.count(i))
                        .mapToObj(rank -> near.distance(i, rank))
                        .toList()))
                .toList();
    }

    private Tensor features(int[] chosen, PictureFeatures features, long dimension) {
        Rows rows = new Rows(chosen.length, Math.toIntExact(dimension));
        int[] next = {0};
        training.forEach(chosen, ProgressListener.NONE, (batch, indices) -> {
            float[] values = features.of(batch).toFloatArray();
            for (int i = 0; i < indices.length; i++) {
                rows.set(next[0]++, values, i);
            }
        });
        training.requireEnough(rows.count(), FEWEST);
        return rows.first(chosen.length);
    }

    private Found found(String name, NearestNeighbours near, DataCopying copying, int[] numbers, int k) {
        List<List<Integer>> neighbours = IntStream.range(0, count)
                .mapToObj(i -> IntStream.range(0, Math.min(k, near.count(i)))
                        .mapToObj(rank -> numbers[(int) near.number(i, rank)])
                        .toList())
                .toList();
        List<Double> nearness = distances(near, count, 0).stream()
                .map(DataCopying.Distances::nearness)
                .toList();
        return new Found(name, copying, neighbours, nearness);
    }
}
