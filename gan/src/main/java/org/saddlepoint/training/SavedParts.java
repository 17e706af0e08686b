package org.saddlepoint.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.tensor.Tensor;

/** The parts of a checkpoint, which what they belong to takes one by one; in the end none may be left. */
public final class SavedParts {
    private final Map<String, Map<String, Tensor>> left;
    private final Map<String, Map<String, Tensor>> all;

    /** All parts, none taken yet. */
    public SavedParts(Map<String, Map<String, Tensor>> all) {
        this.all = Map.copyOf(all);
        this.left = new LinkedHashMap<>(all);
    }

    /**
     * A part that must be there.
     *
     * @throws IllegalArgumentException if it is not
     */
    public Map<String, Tensor> take(String name) {
        return poll(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no part " + name + " among " + all.keySet()));
    }

    /** A part that may be there. */
    public Optional<Map<String, Tensor>> poll(String name) {
        left.remove(name);
        return Optional.ofNullable(all.get(name));
    }

    /**
     * Refuses parts that nobody took and that hold something.
     *
     * @throws IllegalArgumentException naming them
     */
    public void requireAllTaken() {
        left.values().removeIf(Map::isEmpty);
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    "it has the parts " + left.keySet() + ", which this training has no use for");
        }
    }
}
