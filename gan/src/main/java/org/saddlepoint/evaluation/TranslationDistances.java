package org.saddlepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.pairs.PairHalf;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** Distances of translations, pixel by pixel, in one pass over all pictures: what {@link L1Metric} and {@link CycleL1Metric} share. */
final class TranslationDistances implements Shares.Work {
    static final String L1 = "l1";
    static final String IDENTITY = "l1-identity";
    static final String MEAN_COLOUR = "l1-mean-colour";
    static final String CYCLE = "cycle-l1";
    static final String SETTINGS = "of numbers in [-1, 1]";
    static final String ERROR = "deviation between pictures";

    /**
     * A mean over pictures.
     *
     * @param value the mean
     * @param standardError of the mean, from the deviation between pictures
     * @param pictures how many
     */
    record Distance(double value, double standardError, int pictures) {}

    private static final class Sum {
        private double sum;
        private double squares;
        private int count;

        void add(double value) {
            sum += value;
            squares += value * value;
            count++;
        }

        Distance mean() {
            double mean = sum / count;
            double variance = Math.max(0, squares / count - mean * mean) * count / Math.max(1, count - 1);
            return new Distance(mean, Math.sqrt(variance / count), count);
        }
    }

    private final Translations translations;
    private final boolean toTargets;
    private final boolean andBack;
    private final ProgressListener progress;
    private final float[] colour;
    private final Map<String, Sum> sums = new LinkedHashMap<>();

    private TranslationDistances(Translations translations, Set<Need> needs, ProgressListener progress) {
        this.translations = translations;
        this.toTargets = needs.contains(Need.TARGETS);
        this.andBack = needs.contains(Need.WAY_BACK);
        this.progress = progress;
        this.colour = toTargets ? meanColour(translations.to()) : new float[0];
    }

    /**
     * Measures all pictures; damaged ones are left out.
     *
     * @param needs {@link Need#TARGETS} for {@code l1} and what would be without learning, {@link Need#WAY_BACK} for {@code
     *     cycle-l1}
     * @return by name; of processes that share the work, on rank 0
     */
    static Map<String, Distance> of(
            Translations translations, Set<Need> needs, Shares shares, ProgressListener progress) {
        TranslationDistances pass = new TranslationDistances(translations, needs, progress);
        shares.forEach("distances of translations", translations.from().size(), pass);
        Map<String, Distance> means = new LinkedHashMap<>();
        pass.sums.forEach((name, sum) -> means.put(name, sum.mean()));
        return means;
    }

    @Override
    public Map<String, Tensor> look(int index) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        try {
            add(found, picture(translations.from(), index), picture(translations.to(), index));
        } catch (DamagedExampleException e) {
            return Map.of(); // the dataset lists it
        }
        return found;
    }

    @Override
    public void skip(int index) {
        if (translations.random()) {
            look(index);
        }
    }

    @Override
    public void take(int index, Map<String, Tensor> found) {
        found.forEach((name, distance) ->
                sums.computeIfAbsent(name, unused -> new Sum()).add(distance.item()));
        progress.done(index + 1L, translations.from().size());
    }

    private void add(Map<String, Tensor> found, Tensor input, Tensor target) {
        Tensor output = translations.there().apply(input);
        if (toTargets) {
            Tensor mean = Tensors.of(colour, 1, colour.length, 1, 1);
            found.put(L1, distance(output, target));
            found.put(IDENTITY, distance(recoloured(input, target.size(1)), target));
            found.put(MEAN_COLOUR, distance(mean, target));
        }
        if (andBack) {
            found.put(CYCLE, distance(translations.back().orElseThrow().apply(output), input));
        }
    }

    private static Tensor distance(Tensor a, Tensor b) {
        return a.sub(b).abs().mean();
    }

    /** Grey as colour, and colour as grey, so that identity is a translation. */
    private static Tensor recoloured(Tensor picture, long channels) {
        if (picture.size(1) == channels) {
            return picture;
        }
        return picture.size(1) == 1
                ? picture.expand(picture.size(0), channels, picture.size(2), picture.size(3))
                : picture.mean(true, 1);
    }

    private static Tensor picture(PairHalf half, int index) throws DamagedExampleException {
        float[] values = new float[half.shape().elements()];
        half.read(index, values, 0);
        return Tensors.of(
                values,
                1,
                half.shape().channels(),
                half.shape().height(),
                half.shape().width());
    }

    private static float[] meanColour(PairHalf half) {
        int channels = half.shape().channels();
        int pixels = half.shape().height() * half.shape().width();
        double[] sums = new double[channels];
        int read = 0;
        float[] values = new float[half.shape().elements()];
        for (int index = 0; index < half.size(); index++) {
            try {
                half.read(index, values, 0);
            } catch (DamagedExampleException e) {
                continue; // the dataset lists it
            }
            for (int i = 0; i < values.length; i++) {
                sums[i / pixels] += values[i];
            }
            read++;
        }
        float[] mean = new float[channels];
        for (int c = 0; c < channels; c++) {
            mean[c] = (float) (sums[c] / Math.max(1, (double) read * pixels));
        }
        return mean;
    }
}
