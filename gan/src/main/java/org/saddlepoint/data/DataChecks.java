package org.saddlepoint.data;

import java.util.Locale;

/** Checks that a data set keeps its promises, made before training begins, since a user may have written it. */
public final class DataChecks {
    /** Examples that are read, spread evenly over the data. */
    private static final int SAMPLE = 64;

    /** Scaling by 1/127.5 or 1/255 in float32 leaves [-1, 1] by less. */
    private static final float ROUNDING = 1e-3f;

    private static final float HIGHEST_BYTE = 255;
    private static final float HIGHEST_SHORT = 65_535;

    private DataChecks() {}

    /**
     * Requires finite values, and for images and pairs of images values in [-1, 1], of at most {@value #SAMPLE} examples
     * spread evenly over the data, each in its view without augmentation. Damaged examples are passed over. A data set of
     * images whose values all lie in [0, 1] is suspicious, but passes.
     *
     * @throws DataException when a value is NaN, infinite or out of range; names data set, example, value, expectation and
     *     what to do
     */
    public static void requireUsable(Dataset data) {
        boolean images = !data.shape().images().isEmpty();
        int count = Math.min(SAMPLE, data.size());
        float[] example = new float[data.shape().elements()];
        Range range = new Range();
        int first = -1;
        float wrong = 0;
        for (int i = 0; i < count; i++) {
            int index = (int) ((long) i * data.size() / count);
            try {
                data.read(index, example, 0);
            } catch (DamagedExampleException e) {
                continue; // the data set has logged and listed it
            }
            for (float value : example) {
                if (!Float.isFinite(value)) {
                    throw new DataException("example " + index + " of " + data.name() + " has the value " + value
                            + "; expected finite numbers" + (images ? " in [-1, 1]" : "")
                            + "; look for a division by 0 or a missing number where the data is made, or leave that"
                            + " example out");
                }
                range.add(value);
                if (images && first < 0 && Math.abs(value) > 1 + ROUNDING) {
                    first = index;
                    wrong = value;
                }
            }
        }
        if (first >= 0) {
            throw new DataException("example " + first + " of " + data.name() + " has the value " + wrong
                    + "; expected values of images in [-1, 1], where -1 is black and 1 is white; " + range.advice());
        }
    }

    /** The least and largest value that was seen. */
    private static final class Range {
        private float least = Float.POSITIVE_INFINITY;
        private float most = Float.NEGATIVE_INFINITY;

        void add(float value) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }

        String advice() {
            String seen = String.format(Locale.ROOT, "the values that were looked at lie in [%.4g, %.4g]", least, most);
            if (least >= 0 && most > 2 && most <= HIGHEST_BYTE) {
                return seen + ", which looks like 0 to 255: divide by 127.5 and subtract 1";
            }
            if (least >= 0 && most > HIGHEST_BYTE && most <= HIGHEST_SHORT) {
                return seen + ", which looks like 0 to 65535: divide by 32767.5 and subtract 1";
            }
            if (least < 0 && least >= -HIGHEST_BYTE - 1 && most > 2) {
                return seen
                        + ": if they were made to have mean 0 and deviation 1, or bytes were read with a sign, take the"
                        + " stored samples 0 to 255 instead, divide by 127.5 and subtract 1";
            }
            return seen + ": map the range of the stored samples to [-1, 1], and limit what resizing adds to it";
        }
    }
}
