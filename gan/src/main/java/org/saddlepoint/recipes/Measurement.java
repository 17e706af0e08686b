package org.saddlepoint.recipes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.saddlepoint.evaluation.Estimate;

/**
 * What was measured of one set of samples.
 *
 * @param title what against what, for people
 * @param direction such as {@code a2b}, for translations; else empty
 * @param estimates by name
 */
public record Measurement(String title, String direction, Map<String, Estimate> estimates) {
    public Measurement {
        estimates = Collections.unmodifiableMap(new LinkedHashMap<>(estimates)); // their order counts
    }

    /** Names and values of each estimate, for JSON. */
    public List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        estimates.forEach((name, estimate) -> {
            Map<String, Object> row = new LinkedHashMap<>(estimate.values(name));
            if (!direction.isEmpty()) {
                row.put("direction", direction);
            }
            rows.add(row);
        });
        return rows;
    }

    /** The value of this name, which is the mean over the directions where there are two; empty if nothing has it. */
    public static OptionalDouble value(List<Measurement> measurements, String name) {
        return measurements.stream()
                .flatMap(each -> each.estimates().entrySet().stream())
                .filter(each -> each.getKey().equals(name))
                .flatMapToDouble(each -> DoubleStream.of(each.getValue().value()))
                .average();
    }
}
