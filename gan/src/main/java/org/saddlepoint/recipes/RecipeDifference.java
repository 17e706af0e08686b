package org.saddlepoint.recipes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One setting in which two recipes differ.
 *
 * @param setting such as {@code generatorOptimizer.learningRate}
 * @param first its value in the first, as text, or {@code none} where that has no such setting
 * @param second its value in the second
 */
public record RecipeDifference(String setting, String first, String second) {
    private static final String NONE = "none";

    /** All settings in which two recipes differ, in the order of the first. */
    public static List<RecipeDifference> between(Recipe one, Recipe other) {
        Map<String, String> ofOne = new LinkedHashMap<>();
        Map<String, String> ofOther = new LinkedHashMap<>();
        flatten("", Recipes.settings(one), ofOne);
        flatten("", Recipes.settings(other), ofOther);
        Set<String> names = new LinkedHashSet<>(ofOne.keySet());
        names.addAll(ofOther.keySet());
        List<RecipeDifference> differences = new ArrayList<>();
        for (String name : names) {
            String left = ofOne.getOrDefault(name, NONE);
            String right = ofOther.getOrDefault(name, NONE);
            if (!left.equals(right)) {
                differences.add(new RecipeDifference(name, left, right));
            }
        }
        return differences;
    }

    /** Whether a change of this name, such as {@code generator} or {@code generator.width}, is about this setting. */
    public boolean isWithin(String name) {
        return setting.equals(name) || setting.startsWith(name + ".");
    }

    private static void flatten(String path, Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> flatten(path.isEmpty() ? String.valueOf(key) : path + "." + key, each, into));
        } else {
            into.put(path, String.valueOf(value));
        }
    }
}
