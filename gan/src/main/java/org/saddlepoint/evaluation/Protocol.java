package org.saddlepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a number was made: all that another one must share to be compared with it.
 *
 * @param extractor whose features were compared, or {@code none} for points
 * @param extractorHash SHA-256 of the extractor's weights, empty for points
 * @param data fingerprint of the real data
 * @param shape of a real example, such as {@code 28x28 grey}
 * @param generated how many generated samples counted
 * @param real how many real examples counted
 * @param parts parts, subsets, projections or groups the metric uses, 0 if none
 * @param partSize samples in a part, 0 if none
 * @param labels where the classes of generated samples come from, empty where classes do not count
 * @param fewestPerClass generated samples of the class with the fewest, 0 where classes do not count
 * @param neighbour k of nearest neighbours, 0 if none
 * @param resizing how images got the extractor's size; only for images of another size
 * @param quantised whether images were rounded to 8 bits: clamped to [−1, 1], scaled to [0, 255], and rounded to the
 *     nearest level, halves up
 * @param weights of the generator: {@code moving average}, {@code last}, or {@code files} where there is none
 * @param seed of latents, subsets and order
 * @param error how the standard error was found
 */
public record Protocol(
        String extractor,
        String extractorHash,
        String data,
        String shape,
        int generated,
        int real,
        int parts,
        int partSize,
        String labels,
        int fewestPerClass,
        int neighbour,
        String resizing,
        boolean quantised,
        String weights,
        long seed,
        String error) {

    /** As names and values, in this order, for JSON; what does not apply is left out. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("extractor", extractor);
        putIf(!extractorHash.isEmpty(), values, "extractorHash", extractorHash);
        values.put("data", data);
        values.put("shape", shape);
        values.put("generated", generated);
        values.put("real", real);
        putIf(parts > 0, values, "parts", parts);
        putIf(partSize > 0, values, "partSize", partSize);
        putIf(!labels.isEmpty(), values, "labels", labels);
        putIf(!labels.isEmpty(), values, "fewestPerClass", fewestPerClass);
        putIf(neighbour > 0, values, "neighbour", neighbour);
        putIf(!resizing.isEmpty(), values, "resizing", resizing);
        putIf(!extractorHash.isEmpty(), values, "quantised", quantised);
        values.put("weights", weights);
        values.put("seed", seed);
        values.put("error", error);
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
        if (!extractorHash.isEmpty()) {
            line.append(extractor).append(' ').append(extractorHash, 0, 8).append(", ");
        }
        line.append(generated).append(" generated, ").append(real).append(" real");
        if (parts > 0) {
            line.append(", ").append(parts).append(partSize > 0 ? " parts of " + partSize : " parts");
        }
        if (!labels.isEmpty()) {
            line.append(", labels ")
                    .append(labels)
                    .append(", at least ")
                    .append(fewestPerClass)
                    .append(" a class");
        }
        if (neighbour > 0) {
            line.append(", k ").append(neighbour);
        }
        if (!extractorHash.isEmpty()) {
            line.append(", ").append(resizing).append(quantised ? ", 8-bit" : ", not quantised");
        }
        return line.append(", ").append(weights).append(", seed ").append(seed).toString();
    }
}
