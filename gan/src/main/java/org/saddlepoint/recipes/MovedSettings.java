package org.saddlepoint.recipes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.saddlepoint.input.ShellWord;

/** What settings of earlier formats are now, for those who still write them; {@link RecipeUpgrades} brings recipes along. */
final class MovedSettings {
    /** Rates followed a schedule beside them; each is a number or a schedule now. */
    private static final Now RATES = new Now(
            List.of("generatorOptimizer.learningRate", "discriminatorOptimizer.learningRate"),
            ", each a number or a schedule, such as {schedule: linear, from: 0.0002, to: 0, start: 0, end: 0, unit: steps}");

    /**
     * What a setting became.
     *
     * @param settings that it is now
     * @param how they say it, where that is not the same value
     */
    private record Now(List<String> settings, String how) {
        static Now renamed(String setting) {
            return new Now(List.of(setting), "");
        }

        /** @param value an entry of this name in the setting {@code views} */
        static Now view(String value) {
            return new Now(List.of("views"), ", as in --set " + ShellWord.quote("views={" + value + "}"));
        }
    }

    private static final Map<String, Now> MOVED = table();

    private MovedSettings() {}

    private static Map<String, Now> table() {
        Map<String, Now> table = new LinkedHashMap<>();
        table.put("batchSize", Now.renamed("updates.batchSize"));
        table.put("discriminatorSteps", Now.renamed("updates.discriminatorSteps"));
        table.put("averageDecay", Now.renamed("average.decay"));
        table.put("learningRates", RATES);
        table.put("schedule", RATES);
        table.put("instanceNoise", Now.view("noise: {view: instance-noise, deviation: 0.1}"));
        table.put("images.dequantize", Now.view("dequantize: {view: dequantization}"));
        return table;
    }

    /** Those beside {@code network}, whose settings {@link SplitNetwork} knows. */
    static Set<String> names() {
        return MOVED.keySet();
    }

    /**
     * {@code "; network.width is now generator.width and discriminator.width"}, or nothing where it was no setting of an
     * earlier format.
     *
     * @param key a setting that there is not, such as {@code network.width}
     * @param exists whether a recipe has a setting
     */
    static String hint(String key, Predicate<String> exists) {
        if (isWithin(key, SplitNetwork.SECTION)) {
            List<String> parts = SplitNetwork.now(key).stream().filter(exists).toList();
            return parts.isEmpty()
                    ? said(SplitNetwork.SECTION, SplitNetwork.now(SplitNetwork.SECTION), "")
                    : said(key, parts, "");
        }
        return MOVED.entrySet().stream()
                .filter(entry -> isWithin(key, entry.getKey()))
                .filter(entry -> entry.getValue().settings().stream().anyMatch(exists))
                .map(entry -> said(
                        entry.getKey(),
                        entry.getValue().settings(),
                        entry.getValue().how()))
                .findFirst()
                .orElse("");
    }

    private static boolean isWithin(String key, String section) {
        return key.equals(section) || key.startsWith(section + ".");
    }

    private static String said(String before, List<String> now, String how) {
        return "; " + before + " is now " + String.join(" and ", now) + how;
    }
}
