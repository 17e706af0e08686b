package org.saddlepoint.recipes;

import java.util.Arrays;
import java.util.Locale;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;

/**
 * What of data decides which recipe fits.
 *
 * @param name of the data
 * @param kind what its examples are
 * @param examples how many there are
 * @param classes how many classes have an example; 0 without labels
 * @param fewestPerClass examples of the smallest class; 0 without labels
 * @param unlabelled examples without a label, where there are labels at all
 * @param shape channels, height and width of a picture; the dimension of a point
 * @param likeness how alike pictures are: the share of their mean square that is their mean picture, in [0, 1]
 */
record DataTraits(
        String name,
        Kind kind,
        int examples,
        int classes,
        int fewestPerClass,
        int unlabelled,
        int[] shape,
        double likeness) {
    /** What examples are. */
    enum Kind {
        /** Points of numbers. */
        POINTS,
        /** Pictures. */
        PICTURES,
        /** Two pictures that belong together. */
        PAIRS,
        /** Two pictures of two kinds. */
        UNPAIRED
    }

    /** Above this likeness pictures differ by noise alone. */
    static final double NEARLY_EQUAL = 0.999;

    /** So many pictures tell how alike all are. */
    private static final int LOOKED_AT = 128;

    static DataTraits of(Dataset data) {
        int[] counts = new int[Math.max(1, data.classNames().size())];
        int unlabelled = 0;
        if (!data.classNames().isEmpty()) {
            for (int i = 0; i < data.size(); i++) {
                int label = data.label(i).orElse(-1);
                if (label < 0 || label >= counts.length) {
                    unlabelled++;
                } else {
                    counts[label]++;
                }
            }
        }
        int[] present = Arrays.stream(counts).filter(count -> count > 0).toArray();
        Kind kind = kind(data);
        return new DataTraits(
                data.name(),
                kind,
                data.size(),
                present.length,
                Arrays.stream(present).min().orElse(0),
                unlabelled,
                data.shape().dimensions(),
                kind == Kind.PICTURES ? likeness(data) : 0);
    }

    private static Kind kind(Dataset data) {
        if (data.shape().pair().isPresent()) {
            return data.hasPairs() ? Kind.PAIRS : Kind.UNPAIRED;
        }
        return data.shape().images().isEmpty() ? Kind.POINTS : Kind.PICTURES;
    }

    /** |mean|² / mean |x|² of pictures at equal distances, as grey levels from 0 on. */
    private static double likeness(Dataset data) {
        int elements = data.shape().elements();
        double[] mean = new double[elements];
        float[] picture = new float[elements];
        double squares = 0;
        int read = 0;
        int count = Math.min(LOOKED_AT, data.size());
        for (int i = 0; i < count; i++) {
            try {
                data.read((int) ((long) i * data.size() / count), picture, 0);
            } catch (DamagedExampleException damaged) {
                continue; // it is left out in training, too
            }
            read++;
            for (int j = 0; j < elements; j++) {
                double level = picture[j] + 1;
                mean[j] += level;
                squares += level * level;
            }
        }
        double ofMean = Arrays.stream(mean).map(sum -> sum * sum).sum();
        return squares == 0 || read < 2 ? 0 : ofMean / read / squares;
    }

    /** Count, colour and size, such as {@code 10,000 grey pictures of 28 × 28}. */
    String describe() {
        return switch (kind) {
            case POINTS -> String.format(Locale.ROOT, "%,d points of %d numbers", examples, shape[0]);
            case PICTURES ->
                String.format(
                        Locale.ROOT,
                        "%,d %s pictures of %d × %d",
                        examples,
                        shape[0] == 1 ? "grey" : "colour",
                        shape[2],
                        shape[1]);
            case PAIRS, UNPAIRED ->
                String.format(Locale.ROOT, "%,d times two pictures of %d × %d,", examples, shape[2], shape[1]);
        };
    }
}
