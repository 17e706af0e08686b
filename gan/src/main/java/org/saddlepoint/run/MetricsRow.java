package org.saddlepoint.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link MetricsLog}: what was logged at a step.
 *
 * @param step the step, at least 0
 * @param values name to value in the order of the file, without the step; a value is a number, text, Boolean, null,
 *     list or map
 */
public record MetricsRow(long step, Map<String, @Nullable Object> values) {
    /** The value that holds the loss of the discriminator, or critic. */
    public static final String DISCRIMINATOR_LOSS = "discriminatorLoss";

    /** The value that holds the loss of the generator. */
    public static final String GENERATOR_LOSS = "generatorLoss";

    /**
     * Checks and copies the components.
     *
     * @throws IllegalArgumentException if step is negative, or values holds a "step" of its own
     */
    public MetricsRow {
        StepPath.requireStep(step);
        if (values.containsKey(MetricsLog.STEP)) {
            throw new IllegalArgumentException("values must not hold \"" + MetricsLog.STEP + "\": the row has its own");
        }
        values = Collections.unmodifiableMap(
                new LinkedHashMap<>(values)); // not Map.copyOf: order counts, null is a value
    }

    /**
     * A number of the row; it may be NaN or infinite.
     *
     * @param name which value
     * @return the number, or empty if the row has no number of that name
     */
    public OptionalDouble number(String name) {
        return values.get(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }
}
