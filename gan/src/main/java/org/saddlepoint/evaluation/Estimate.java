package org.saddlepoint.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A metric's value, how sure it is, and how it was made.
 *
 * @param value of the metric
 * @param standardError of the value under another draw of the samples, see {@link Metric}
 * @param samples generated samples that it rests on
 * @param protocol what values must share to be compared
 * @param classes the same of each class by name, in the order of the classes; empty where classes do not count
 */
public record Estimate(
        double value, double standardError, int samples, Protocol protocol, Map<String, OfClass> classes) {
    /**
     * The metric of one class.
     *
     * @param value of the metric
     * @param standardError as that of the whole
     * @param generated samples of the class
     * @param real real examples of the class, 0 if none count
     */
    public record OfClass(double value, double standardError, int generated, int real) {
        /** As names and values, for JSON. */
        Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("value", value);
            values.put("standardError", standardError);
            values.put("generated", generated);
            if (real > 0) {
                values.put("real", real);
            }
            return values;
        }
    }

    /** An estimate in which classes do not count. */
    public Estimate(double value, double standardError, int samples, Protocol protocol) {
        this(value, standardError, samples, protocol, Map.of());
    }

    /** @throws IllegalArgumentException if a number is NaN or infinite, or the error negative */
    public Estimate {
        if (!Double.isFinite(value) || !Double.isFinite(standardError) || standardError < 0) {
            throw new IllegalArgumentException(
                    "an estimate must be finite but was " + value + " with the standard error " + standardError);
        }
        classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
    }

    /** As names and values, for JSON; the first is the metric's name. */
    public Map<String, Object> values(String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("metric", name);
        values.put("value", value);
        values.put("standardError", standardError);
        values.put("samples", samples);
        values.put("protocol", protocol.values());
        if (!classes.isEmpty()) {
            Map<String, Object> each = new LinkedHashMap<>();
            classes.forEach((className, ofClass) -> each.put(className, ofClass.values()));
            values.put("classes", each);
        }
        return values;
    }
}
