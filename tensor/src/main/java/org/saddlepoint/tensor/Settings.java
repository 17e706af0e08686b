package org.saddlepoint.tensor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation is told beside its operands, by name: numbers, axes, switches, and tensors that may be absent. Operations
 * state them where they pass through the door to libtorch, so that a {@link GraphRecorder} sees the whole call.
 */
public final class Settings {
    /** An operation without any. */
    static final Settings NONE = new Settings();

    private final @Nullable Object[] namesAndValues;

    private Settings(@Nullable Object... namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /** Names and values in turn. */
    static Settings of(@Nullable Object... namesAndValues) {
        return new Settings(namesAndValues);
    }

    /** Whether there is a value of this name. */
    public boolean has(String name) {
        return all().get(name) != null;
    }

    /** A number. */
    public double number(String name) {
        return get(Number.class, name).doubleValue();
    }

    /** A whole number. */
    public long integer(String name) {
        return get(Number.class, name).longValue();
    }

    /** Several whole numbers, such as axes. */
    public long[] integers(String name) {
        return get(long[].class, name).clone();
    }

    /** A switch. */
    public boolean flag(String name) {
        return get(Boolean.class, name);
    }

    /** All values by name, in the order in which they were stated. */
    Map<String, @Nullable Object> all() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            all.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return all;
    }

    private <T> T get(Class<T> type, String name) {
        Object value = all().get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "expected a setting " + name + " of type " + type.getSimpleName() + " but there were " + this);
        }
        return type.cast(value);
    }

    /** The names, in the order in which they were stated. */
    public List<String> names() {
        return List.copyOf(all().keySet());
    }

    /** Names and values, without tensors. */
    @Override
    public String toString() {
        Map<String, String> words = new LinkedHashMap<>();
        all().forEach((name, value) -> {
            if (value != null && !(value instanceof Tensor)) {
                words.put(name, value instanceof long[] numbers ? Arrays.toString(numbers) : value.toString());
            }
        });
        return words.toString();
    }
}
