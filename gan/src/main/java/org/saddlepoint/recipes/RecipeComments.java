package org.saddlepoint.recipes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comments behind the settings of a file in which each setting or section has its line, as those of this package. */
final class RecipeComments {
    private static final Pattern LINE = Pattern.compile("( *)([A-Za-z0-9-]+):([^#]*)(?:# *(.+))?");

    private record Section(int indent, String path) {}

    private final Map<String, String> comments = new HashMap<>();

    RecipeComments(String yaml) {
        Deque<Section> open = new ArrayDeque<>();
        for (String line : yaml.lines().toList()) {
            Matcher setting = LINE.matcher(line);
            if (!setting.matches()) {
                continue;
            }
            int indent = setting.group(1).length();
            while (!open.isEmpty() && open.peek().indent() >= indent) {
                open.pop();
            }
            String path = Layer.join(open.isEmpty() ? "" : open.peek().path(), setting.group(2));
            open.push(new Section(indent, path));
            if (setting.group(4) != null) {
                comments.put(path, setting.group(4).strip());
            }
        }
    }

    /** The comment of a setting or, if it has none, of the section around it; empty where there is none. */
    String of(String path) {
        String at = path;
        while (!comments.containsKey(at) && at.contains(".")) {
            at = at.substring(0, at.lastIndexOf('.'));
        }
        return comments.getOrDefault(at, "");
    }
}
