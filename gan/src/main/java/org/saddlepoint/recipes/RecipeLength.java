package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * Makes a recipe longer or shorter, with all that depends on its length. With f as the new length over the old one:
 *
 * <ul>
 *   <li>starts, ends and periods of schedules are multiplied by f, those in epochs being told in images then; an end of 0
 *       stays the training's end
 *   <li>half-life and start of the moving average are multiplied by f, so that a decay β becomes β^(1/f)
 *   <li>steps between lines of metrics, sheets and checkpoints are multiplied by f, and those between checkpoints bounded
 * </ul>
 *
 * <p>Nothing else is changed: batch, learning rates and weights are as they were.
 */
public final class RecipeLength {
    private static final String SCHEDULE = "schedule";

    private final double factor;
    private final int examples;
    private final Set<String> kept;

    private RecipeLength(double factor, int examples, Set<String> kept) {
        this.factor = factor;
        this.examples = examples;
        this.kept = kept;
    }

    /**
     * A recipe with another length.
     *
     * @param steps how long it shall be, >= 1
     * @param examples how many the data has
     * @param betweenCheckpoints the most steps from one checkpoint to the next, >= 1
     * @param kept settings that stay as they are, since the user chose them, such as {@code logEvery}
     */
    public static Recipe of(Recipe recipe, long steps, int examples, long betweenCheckpoints, Set<String> kept) {
        double factor = (double) steps / recipe.steps(examples);
        ObjectNode tree = RecipeYaml.object(RecipeYaml.tree(recipe));
        RecipeLength length = new RecipeLength(factor, examples, kept);
        tree.put("steps", steps);
        length.scaleInterval(tree, "logEvery", Integer.MAX_VALUE);
        length.scaleInterval(tree, "sampleEvery", Integer.MAX_VALUE);
        length.scaleInterval(tree, "checkpointEvery", betweenCheckpoints);
        length.scaleAverage(RecipeYaml.object(tree.path("average")));
        length.scaleSchedules(tree, "");
        return RecipeYaml.read(tree, RecipeType.of(recipe).record(), recipe.name());
    }

    private boolean isKept(String path) {
        return kept.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "."));
    }

    private void scaleInterval(ObjectNode tree, String name, long most) {
        long every = tree.path(name).asLong();
        if (every > 0 && !isKept(name)) { // 0 is no number of steps
            tree.put(name, (int) Math.min(Math.min(most, Integer.MAX_VALUE), scaled(every)));
        }
    }

    private void scaleAverage(ObjectNode average) {
        JsonNode decay = average.path("decay");
        if (decay.isNumber() && decay.asDouble() > 0 && !isKept("average.decay")) {
            average.put("decay", Math.pow(decay.asDouble(), 1 / factor));
        }
        JsonNode halfLife = average.path("halfLife");
        if (!isKept("average.halfLife")) {
            if (halfLife.isNumber()) {
                average.put("halfLife", halfLife.asDouble() * factor);
            }
            for (String number : new String[] {"from", "to", "value"}) {
                if (halfLife.path(number).isNumber()) {
                    RecipeYaml.object(halfLife)
                            .put(number, halfLife.path(number).asDouble() * factor);
                }
            }
        }
        long start = average.path("start").asLong();
        if (start > 0 && !isKept("average.start")) {
            average.put("start", scaled(start));
        }
    }

    private void scaleSchedules(ObjectNode section, String path) {
        if (section.has(SCHEDULE)) {
            scaleSchedule(section, path);
        }
        for (Map.Entry<String, JsonNode> entry : section.properties()) {
            String name = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            RecipeYaml.section(entry.getValue()).ifPresent(inner -> scaleSchedules(inner, name));
        }
    }

    private void scaleSchedule(ObjectNode schedule, String path) {
        boolean anyKept = kept.stream().anyMatch(each -> each.startsWith(path + ".")) || isKept(path);
        if (anyKept || !schedule.has("unit")) { // part of it in other units would make no sense
            return;
        }
        double unit = 1;
        if (schedule.path("unit").asText().equals("epochs")) {
            unit = examples;
            schedule.put("unit", "images");
        }
        for (String time : new String[] {"start", "end", "every"}) {
            long value = schedule.path(time).asLong();
            if (value > 0) { // an end of 0 is the training's end, a start of -1 is before its beginning
                schedule.put(time, Math.max(1, Math.round(value * unit * factor)));
            }
        }
        long end = schedule.path("end").asLong();
        if (end > 0) {
            schedule.put("end", Math.max(end, schedule.path("start").asLong() + 1));
        }
    }

    private long scaled(long steps) {
        return Math.max(1, Math.round(steps * factor));
    }
}
