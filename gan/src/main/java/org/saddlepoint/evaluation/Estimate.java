package org.saddlepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A metric's value, how sure it is, and how it was made.
 *
 * @param value of the metric
 * @param standardError of the value under another draw of the samples, see {@link Metric}
 * @param samples generated samples that it rests on
 * @param protocol what values must share to be compared
 */
public record Estimate(double value, double standardError, int samples, Protocol protocol) {
    /** @throws IllegalArgumentException if a number is NaN or infinite, or the error negative */
    public Estimate {
        if (!Double.isFinite(value) || !Double.isFinite(standardError) || standardError < 0) {
            throw new IllegalArgumentException(
                    "an estimate must be finite but was " + value + " with the standard error " + standardError);
        }
    }

    /** As names and values, for JSON; the first is the metric's name. */
    public Map<String, Object> values(String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("metric", name);
        values.put("value", value);
        values.put("standardError", standardError);
        values.put("samples", samples);
        values.put("protocol", protocol.values());
        return values;
    }
}
