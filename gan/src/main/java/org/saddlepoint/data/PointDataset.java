package org.saddlepoint.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Points held in memory, with the mixture they were drawn from where there is one. The {@link #fingerprint()} covers the
 * coordinates.
 */
public final class PointDataset implements Dataset {
    private final String name;
    private final PointShape shape;
    private final float[] values;
    private final int @Nullable [] labels;
    private final @Nullable GaussianMixture mixture;

    /** @param labels the mode of each point, or null */
    PointDataset(
            String name, PointShape shape, float[] values, int @Nullable [] labels, @Nullable GaussianMixture mixture) {
        this.name = name;
        this.shape = shape;
        this.values = values;
        this.labels = labels;
        this.mixture = mixture;
    }

    /**
     * Unlabelled points.
     *
     * @param values the coordinates, point after point; copied
     * @throws DataException when there is no point, the last one is incomplete, or a coordinate is not finite
     */
    public static PointDataset of(String name, PointShape shape, float[] values) {
        if (values.length == 0 || values.length % shape.size() != 0) {
            throw new DataException(name + " has " + values.length + " numbers; expected one or more points of "
                    + shape.size() + " coordinates each");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new DataException(name + " has the coordinate " + values[i] + " in point " + i / shape.size()
                        + "; expected finite numbers; remove that point");
            }
        }
        return new PointDataset(name, shape, values.clone(), null, null);
    }

    @Override
    public Optional<GaussianMixture> mixture() {
        return Optional.ofNullable(mixture);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return values.length / shape.size();
    }

    @Override
    public PointShape shape() {
        return shape;
    }

    @Override
    public void read(int index, float[] target, int offset) {
        Objects.checkIndex(index, size());
        System.arraycopy(values, index * shape.size(), target, offset, shape.size());
    }

    /** The mode that the point was drawn from, for mixtures. */
    @Override
    public OptionalInt label(int index) {
        Objects.checkIndex(index, size());
        return labels == null ? OptionalInt.empty() : OptionalInt.of(labels[index]);
    }

    /** {@code mode 0, mode 1, …} for mixtures. */
    @Override
    public List<String> classNames() {
        return mixture == null ? List.of() : mixture.modeNames();
    }

    @Override
    public String fingerprint() {
        return new Digest().add("points").add(shape.size()).add(values).hex();
    }

    /** Always empty. */
    @Override
    public List<Skipped> skipped() {
        return List.of();
    }

    @Override
    public void close() {}
}
