package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.metrics.DensityCoverage;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.FrechetDistance;
import org.saddlepoint.metrics.InceptionScore;
import org.saddlepoint.metrics.KernelInceptionDistance;
import org.saddlepoint.metrics.MaximumMeanDiscrepancy;
import org.saddlepoint.metrics.ModeCoverage;
import org.saddlepoint.metrics.PrecisionRecall;
import org.saddlepoint.metrics.Score;
import org.saddlepoint.metrics.WassersteinDistance;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** The metrics of what was gathered, each with its standard error and its protocol. */
final class Measures {
    private static final int PROJECTIONS = 256;
    static final int BOOTSTRAPS = 200;

    private final EvaluationConfig config;
    private final @Nullable FeatureExtractor extractor;
    private final SampleSource source;
    private final Dataset data;
    private final Gathered fakes;
    private final Gathered reals;
    private final RandomGenerator random;
    private final String dataHash;
    private final Map<String, Estimate> found = new LinkedHashMap<>();

    Measures(
            EvaluationConfig config,
            @Nullable FeatureExtractor extractor,
            SampleSource source,
            Dataset data,
            Gathered fakes,
            Gathered reals,
            RandomGenerator random) {
        this.config = config;
        this.extractor = extractor;
        this.source = source;
        this.data = data;
        this.fakes = fakes;
        this.reals = reals;
        this.random = random;
        this.dataHash = data.fingerprint();
    }

    static Optional<GaussianMixture> mixture(Dataset data) {
        return data instanceof PointDataset points ? points.mixture() : Optional.empty();
    }

    Map<String, Estimate> all() {
        for (Metric metric : config.metrics()) {
            switch (metric) {
                case FID -> frechet();
                case KID -> kernel();
                case IS -> inceptionScore();
                case PRDC -> manifolds();
                case MODES -> modes();
                case W1 -> distance(metric, Evaluator.EXACT_LIMIT, 0, WassersteinDistance::exact);
                case SWD ->
                    distance(
                            metric,
                            config.samples(),
                            PROJECTIONS,
                            (x, y) -> WassersteinDistance.sliced(x, y, PROJECTIONS, 2, random));
                case MMD -> discrepancy();
                case INTRA_FID, ACCURACY -> {} // ClassMeasures
            }
        }
        return found;
    }

    private void frechet() {
        FeatureStatistics real = reals.statistics().get(0);
        double value = FrechetDistance.between(fakes.without(-1), real);
        double error = jackknife(group -> FrechetDistance.between(fakes.without(group), real));
        put("fid", Metric.FID, value, error, fakes.count(), Math.toIntExact(real.count()), 0, 0, 0);
    }

    /**
     * The error of a value by its values with one group left out.
     *
     * <pre>√((G − 1)/G Σ (θ_g − mean)²)</pre>
     */
    static double jackknife(IntToDoubleFunction without) {
        double[] left =
                IntStream.range(0, Evaluator.GROUPS).mapToDouble(without).toArray();
        return deviation(left) * (left.length - 1) / Math.sqrt(left.length);
    }

    private void kernel() {
        int n = Math.min(fakeRows().count(), realRows().count());
        int size = Math.min(KernelInceptionDistance.SUBSET_SIZE, n / 2);
        int subsets = KernelInceptionDistance.SUBSETS;
        Score score = KernelInceptionDistance.between(
                fakeRows().first(config.samples()), realRows().first(config.samples()), subsets, size, random);
        double error = score.standardDeviation() / Math.sqrt(Math.min(subsets, n / size));
        put("kid", Metric.KID, score.mean(), error, fakes.count(), realRows().count(), subsets, size, 0);
    }

    private void inceptionScore() {
        Score score = Objects.requireNonNull(fakes.scores(), "logits").score();
        double error = score.standardDeviation() / Math.sqrt(InceptionScore.SPLITS - 1.0);
        put("is", Metric.IS, score.mean(), error, fakes.count(), 0, InceptionScore.SPLITS, 0, 0);
    }

    private void manifolds() {
        Tensor fake = fakeRows().first(config.samples());
        Tensor real = realRows().first(config.samples());
        int n = fakes.count();
        int m = Math.toIntExact(real.size(0));
        PrecisionRecall manifold = PrecisionRecall.of(fake, real, PrecisionRecall.NEIGHBOUR);
        DensityCoverage density = DensityCoverage.of(fake, real, DensityCoverage.NEIGHBOUR);
        double[] densities = new double[Evaluator.GROUPS];
        for (int g = 0; g < densities.length; g++) {
            densities[g] = DensityCoverage.of(group(fake, g, n), real, DensityCoverage.NEIGHBOUR)
                    .density();
        }
        int k = PrecisionRecall.NEIGHBOUR;
        int k2 = DensityCoverage.NEIGHBOUR;
        put("precision", Metric.PRDC, manifold.precision(), binomial(manifold.precision(), n), n, m, 0, 0, k);
        put("recall", Metric.PRDC, manifold.recall(), binomial(manifold.recall(), m), n, m, 0, 0, k);
        put("density", Metric.PRDC, density.density(), meanError(densities), n, m, Evaluator.GROUPS, 0, k2);
        put("coverage", Metric.PRDC, density.coverage(), binomial(density.coverage(), m), n, m, 0, 0, k2);
    }

    private void modes() {
        ModeCoverage coverage = fakes.scores() != null
                ? ModeCoverage.ofClasses(fakes.scores().classes())
                : ModeCoverage.of(
                        mixture(data).orElseThrow(),
                        fakeRows().first(config.samples()).toFloatArray());
        List<ModeCoverage> again = bootstrap(coverage);
        putModes("modes", coverage, again, ModeCoverage::modesFound);
        if (fakes.scores() == null) {
            putModes("high-quality", coverage, again, ModeCoverage::highQualityShare);
        }
        if (coverage.reverseKl().isPresent()) {
            putModes("reverse-kl", coverage, again, each -> each.reverseKl().orElse(0));
        }
    }

    private void putModes(
            String name, ModeCoverage coverage, List<ModeCoverage> again, ToDoubleFunction<ModeCoverage> value) {
        double error = deviation(again.stream().mapToDouble(value).toArray());
        put(name, Metric.MODES, value.applyAsDouble(coverage), error, coverage.samples(), 0, 0, 0, 0);
    }

    /** As many samples, drawn with replacement, again and again. */
    private List<ModeCoverage> bootstrap(ModeCoverage coverage) {
        int[] owners = new int[coverage.samples()];
        Arrays.fill(owners, coverage.totalModes()); // of low quality
        int at = 0;
        for (int mode = 0; mode < coverage.totalModes(); mode++) {
            int count = coverage.counts().get(mode);
            Arrays.fill(owners, at, at + count, mode);
            at += count;
        }
        SplittableRandom draws = new SplittableRandom(config.seed());
        List<ModeCoverage> again = new ArrayList<>();
        for (int b = 0; b < BOOTSTRAPS; b++) {
            Integer[] counts = new Integer[coverage.totalModes() + 1];
            Arrays.fill(counts, 0);
            for (int i = 0; i < owners.length; i++) {
                counts[owners[draws.nextInt(owners.length)]]++;
            }
            again.add(new ModeCoverage(List.of(counts).subList(0, coverage.totalModes()), owners.length));
        }
        return again;
    }

    private void discrepancy() {
        int n = common(config.samples());
        Tensor fake = fakeRows().first(n);
        Tensor real = realRows().first(n);
        double bandwidth = MaximumMeanDiscrepancy.medianBandwidth(fake, real);
        distance(Metric.MMD, n, 0, (x, y) -> MaximumMeanDiscrepancy.unbiased(x, y, bandwidth));
    }

    /** A distance of equally many samples of both sets, at most so many. */
    private void distance(Metric metric, int most, int parts, ToDoubleBiFunction<Tensor, Tensor> between) {
        int n = common(most);
        Tensor fake = fakeRows().first(n);
        Tensor real = realRows().first(n);
        double value = between.applyAsDouble(fake, real);
        double[] groups = new double[Evaluator.GROUPS];
        for (int g = 0; g < groups.length; g++) {
            groups[g] = between.applyAsDouble(group(fake, g, n), group(real, g, n));
        }
        put(metric.toString(), metric, value, meanError(groups), n, n, parts, 0, 0);
    }

    private int common(int most) {
        return Math.min(most, Math.min(fakeRows().count(), realRows().count()));
    }

    private static Tensor group(Tensor rows, int group, int count) {
        int size = count / Evaluator.GROUPS;
        return rows.narrow(0, (long) group * size, size);
    }

    private Rows fakeRows() {
        return Objects.requireNonNull(fakes.rows(), "features of generated samples");
    }

    private Rows realRows() {
        return Objects.requireNonNull(reals.rows(), "features of real examples");
    }

    static double binomial(double share, int count) {
        return Math.sqrt(share * (1 - share) / count);
    }

    private static double meanError(double[] values) {
        return deviation(values) / Math.sqrt(values.length);
    }

    /** Of a sample, divided by one less than its number. */
    static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    private void put(
            String name,
            Metric metric,
            double value,
            double error,
            int generated,
            int real,
            int parts,
            int partSize,
            int neighbour) {
        Protocol protocol = protocol(metric, generated, real, parts, partSize, "", 0, neighbour);
        found.put(name, new Estimate(value, error, generated, protocol));
    }

    Protocol protocol(
            Metric metric,
            int generated,
            int real,
            int parts,
            int partSize,
            String labels,
            int fewestPerClass,
            int neighbour) {
        return new Protocol(
                extractor == null ? "none" : extractor.name(),
                extractor == null ? "" : extractor.fingerprint(),
                dataHash,
                data.shape().toString(),
                generated,
                real,
                parts,
                partSize,
                labels,
                fewestPerClass,
                neighbour,
                extractor == null ? "" : config.resizing().toString(),
                config.quantised(),
                source.weights(),
                config.seed(),
                metric.error());
    }
}
