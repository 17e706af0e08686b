package org.saddlepoint.studio.play;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.input.Require;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.LeastSquaresObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;

/**
 * What a game in the plane is played by.
 *
 * @param data a word of {@link PlayData}, or {@code drawn}
 * @param drawn points that the user drew, x and y in turn; only of {@code drawn}
 * @param objective a word of {@link #objectives}
 * @param constraint a word of {@link #constraints}, or {@code none}
 * @param weight of a penalty, or the bound of clipping; others have none
 * @param criticSteps updates of D for one of G, in [1, 20]
 * @param generatorRate learning rate of Adam, in [0, 1]
 * @param discriminatorRate learning rate of Adam, in [0, 1]
 * @param width units of each of the two hidden layers, in [4, 256]
 * @param seed of weights and latents
 */
record PlaySettings(
        String data,
        List<Float> drawn,
        String objective,
        String constraint,
        double weight,
        int criticSteps,
        double generatorRate,
        double discriminatorRate,
        int width,
        long seed) {
    static final String NONE = "none";
    private static final int MOST_DRAWN = 4000;

    private static final Map<String, AdversarialObjective> OBJECTIVES = new LinkedHashMap<>();
    private static final Map<String, DoubleFunction<Constraint>> CONSTRAINTS = new LinkedHashMap<>();

    static {
        OBJECTIVES.put("non-saturating", new NonSaturatingObjective());
        OBJECTIVES.put("minimax", new MinimaxObjective());
        OBJECTIVES.put("wasserstein", new WassersteinObjective());
        OBJECTIVES.put("hinge", new HingeObjective());
        OBJECTIVES.put("least-squares", LeastSquaresObjective.BINARY);
        CONSTRAINTS.put("weight-clipping", WeightClipping::new);
        CONSTRAINTS.put("gradient-penalty", GradientPenalty::wganGp);
        CONSTRAINTS.put("r1", GradientPenalty::r1);
        CONSTRAINTS.put("spectral-normalization", unused -> new SpectralNormalization(1, 15));
        CONSTRAINTS.put("gradient-normalization", unused -> GradientNormalization.PAPER);
    }

    PlaySettings {
        drawn = List.copyOf(drawn);
        Require.that(OBJECTIVES.containsKey(objective), "objective", "one of " + objectives(), objective);
        Require.that(
                constraint.equals(NONE) || CONSTRAINTS.containsKey(constraint),
                "constraint",
                "one of " + constraints(),
                constraint);
        Require.within(0, 1000, "weight", weight);
        Require.within(1, 20, "criticSteps", criticSteps);
        Require.within(0, 1, "generatorRate", generatorRate);
        Require.within(0, 1, "discriminatorRate", discriminatorRate);
        Require.within(4, 256, "width", width);
        PlayData.require(data, drawn);
        DoubleFunction<Constraint> made = CONSTRAINTS.get(constraint);
        if (made != null) {
            var unused = made.apply(weight); // refuses a weight that this constraint cannot have
        }
    }

    /** @throws IllegalArgumentException if a value is out of its bounds */
    static PlaySettings read(JsonNode json) {
        List<Float> drawn = new ArrayList<>();
        for (JsonNode number : json.path("drawn")) {
            if (drawn.size() < MOST_DRAWN) {
                drawn.add((float) number.asDouble());
            }
        }
        return new PlaySettings(
                json.path("data").asText("ring8"),
                drawn,
                json.path("objective").asText("non-saturating"),
                json.path("constraint").asText(NONE),
                json.path("weight").asDouble(1),
                json.path("criticSteps").asInt(1),
                json.path("generatorRate").asDouble(1e-3),
                json.path("discriminatorRate").asDouble(1e-3),
                json.path("width").asInt(64),
                json.path("seed").asLong(0));
    }

    static List<String> objectives() {
        return List.copyOf(OBJECTIVES.keySet());
    }

    static List<String> constraints() {
        List<String> words = new ArrayList<>(List.of(NONE));
        words.addAll(CONSTRAINTS.keySet());
        return words;
    }

    AdversarialObjective game() {
        AdversarialObjective found = OBJECTIVES.get(objective);
        if (found == null) {
            throw new IllegalStateException(objective);
        }
        return found;
    }

    /** The constraint of D under its word; empty if there is none. */
    Map<String, Constraint> constraintOfD() {
        DoubleFunction<Constraint> made = CONSTRAINTS.get(constraint);
        return made == null ? Map.of() : Map.of(constraint, made.apply(weight));
    }

    /** Whether the players of one can go on under the other: all but the networks and the data may differ. */
    boolean hasNetworksOf(PlaySettings other) {
        return width == other.width && seed == other.seed;
    }
}
