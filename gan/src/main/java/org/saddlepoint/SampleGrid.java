package org.saddlepoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.saddlepoint.data.SplitMix;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * How samples are laid out, and what each is asked for: rows of columns.
 *
 * @param rows how many
 * @param columns how many
 * @param latents what latents they have
 * @param first the class of each row's first column; empty where no classes are asked for
 * @param last the class of its last column; between the two lie mixtures
 * @param names of the rows; empty where they mean nothing
 */
public record SampleGrid(
        int rows, int columns, Latents latents, List<Integer> first, List<Integer> last, List<String> names) {
    /** What latents samples have. */
    public enum Latents {
        /** Each row has one, in all its columns. */
        ROWS,
        /** Each column has one, in all its rows, so that the same latent reads across. */
        COLUMNS,
        /** Each row goes from one to another, on a straight line. */
        PATHS,
        /** As {@link #PATHS}, the same in all rows. */
        PATH
    }

    /** Stream of random numbers for clusters. */
    private static final long CLUSTERS = 1;

    private static final int PLAIN = 64;
    private static final int CLASS_COLUMNS = 10;
    private static final int CLASS_PATHS = 8;

    public SampleGrid {
        first = List.copyOf(first);
        last = List.copyOf(last);
        names = List.copyOf(names);
    }

    /**
     * The layout of these samples.
     *
     * @param classNames of all classes that the generator can be asked for; empty if for none
     * @param clusterSizes by which classes are drawn if none are chosen; if empty, they take turns
     * @throws RequestException if a class is unknown, or a count is given where each class has one row
     */
    static SampleGrid of(SampleOptions options, List<String> classNames, List<Integer> clusterSizes) {
        List<Integer> classes = options.classes().positions(classNames);
        if (!classes.isEmpty()) {
            return ofClasses(classes, options, classNames);
        }
        SampleGrid plain = plain(options);
        if (classNames.isEmpty()) {
            return plain;
        }
        List<Integer> turns = clusterSizes.isEmpty()
                ? IntStream.range(0, plain.rows())
                        .map(row -> row % classNames.size())
                        .boxed()
                        .toList()
                : drawn(plain.rows(), clusterSizes, options.seed());
        return plain.with(turns, turns, List.of());
    }

    /** Clusters in a random order, as often as they are in the data. */
    private static List<Integer> drawn(int count, List<Integer> sizes, long seed) {
        SplitMix random = SplitMix.of(seed, CLUSTERS);
        int total = sizes.stream().mapToInt(Integer::intValue).reduce(0, Math::addExact);
        List<Integer> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int example = random.nextInt(total);
            int cluster = 0;
            while (example >= sizes.get(cluster)) {
                example -= sizes.get(cluster);
                cluster++;
            }
            drawn.add(cluster);
        }
        return drawn;
    }

    /** The same samples as if their classes were not known. */
    public SampleGrid withoutClasses() {
        return with(List.of(), List.of(), List.of());
    }

    private static SampleGrid plain(SampleOptions options) {
        int rows = options.count().orElse(PLAIN);
        return options.interpolation().isEmpty()
                ? new SampleGrid(rows, 1, Latents.ROWS, List.of(), List.of(), List.of())
                : new SampleGrid(
                        rows, options.interpolation().getAsInt(), Latents.PATHS, List.of(), List.of(), List.of());
    }

    private static SampleGrid ofClasses(List<Integer> classes, SampleOptions options, List<String> classNames) {
        if (classes.size() == 1) {
            SampleGrid plain = plain(options);
            List<Integer> all = Collections.nCopies(plain.rows(), classes.get(0));
            return plain.with(all, all, List.of());
        }
        List<String> names = classes.stream().map(classNames::get).toList();
        if (options.interpolation().isEmpty()) {
            int columns = options.count().orElse(CLASS_COLUMNS);
            return new SampleGrid(classes.size(), columns, Latents.COLUMNS, classes, classes, names);
        }
        int columns = options.interpolation().getAsInt();
        if (classes.size() == 2) {
            int rows = options.count().orElse(CLASS_PATHS);
            return new SampleGrid(
                    rows,
                    columns,
                    Latents.ROWS,
                    Collections.nCopies(rows, classes.get(0)),
                    Collections.nCopies(rows, classes.get(1)),
                    List.of());
        }
        if (options.count().isPresent()) {
            throw new RequestException(
                    "count: with interpolation each class has one row; leave it out, or give one class,"
                            + " or two to go from one to the other");
        }
        return new SampleGrid(classes.size(), columns, Latents.PATH, classes, classes, names);
    }

    private SampleGrid with(List<Integer> newFirst, List<Integer> newLast, List<String> newNames) {
        return new SampleGrid(rows, columns, latents, newFirst, newLast, newNames);
    }

    /** How many samples; a {@code double}, since memory may not hold as many as an {@code int} counts. */
    public double total() {
        return (double) rows * columns;
    }

    /** Whether rows mean something, so that a sheet must keep them. */
    public boolean hasRows() {
        return columns > 1 || !names.isEmpty();
    }

    /** The class of a sample; −1 where none was asked for, or a mixture. */
    public int label(int sample) {
        int row = sample / columns;
        return first.isEmpty() || !first.equals(last) ? -1 : first.get(row);
    }

    /** Whether samples of more than one class are asked for, and no mixtures. */
    public boolean hasClasses() {
        return first.equals(last) && first.stream().distinct().count() > 1;
    }

    /** [rows · columns, latent size], in the current scope. */
    Tensor latents(Latent latent, RandomGenerator random) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor grid =
                    switch (latents) {
                        case ROWS -> latent.sample(rows, random).unsqueeze(1);
                        case COLUMNS -> latent.sample(columns, random).unsqueeze(0);
                        case PATHS -> path(latent.sample(rows, random), latent.sample(rows, random));
                        case PATH -> path(latent.sample(1, random), latent.sample(1, random));
                    };
            return scratch.promote(grid.expand(rows, columns, latent.size()).reshape(-1, latent.size()));
        }
    }

    private Tensor path(Tensor from, Tensor to) {
        Tensor start = from.unsqueeze(1);
        return start.add(to.unsqueeze(1).sub(start).mul(Tensors.of(weights(), 1, columns, 1)));
    }

    private float[] weights() {
        float[] weights = new float[columns];
        for (int i = 0; i < columns; i++) {
            weights[i] = i / (float) Math.max(1, columns - 1);
        }
        return weights;
    }

    /** Whether samples lie between two classes. */
    boolean hasMixtures() {
        return !first.equals(last);
    }

    /** What all samples are asked to be, in the current scope; {@link Conditioning#none} without classes. */
    Conditioning conditions(ConditionShape condition) {
        return conditions(condition, 0, rows * columns);
    }

    /** The same of some samples. */
    Conditioning conditions(ConditionShape condition, int from, int count) {
        return first.isEmpty()
                ? Conditioning.none()
                : condition
                        .classes()
                        .map(classes -> conditions(classes.count(), from, count))
                        .orElseGet(Conditioning::none);
    }

    private Conditioning conditions(int classes, int from, int count) {
        if (!hasMixtures()) {
            return Conditioning.labels(
                    IntStream.range(from, from + count).mapToLong(this::label).toArray());
        }
        float[] mixtures = new float[Math.multiplyExact(count, classes)];
        float[] weights = weights();
        for (int i = 0; i < count; i++) {
            int row = (from + i) / columns;
            int column = (from + i) % columns;
            mixtures[i * classes + first.get(row)] += 1 - weights[column];
            mixtures[i * classes + last.get(row)] += weights[column];
        }
        return new Conditioning.Mixtures(Tensors.of(mixtures, count, classes));
    }
}
