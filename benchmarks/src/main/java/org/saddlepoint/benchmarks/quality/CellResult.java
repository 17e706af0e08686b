package org.saddlepoint.benchmarks.quality;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.recipes.Measurement;

/**
 * What came out of one training; its JSON is the file that keeps it from being repeated.
 *
 * @param method recipe or peer
 * @param minutes its budget
 * @param seed of its randomness
 * @param protocol data, machine and evaluation, which all results of a table share
 * @param steps that it took
 * @param end {@code done}, or why it was not
 * @param points what was measured on the way, ascending in time
 */
public record CellResult(
        String method, double minutes, long seed, String protocol, long steps, String end, List<Point> points) {
    static final String DONE = "done";

    static final String DIVERGED = "diverged: ";

    public CellResult {
        points = List.copyOf(points);
    }

    /** Whether its budget was too short to train at all. */
    @JsonIgnore
    boolean isTooShort() {
        return points.isEmpty() && steps == 0 && !end.startsWith(DIVERGED);
    }

    @JsonIgnore
    CellKey key() {
        return new CellKey(method, minutes, seed);
    }

    /**
     * One evaluation.
     *
     * @param seconds of training, with start-up and without evaluations
     * @param step after which it was made
     * @param values of the estimates by name
     */
    public record Point(double seconds, long step, Map<String, Value> values) {
        public Point {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        static Point of(double seconds, long step, Map<String, Estimate> estimates) {
            Map<String, Value> values = new LinkedHashMap<>();
            estimates.forEach((name, each) -> values.put(name, new Value(each.value(), each.standardError())));
            return new Point(seconds, step, values);
        }

        static Point ofMeasurements(double seconds, long step, List<Measurement> measurements) {
            return of(seconds, step, measurements.get(0).estimates());
        }
    }

    /**
     * An estimate.
     *
     * @param value of the metric
     * @param standardError of the value under another draw of samples
     */
    public record Value(double value, double standardError) {}
}
