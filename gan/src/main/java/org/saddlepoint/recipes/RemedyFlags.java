package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.diagnostics.Remedy;

/** How a {@link Remedy} is written for a recipe: settings as {@code --set} takes them. */
public final class RemedyFlags {
    private static final Set<String> SCALED = Set.of("from", "to", "value");

    private final JsonNode tree;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private RemedyFlags(JsonNode tree) {
        this.tree = tree;
    }

    /**
     * The settings of a remedy.
     *
     * @return by name; empty where the recipe has nothing to change for it, or has it already
     */
    public static Map<String, String> of(Recipe recipe, Remedy remedy) {
        RemedyFlags flags = new RemedyFlags(RecipeYaml.tree(recipe));
        flags.apply(remedy);
        try {
            RecipeSettings.of(recipe).set(flags.settings).recipe();
            return flags.settings;
        } catch (RecipeException unfit) { // such as a translator, which has no latents
            return Map.of();
        }
    }

    /** The lower of both players' learning rates, over that of another recipe. */
    public static double rateShare(Recipe recipe, Recipe begun) {
        RemedyFlags now = new RemedyFlags(RecipeYaml.tree(recipe));
        RemedyFlags then = new RemedyFlags(RecipeYaml.tree(begun));
        return Math.min(
                now.rate("generatorOptimizer") / then.rate("generatorOptimizer"),
                now.rate("discriminatorOptimizer") / then.rate("discriminatorOptimizer"));
    }

    private void apply(Remedy remedy) {
        switch (remedy) {
            case LOWER_RATES -> rates(0.5);
            case MUCH_LOWER_RATES -> rates(0.1);
            case BALANCE_RATES -> balance();
            case FASTER_DISCRIMINATOR -> faster();
            case FASTER_GENERATOR ->
                scale(
                        "generatorOptimizer",
                        rate("generatorOptimizer") < rate("discriminatorOptimizer")
                                ? rate("discriminatorOptimizer") / rate("generatorOptimizer")
                                : 10);
            case LOOSER_CONSTRAINT -> loosen();
            case MORE_DISCRIMINATOR_STEPS -> number("updates.discriminatorSteps", steps() == 1 ? 3 : 2 * steps());
            case FEWER_DISCRIMINATOR_STEPS -> number("updates.discriminatorSteps", Math.max(1, steps() / 3));
            case LESS_MOMENTUM -> momentum();
            case ADD_R1 -> r1();
            case RELATIVISTIC -> {
                settings.put("objective.loss", "relativistic-paired");
                if (tree.path("constraints").isEmpty()) {
                    r1();
                }
            }
            case NON_SATURATING -> settings.put("objective.loss", "non-saturating");
            case ADD_NOISE ->
                settings.put(
                        tree.path("views").isEmpty() ? "views" : "views.noise",
                        tree.path("views").isEmpty() ? "{noise: " + noise() + "}" : noise());
            case AUGMENT ->
                settings.put(
                        tree.path("views").isEmpty() ? "views" : "views.augment",
                        tree.path("views").isEmpty() ? "{augment: " + augment() + "}" : augment());
            case LARGER_BATCH ->
                number(
                        "updates.batchSize",
                        Math.max(32, 2 * tree.path("updates").path("batchSize").asInt()));
            case ADD_AVERAGE -> {
                settings.put("average.decay", "0.995");
                settings.put("average.warmUp", "true");
            }
            case FASTER_AVERAGE -> {
                settings.put("average.halfLife", "0");
                settings.put("average.decay", "0.99");
                settings.put("average.start", "0");
                settings.put("average.warmUp", "true");
            }
            case COPY_BUFFERS -> settings.put("average.buffers", "copied");
            case NEAREST_UPSAMPLING -> settings.put("generator.upsampling", "nearest");
            case MODE_SEEKING -> settings.put("regularizers", "{modes: {method: mode-seeking, weight: 0.1, every: 1}}");
            case STRONGER_LABEL -> label();
            case FEWER_VIEWS -> settings.put("views", "{}");
            case OTHER_INITIAL_WEIGHTS -> {
                settings.put("generator.weights.scheme", "kaiming-uniform");
                settings.put("discriminator.weights.scheme", "kaiming-uniform");
            }
            case LEAKY -> settings.put("discriminator.slope", "0.2");
            case MORE_ADVERSARIAL -> adversarial(2);
            case LESS_ADVERSARIAL -> adversarial(0.5);
            case MEND_DATA, STOP -> {} // nothing that a recipe says
        }
    }

    private void adversarial(double factor) {
        settings.put(
                "weights.generator",
                number(RecipeFacts.first(tree.path("weights").path("generator")) * factor));
    }

    private int steps() {
        return tree.path("updates").path("discriminatorSteps").asInt(1);
    }

    private void number(String setting, int value) {
        settings.put(setting, Integer.toString(value));
    }

    private void rates(double factor) {
        scale("generatorOptimizer", factor);
        scale("discriminatorOptimizer", factor);
    }

    private void balance() {
        double generator = rate("generatorOptimizer");
        double discriminator = rate("discriminatorOptimizer");
        scale("generatorOptimizer", Math.min(1, discriminator / generator));
        scale("discriminatorOptimizer", Math.min(1, generator / discriminator));
    }

    private void faster() {
        scale("discriminatorOptimizer", Math.max(2, rate("generatorOptimizer") / rate("discriminatorOptimizer")));
    }

    private double rate(String player) {
        return RecipeFacts.first(tree.path(player).path("learningRate"));
    }

    /** Multiplies a learning rate, and of a schedule both ends. */
    private void scale(String player, double factor) {
        JsonNode rate = tree.path(player).path("learningRate");
        if (factor == 1) {
            return;
        }
        if (rate.isNumber()) {
            settings.put(player + ".learningRate", number(rate.asDouble() * factor));
        }
        for (Map.Entry<String, JsonNode> part : rate.properties()) {
            if (SCALED.contains(part.getKey()) && part.getValue().asDouble() > 0) {
                settings.put(
                        player + ".learningRate." + part.getKey(),
                        number(part.getValue().asDouble() * factor));
            }
        }
    }

    private void momentum() {
        for (String player : new String[] {"generatorOptimizer", "discriminatorOptimizer"}) {
            String name = tree.path(player).has("beta1") ? "beta1" : "momentum";
            if (tree.path(player).has(name)) {
                settings.put(player + "." + name, "0");
            }
        }
    }

    /** Arjovsky et al. (2017) clip at 0.01. */
    private void loosen() {
        for (Map.Entry<String, JsonNode> constraint : tree.path("constraints").properties()) {
            String name = "constraints." + constraint.getKey();
            JsonNode bound = constraint.getValue().path("bound");
            double weight = RecipeFacts.first(constraint.getValue().path("weight"));
            if (bound.isNumber()) {
                settings.put(name + ".bound", number(Math.max(0.01, 10 * bound.asDouble())));
            } else if (constraint.getValue().path("weight").isNumber() && weight > 0) {
                settings.put(name + ".weight", number(weight / 5));
            }
        }
    }

    /** γ/2 = 0.05 for points and 5 for pictures; gradient penalties need D without batch normalization. */
    private void r1() {
        boolean points = tree.path("generator").path("family").asText().equals("mlp")
                && tree.path("images").path("size").asInt() == 0
                && !tree.path("generator").has("width");
        String penalty =
                "{method: gradient-penalty, points: {at: real}, weight: " + (points ? "0.05" : "5") + ", target: 0}";
        if (tree.path("constraints").isEmpty()) {
            settings.put("constraints", "{r1: " + penalty + "}");
        } else {
            settings.put("constraints.r1", penalty);
        }
        if (tree.path("discriminator").path("normalization").asText().equals("batch")) {
            settings.put("discriminator.normalization", "none");
        }
    }

    /** A classifier teaches G by its weight; other ways give place to projection (Miyato and Koyama 2018). */
    private void label() {
        JsonNode conditioning = tree.path("conditioning");
        if (conditioning.path("discriminator").path("way").asText().equals("auxiliary-classifier")) {
            double weight =
                    RecipeFacts.first(conditioning.path("classification").path("generator"));
            settings.put("conditioning.classification.generator", number(Math.max(1, 2 * weight)));
        } else {
            settings.put("conditioning.discriminator.way", "projection");
        }
    }

    private static String noise() {
        return "{view: instance-noise, deviation: {schedule: linear, from: 0.2}}";
    }

    private static String augment() {
        return "{view: diff-augment, color: true, translation: true, cutout: false}";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
