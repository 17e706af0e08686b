package org.saddlepoint.data.inspection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.saddlepoint.data.Dataset;

/** How many examples each class has. */
final class ClassCounts {
    private ClassCounts() {}

    /** By name, in the order of the classes; empty without classes. */
    static Map<String, Integer> of(Dataset data, IntPredicate counts) {
        List<String> names = data.classNames();
        int[] perClass = new int[names.size()];
        for (int i = 0; perClass.length > 0 && i < data.size(); i++) {
            if (counts.test(i)) {
                data.label(i).ifPresent(label -> perClass[label]++);
            }
        }
        Map<String, Integer> classes = new LinkedHashMap<>();
        for (int c = 0; c < perClass.length; c++) {
            classes.put(names.get(c), perClass[c]);
        }
        return Collections.unmodifiableMap(classes);
    }

    static Map<String, Integer> of(Survey survey) {
        return of(survey.data(), survey::isIntact);
    }
}
