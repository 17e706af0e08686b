package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.saddlepoint.metrics.PatchDescriptors;
import org.saddlepoint.metrics.WassersteinDistance;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The sliced Wasserstein distance of patches (Karras et al. 2018, section 5), which needs no extractor: of each level of the
 * Laplacian pyramid the distance W₁ of random 7×7 patches on random lines, ×10³, and their mean. Fine levels tell of edges and
 * noise, coarse ones of shapes. Since each side's channels are brought to mean 0 and deviation 1, as published, it hardly
 * notices a change of brightness, contrast or of a channel's gain.
 *
 * <p>Published numbers are of 16,384 images with 128 patches each; here of as many as there are, and of at most
 * {@value #MOST_PATCHES} patches a level, so compare within one protocol. Error: over groups, of a quarter of the lines.
 */
final class PatchMetric implements Metric {
    private static final String WORD = "patch-swd";

    /** Patches of each level and side; also the most images. */
    private static final int MOST_PATCHES = 1 << 14;

    /** Patches of an image, as published, where there are few images. */
    private static final int MOST_AN_IMAGE = 128;

    private static final int REPEATS = 4;
    private static final int LINES = 128;
    private static final double UNIT = 1e3;

    /** Enough for images of 4,096 pixels a side. */
    private static final int MOST_LEVELS = 9;

    /**
     * Room for the patches of one side.
     *
     * @param samples of either side
     * @param seed of their places
     */
    static PatchDescriptors room(int samples, long seed) {
        int images = Math.min(samples, MOST_PATCHES);
        return new PatchDescriptors(images, Math.min(MOST_AN_IMAGE, MOST_PATCHES / images), seed);
    }

    @Override
    public String word() {
        return WORD;
    }

    /** The mean, then the levels, the finest first. */
    @Override
    public List<Quantity> quantities() {
        List<Quantity> all = new ArrayList<>();
        all.add(Quantity.smaller(WORD));
        IntStream.range(0, MOST_LEVELS).forEach(level -> all.add(Quantity.smaller(name(level))));
        return all;
    }

    private static String name(int level) {
        return WORD + "-" + (level + 1);
    }

    @Override
    public int minimum() {
        return 2 * StandardErrors.GROUPS;
    }

    @Override
    public String error() {
        return "deviation over groups";
    }

    @Override
    public String settings() {
        return "7x7 patches, 512 lines, x1000";
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.PATCHES);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        PatchDescriptors generated = seen.generatedPatches();
        PatchDescriptors real = seen.realPatches();
        if (generated.levels() != real.levels() || generated.channels() != real.channels()) {
            throw new EvaluationException(WORD + " compares pictures of one size and number of channels, but "
                    + seen.sides().generated().name() + " and "
                    + seen.sides().real().name()
                    + " differ; read both at one size with --size");
        }
        int images = Math.min(generated.count(), real.count());
        int levels = Math.min(MOST_LEVELS, real.levels());
        double[] values = new double[levels + 1];
        double[] errors = new double[levels + 1];
        double[] meansOfGroups = new double[StandardErrors.GROUPS];
        for (int level = 0; level < levels; level++) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor fakes = generated.rows(level, images);
                Tensor reals = real.rows(level, images);
                values[level + 1] = distance(fakes, reals, REPEATS, seen.random());
                double[] groups = ofGroups(fakes, reals, images, seen.random());
                errors[level + 1] = StandardErrors.ofMean(groups);
                values[0] += values[level + 1] / levels;
                for (int group = 0; group < groups.length; group++) {
                    meansOfGroups[group] += groups[group] / levels;
                }
            }
        }
        errors[0] = StandardErrors.ofMean(meansOfGroups);
        Protocol.Counts counts = Protocol.Counts.of(images, images).in(REPEATS, LINES);
        Map<String, Estimate> found = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            found.put(i == 0 ? WORD : name(i - 1), seen.estimate(this, values[i], errors[i], counts));
        }
        return found;
    }

    private static double[] ofGroups(Tensor fakes, Tensor reals, int images, RandomGenerator random) {
        int perImage = Math.toIntExact(fakes.size(0)) / images;
        int size = images / StandardErrors.GROUPS * perImage;
        double[] groups = new double[StandardErrors.GROUPS];
        for (int group = 0; group < groups.length; group++) {
            long start = (long) group * size;
            groups[group] = distance(fakes.narrow(0, start, size), reals.narrow(0, start, size), 1, random);
        }
        return groups;
    }

    private static double distance(Tensor fakes, Tensor reals, int repeats, RandomGenerator random) {
        return UNIT * WassersteinDistance.sliced(fakes, reals, repeats * LINES, 1, random);
    }
}
