package org.saddlepoint.recipes;

import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.PairHalf;
import org.saddlepoint.evaluation.Progress;
import org.saddlepoint.evaluation.SampleSource;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Inference;
import org.saddlepoint.training.Translators;

/**
 * How far translations are from their targets, pixel by pixel, beside what needs no learning. All distances are mean
 * absolute differences of numbers in [−1, 1], as the losses of training.
 */
public final class TranslationMeasures {
    /**
     * A mean over pictures.
     *
     * @param value the mean
     * @param standardError of the mean, from the deviation between pictures
     * @param pictures how many
     */
    public record Distance(double value, double standardError, int pictures) {}

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

    private final Translators translators;
    private final Inference inference;
    private final Progress progress;

    /** Measures these translators as they are used; they stay the caller's. */
    public TranslationMeasures(Translators translators, Inference inference, Progress progress) {
        this.translators = translators;
        this.inference = inference;
        this.progress = progress;
    }

    /**
     * Measures one direction.
     *
     * @param from pictures that are translated
     * @param to their targets, in the same order
     * @param paired whether targets are those of the same picture, and distances from them mean something
     * @return of pairs {@code l1} and what would be without learning: {@code l1-identity}, of the picture itself, and
     *     {@code l1-mean-colour}, of the mean colour of all targets; with a way back {@code cycle-l1}
     */
    public Map<String, Distance> distances(PairHalf from, PairHalf to, boolean paired, Direction direction) {
        Map<String, Sum> sums = new LinkedHashMap<>();
        float[] colour = paired ? meanColour(to) : new float[0];
        for (int index = 0; index < from.size(); index++) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor input = picture(from, index);
                Tensor target = picture(to, index);
                Tensor output = translators.translate(input, direction, inference);
                if (paired) {
                    Tensor mean = Tensors.of(colour, 1, colour.length, 1, 1);
                    add(sums, "l1", output, target);
                    add(sums, "l1-identity", recoloured(input, target.size(1)), target);
                    add(sums, "l1-mean-colour", mean, target);
                }
                if (translators.directions().contains(direction.back())) {
                    Tensor back = translators.translate(output, direction.back(), inference);
                    add(sums, "cycle-l1", back, input);
                }
            } catch (DamagedExampleException e) {
                continue; // the dataset lists it
            }
            progress.done(index + 1, from.size());
        }
        Map<String, Distance> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum.mean()));
        return means;
    }

    /** The translations as samples, for metrics of distributions. */
    public SampleSource source(PairHalf from, PairHalf to, Direction direction, long seed) {
        return new TranslatedSource(from, to, translators, direction, inference, seed);
    }

    private static void add(Map<String, Sum> sums, String name, Tensor a, Tensor b) {
        double distance = a.sub(b).abs().mean().item();
        sums.computeIfAbsent(name, unused -> new Sum()).add(distance);
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
