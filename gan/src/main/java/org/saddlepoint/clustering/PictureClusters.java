package org.saddlepoint.clustering;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.SplitMix;

/**
 * Clusters of pictures that look alike: edges are described ({@link EdgeDescriptor}), the nearest neighbours of each picture
 * joined ({@link NeighbourGraph}), and communities found in that graph ({@link Communities}). Of many pictures, a random part
 * makes the graph; the others follow the majority of their nearest neighbours. The same pictures, settings and seed give the same
 * clusters, on any number of threads.
 */
public final class PictureClusters {
    /** Pictures from which the axes of descriptors are found. */
    private static final int FOR_AXES = 2_000;

    private final Dataset data;
    private final ClusterConfig config;
    private final long seed;
    private final Progress progress;
    private final EdgeDescriptor descriptor;

    private PictureClusters(Dataset data, ImageShape shape, ClusterConfig config, long seed, Progress progress) {
        this.data = data;
        this.config = config;
        this.seed = seed;
        this.progress = progress;
        this.descriptor = new EdgeDescriptor(shape);
    }

    /** Is told how far a task is; from any thread, and often. */
    @FunctionalInterface
    public interface Progress {
        /** Tells nobody. */
        Progress NONE = (task, done, all) -> {};

        /** @param task in a few words, such as {@code comparing pictures} */
        void done(String task, long done, long all);
    }

    /**
     * Finds the clusters of data. Labels are not looked at. Damaged pictures count as members of the largest cluster.
     *
     * @throws DataException if the data is no pictures, or too few can be read
     */
    public static Clusters of(Dataset data, ClusterConfig config, long seed, Progress progress) {
        if (data.shape().images().size() != 1) {
            throw new DataException(
                    "clusters are made of pictures, but " + data.name() + " has examples of " + data.shape());
        }
        return new PictureClusters(data, data.shape().images().get(0), config, seed, progress).find();
    }

    private Clusters find() {
        int[] order = shuffled();
        PrincipalAxes axes = PrincipalAxes.of(forAxes(order), config.axes(), seed);
        Rows all = Rows.zeros(data.size(), axes.size());
        boolean[] read = project(axes, all);
        int[] readable = IntStream.of(order).filter(i -> read[i]).toArray();
        if (readable.length <= config.neighbours()) {
            throw new DataException(
                    "clusters need more than " + config.neighbours() + " pictures that can be read, but " + data.name()
                            + " has " + readable.length + "; give more pictures");
        }
        int[] members =
                IntStream.of(readable).limit(config.graphSize()).sorted().toArray();
        Rows vectors = chosen(all, members);
        NearestNeighbours search = new NearestNeighbours(vectors);
        int[] found = communities(search, vectors, readable.length);
        int[] labels = new int[data.size()];
        Arrays.fill(labels, -1);
        for (int i = 0; i < members.length; i++) {
            labels[members[i]] = found[i];
        }
        assign(
                search,
                found,
                all,
                IntStream.of(readable).skip(members.length).sorted().toArray(),
                labels);
        int largest = largest(labels);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = labels[i] < 0 ? largest : labels[i];
        }
        return Clusters.numbered(labels);
    }

    /** All pictures in a random order, by which pictures are chosen. */
    private int[] shuffled() {
        SplitMix random = new SplitMix(seed);
        int[] order = new int[data.size()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private Rows forAxes(int[] order) {
        int count = Math.min(FOR_AXES, order.length);
        Ticks ticks = new Ticks(progress, "describing the first pictures", count);
        float[][] described = IntStream.of(order)
                .limit(count)
                .parallel()
                .mapToObj(index -> {
                    ticks.add(1);
                    return describe(index);
                })
                .filter(each -> each.length > 0)
                .toArray(float[][]::new);
        Rows rows = Rows.zeros(described.length, descriptor.size());
        for (int i = 0; i < described.length; i++) {
            rows.set(i, described[i]);
        }
        if (described.length == 0) {
            throw new DataException("none of the pictures of " + data.name() + " that were tried can be read, so that"
                    + " there is nothing to make clusters of; give pictures that can be opened");
        }
        return rows;
    }

    /** Writes what is left of each descriptor; answers which pictures could be read. */
    private boolean[] project(PrincipalAxes axes, Rows target) {
        Ticks ticks = new Ticks(progress, "describing pictures", data.size());
        boolean[] read = new boolean[data.size()];
        IntStream.range(0, data.size()).parallel().forEach(i -> {
            float[] described = describe(i);
            if (described.length > 0) {
                target.set(i, axes.of(described));
                read[i] = true;
            }
            ticks.add(1);
        });
        return read;
    }

    /** The descriptor of a picture; empty if it is damaged. */
    private float[] describe(int index) {
        float[] picture = new float[data.shape().elements()];
        try {
            data.read(index, picture, 0);
        } catch (DamagedExampleException e) {
            return new float[0]; // the data set has logged and listed it
        }
        for (float value : picture) {
            if (!Float.isFinite(value)) {
                throw new DataException("example " + index + " of " + data.name() + " has the value " + value
                        + "; expected values of images in [-1, 1]; leave that example out");
            }
        }
        return descriptor.of(picture);
    }

    private static Rows chosen(Rows all, int[] rows) {
        Rows chosen = Rows.zeros(rows.length, all.columns());
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all.values(), all.at(rows[i]), chosen.values(), chosen.at(i), all.columns());
        }
        return chosen;
    }

    /** @param pictures how many there are in all */
    private int[] communities(NearestNeighbours search, Rows vectors, int pictures) {
        int count = vectors.count();
        NeighbourGraph graph = NeighbourGraph.of(
                search.ofThemselves(config.neighbours(), new Ticks(progress, "comparing pictures", count)));
        int[] communities = Communities.of(graph, config.resolution(), seed);
        int smallest = (int) Math.ceil((double) config.smallest(pictures) * count / pictures);
        return Merging.of(graph, vectors, communities, smallest, config.most());
    }

    private void assign(NearestNeighbours search, int[] found, Rows all, int[] others, int[] labels) {
        if (others.length == 0) {
            return;
        }
        int[][] nearest = search.of(
                chosen(all, others),
                config.neighbours(),
                new Ticks(progress, "assigning the other pictures", others.length));
        for (int i = 0; i < others.length; i++) {
            labels[others[i]] = majority(nearest[i], found);
        }
    }

    /** The label of most of these; of equally many, that of the nearest. */
    static int majority(int[] nearest, int[] labels) {
        int best = labels[nearest[0]];
        int votes = 0;
        for (int candidate : nearest) {
            int count = 0;
            for (int other : nearest) {
                count += labels[other] == labels[candidate] ? 1 : 0;
            }
            if (count > votes) {
                best = labels[candidate];
                votes = count;
            }
        }
        return best;
    }

    private static int largest(int[] labels) {
        int[] counts = new int[Arrays.stream(labels).max().orElse(0) + 1];
        int largest = 0;
        for (int label : labels) {
            if (label >= 0) {
                counts[label]++;
            }
        }
        for (int i = 1; i < counts.length; i++) {
            largest = counts[i] > counts[largest] ? i : largest;
        }
        return largest;
    }
}
