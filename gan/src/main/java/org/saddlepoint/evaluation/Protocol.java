package org.saddlepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a number was made: all that another one must share to be compared with it.
 *
 * @param features what was compared
 * @param reference the real data
 * @param counts how many samples, and in how many parts
 * @param labels where classes come from
 * @param draw of the generated samples
 * @param method of the metric
 */
public record Protocol(Features features, Reference reference, Counts counts, Labels labels, Draw draw, Method method) {
    /**
     * What was compared.
     *
     * @param extractor whose features, or {@code none} for points and pixels
     * @param hash SHA-256 of the extractor's weights, empty where there is none
     * @param resizing how images got the extractor's size; only for images of another size
     * @param quantised whether images were rounded to 8 bits: clamped to [−1, 1], scaled to [0, 255], and rounded to the
     *     nearest level, halves up
     */
    public record Features(String extractor, String hash, String resizing, boolean quantised) {
        /** The numbers themselves. */
        public static final Features NONE = new Features("none", "", "", false);
    }

    /**
     * The real data.
     *
     * @param fingerprint of all of it
     * @param shape of an example, such as {@code 28x28 grey}
     */
    public record Reference(String fingerprint, String shape) {}

    /**
     * How many samples.
     *
     * @param generated how many generated samples counted
     * @param real how many real examples counted
     * @param parts parts, subsets, projections or groups the metric uses, 0 if none
     * @param partSize samples in a part, 0 if none
     * @param neighbour k of nearest neighbours, 0 if none
     */
    public record Counts(int generated, int real, int parts, int partSize, int neighbour) {
        /** Samples of both sides, as a whole. */
        public static Counts of(int generated, int real) {
            return new Counts(generated, real, 0, 0, 0);
        }

        /** The same in so many parts. */
        public Counts in(int newParts) {
            return in(newParts, 0);
        }

        /** The same in so many parts of this size. */
        public Counts in(int newParts, int size) {
            return new Counts(generated, real, newParts, size, neighbour);
        }

        /** The same by this neighbour. */
        public Counts nearest(int k) {
            return new Counts(generated, real, parts, partSize, k);
        }
    }

    /**
     * Classes of generated samples.
     *
     * @param source where they come from, empty where classes do not count
     * @param fewest generated samples of the class with the fewest
     */
    public record Labels(String source, int fewest) {
        /** Classes do not count. */
        public static final Labels NONE = new Labels("", 0);
    }

    /**
     * How samples were drawn.
     *
     * @param weights of the generator: {@code moving average}, {@code last}, or {@code files} where there is none
     * @param seed of latents, subsets and order
     */
    public record Draw(String weights, long seed) {}

    /**
     * How the metric works.
     *
     * @param settings see {@link Metric#settings}
     * @param error how the standard error was found
     */
    public record Method(String settings, String error) {}

    /** The same where images were not rounded to 8 bits, whatever else was. */
    Protocol notQuantised() {
        Features exact = new Features(features.extractor(), features.hash(), features.resizing(), false);
        return new Protocol(exact, reference, counts, labels, draw, method);
    }

    private boolean hasFeatures() {
        return !features.hash().isEmpty();
    }

    private boolean hasLabels() {
        return !labels.source().isEmpty();
    }

    /** As names and values, in this order, for JSON; what does not apply is left out. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("extractor", features.extractor());
        putIf(hasFeatures(), values, "extractorHash", features.hash());
        values.put("data", reference.fingerprint());
        values.put("shape", reference.shape());
        values.put("generated", counts.generated());
        values.put("real", counts.real());
        putIf(counts.parts() > 0, values, "parts", counts.parts());
        putIf(counts.partSize() > 0, values, "partSize", counts.partSize());
        putIf(hasLabels(), values, "labels", labels.source());
        putIf(hasLabels(), values, "fewestPerClass", labels.fewest());
        putIf(counts.neighbour() > 0, values, "neighbour", counts.neighbour());
        putIf(hasFeatures() && !features.resizing().isEmpty(), values, "resizing", features.resizing());
        putIf(hasFeatures(), values, "quantised", features.quantised());
        putIf(!method.settings().isEmpty(), values, "settings", method.settings());
        values.put("weights", draw.weights());
        values.put("seed", draw.seed());
        values.put("error", method.error());
        return values;
    }

    private static void putIf(boolean applies, Map<String, Object> values, String name, Object value) {
        if (applies) {
            values.put(name, value);
        }
    }

    /** In one line for people, hashes cut short. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        if (hasFeatures()) {
            line.append(features.extractor())
                    .append(' ')
                    .append(features.hash(), 0, 8)
                    .append(", ");
        }
        line.append(counts.generated()).append(" generated, ").append(counts.real());
        line.append(" real");
        if (counts.parts() > 0) {
            String size = counts.partSize() > 0 ? " parts of " + counts.partSize() : " parts";
            line.append(", ").append(counts.parts()).append(size);
        }
        if (hasLabels()) {
            line.append(", labels ").append(labels.source());
            line.append(", at least ").append(labels.fewest()).append(" a class");
        }
        if (counts.neighbour() > 0) {
            line.append(", k ").append(counts.neighbour());
        }
        if (hasFeatures()) {
            line.append(", ").append(features.resizing()).append(features.quantised() ? ", 8-bit" : ", not quantised");
        }
        if (!method.settings().isEmpty()) {
            line.append(", ").append(method.settings());
        }
        return line.append(", ")
                .append(draw.weights())
                .append(", seed ")
                .append(draw.seed())
                .toString();
    }
}
