package org.saddlepoint.diagnostics;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.AdversarialPlayers;

/** The real examples of a {@link GanProbe} with all that is computed of them once. */
final class RealSide implements AutoCloseable {
    private final Dataset data;
    private final ConditionShape condition;
    private final ReferenceSet set;
    private final Retained samples;
    private final Cloud cloud;
    private final SlicedDistance distance;
    private final Optional<PictureTraits> traits;
    private final Optional<LabelBank> labels;
    private @Nullable Retained latents;
    private @Nullable Retained bank;
    private double apart = Double.NaN;

    RealSide(Dataset data, AdversarialPlayers players, ReferenceSet set, long seed) {
        this.data = data;
        this.condition = players.condition();
        this.set = set;
        try (TensorScope scope = TensorScope.open()) {
            samples = Retained.copyOf(set.samples(data.shape()).to(players.device()));
            cloud = Cloud.of(rows());
            distance = new SlicedDistance(rows(), seed);
        }
        traits = GanProbe.picture(data).map(shape -> new PictureTraits(set.values(), shape));
        labels = hasLabels() ? LabelBank.of(data, players.device(), seed) : Optional.empty();
    }

    /** Measures copies against examples that were never learned from (Meehan et al. 2020). */
    RealSide withHeldOut(Tensor heldOut) {
        if (bank != null) { // examples alike may be in the data; how near unseen ones come to it is what counts
            apart = Cloud.median(nearest(heldOut.flatten(1), false));
        }
        return this;
    }

    /** Keeps the latents of the generated side, and all examples of small data. */
    RealSide withLatents(Retained drawn, int most, long mostElements) {
        latents = drawn;
        if (GanProbe.picture(data).isPresent()) {
            float[][] all = ReferenceSet.all(data, most, mostElements);
            if (all.length > 1) {
                float[] flat = new float[all.length * set.elements()];
                for (int i = 0; i < all.length; i++) {
                    System.arraycopy(all[i], 0, flat, i * set.elements(), set.elements());
                }
                try (TensorScope scope = TensorScope.open()) {
                    bank = Retained.copyOf(Tensors.of(flat, all.length, set.elements())
                            .to(samples.tensor().device()));
                    apart = Cloud.median(nearest(rows(), true));
                }
            }
        }
        return this;
    }

    /** What can be said of the data itself. */
    void describe(Map<Signal, Double> values) {
        values.put(Signal.DATA_DUPLICATES, set.duplicates());
        if (traits.isPresent()) {
            long outside = 0;
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (float value : set.values()) {
                outside += Math.abs(value) <= 1.0001f ? 0 : 1;
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            values.put(Signal.DATA_OUTSIDE, outside / (double) set.values().length);
            values.put(Signal.DATA_LEAST, (double) least);
            values.put(Signal.DATA_MOST, (double) most);
            values.put(Signal.DATA_SPREAD, traits.get().spread());
        }
        labels.ifPresent(bank -> bank.describe(values));
        if (!data.classNames().isEmpty()) {
            values.put(Signal.DATA_CLASSES, (double)
                    Arrays.stream(set.labels()).distinct().count());
            values.put(Signal.DATA_TOP_CLASS, set.commonest());
        }
    }

    Tensor samples() {
        return samples.tensor();
    }

    Tensor rows() {
        return samples.tensor().flatten(1);
    }

    Cloud cloud() {
        return cloud;
    }

    SlicedDistance distance() {
        return distance;
    }

    Tensor latents() {
        Retained drawn = latents;
        if (drawn == null) {
            throw new IllegalStateException("no latents were drawn");
        }
        return drawn.tensor();
    }

    boolean hasLabels() {
        return condition.classes().isPresent();
    }

    /** What the real examples are. */
    Conditioning conditions() {
        return set.conditions(condition, data.vectorNames().size());
    }

    /** Labels of other examples. */
    Conditioning rotatedLabels() {
        long[] labels = new long[set.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = set.labels()[(i + 1) % labels.length];
        }
        return Conditioning.labels(labels);
    }

    void addTraits(Map<Signal, Double> values, float[] generated) {
        Optional<ImageShape> shape = GanProbe.picture(data);
        if (shape.isPresent() && traits.isPresent()) {
            PictureTraits fake = new PictureTraits(generated, shape.get());
            values.put(Signal.GRID, fake.grid());
            values.put(Signal.REAL_GRID, traits.get().grid());
            values.put(Signal.BRIGHTNESS, fake.brightness(traits.get()));
            values.put(Signal.CONTRAST, fake.contrast(traits.get()));
        }
    }

    void addLabelEffects(Map<Signal, Double> values, Tensor fake, Tensor relabelled) {
        labels.ifPresent(bank -> bank.measure(values, fake, set.labels()));
        Cloud cloudOfFake = Cloud.of(fake);
        double[] changes = fake.sub(relabelled).square().sum(false, 1).sqrt().toDoubleArray();
        double sum = 0;
        int changed = 0;
        for (int i = 0; i < changes.length; i++) {
            if (set.labels()[i] != set.labels()[(i + 1) % changes.length]) {
                sum += changes[i];
                changed++;
            }
        }
        if (changed > 0) {
            values.put(Signal.LABEL_EFFECT, sum / changed / Math.max(1e-12, cloudOfFake.spread()));
            values.put(Signal.CLASS_EFFECT, cloud.spreadBetween(set.labels()) / cloud.spreadWithin(set.labels()));
            values.put(Signal.LATENT_EFFECT, cloudOfFake.spreadWithin(set.labels()) / cloud.spreadWithin(set.labels()));
        }
    }

    void addCopying(Map<Signal, Double> values, Tensor generated, boolean now) {
        if (bank != null && now) {
            values.put(Signal.COPYING, Cloud.median(nearest(generated, false)) / Math.max(1e-12, apart));
        }
    }

    /** Distance of each row to the nearest example, or, of examples, to the nearest one that is not equal. */
    private double[] nearest(Tensor rows, boolean others) {
        Retained all = bank;
        if (all == null) {
            throw new IllegalStateException("there is no bank of examples");
        }
        return Arrays.stream(Cloud.distances(rows, all.tensor()))
                .mapToDouble(row -> Arrays.stream(row)
                        .filter(value -> !others || value > 1e-6)
                        .min()
                        .orElse(0))
                .toArray();
    }

    /** Mean over samples of how far each moved, over the mean distance of real samples. */
    double movement(float[] before, float[] now) {
        int d = set.elements();
        double sum = 0;
        for (int i = 0; i < set.size(); i++) {
            double square = 0;
            for (int c = i * d; c < (i + 1) * d; c++) {
                double difference = (double) now[c] - before[c];
                square += difference * difference;
            }
            sum += Math.sqrt(square);
        }
        return sum / set.size() / Math.max(1e-12, cloud.spread());
    }

    @Override
    public void close() {
        samples.close();
        distance.close();
        labels.ifPresent(LabelBank::close);
        if (bank != null) {
            bank.close();
        }
    }
}
