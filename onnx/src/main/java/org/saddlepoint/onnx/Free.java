package org.saddlepoint.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A size that users of a model choose with each call: how many samples there are, or how large a picture is.
 *
 * @param name of the size
 * @param start the smallest at which the computation is recorded
 * @param step what the size must be a multiple of, as is the start
 */
public record Free(String name, long start, long step) {
    /** How many samples; recorded for few, which networks compute in the plainest way. */
    public static final Free BATCH = new Free("batch", 2, 1);

    /** Sizes at which a computation is recorded: at the start, then with each size larger alone, then with all larger. */
    static List<Map<String, Long>> points(List<Free> free) {
        List<Map<String, Long>> points = new ArrayList<>();
        points.add(point(free, "", 0));
        free.forEach(size -> points.add(point(free, size.name(), 1)));
        Map<String, Long> all = new LinkedHashMap<>();
        int steps = 2;
        for (Free size : free) {
            all.put(size.name(), size.start() + steps * size.step());
            steps++; // so that height and width differ
        }
        points.add(all);
        return points;
    }

    private static Map<String, Long> point(List<Free> free, String larger, int steps) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        free.forEach(
                size -> sizes.put(size.name(), size.start() + (size.name().equals(larger) ? steps * size.step() : 0)));
        return sizes;
    }
}
