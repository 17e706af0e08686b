package org.saddlepoint.training;

import java.util.Map;
import org.saddlepoint.tensor.Tensor;

/** Networks whose weights a checkpoint holds among its parts. */
public interface SavedNetworks {
    /**
     * Overwrites the networks with saved values; other parts are left alone.
     *
     * @throws IllegalArgumentException if a network's part is missing or does not fit
     */
    void load(Map<String, Map<String, Tensor>> parts);

    /**
     * One part of a checkpoint.
     *
     * @throws IllegalArgumentException if it is not there
     */
    static Map<String, Tensor> part(Map<String, Map<String, Tensor>> parts, String name) {
        Map<String, Tensor> part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("there is no part " + name + " among " + parts.keySet());
        }
        return part;
    }
}
