package org.saddlepoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.diagnostics.Cause;
import org.saddlepoint.diagnostics.Episode;
import org.saddlepoint.diagnostics.Remedy;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RemedyFlags;

/**
 * What a run does about a finding: it goes on from a checkpoint with changed settings.
 *
 * @param foundAt the step at which the finding was made
 * @param from the step of the checkpoint
 * @param symptom what was found
 * @param remedy in words
 * @param settings as {@code resume --override} takes them, at least one
 */
public record Remediation(long foundAt, long from, String symptom, String remedy, Map<String, String> settings) {
    /** How often one run acts. */
    public static final int MOST = 3;

    /** The least share of its first learning rate that a run adapts to. */
    private static final double LEAST_RATE = 0.1;

    private static final int MOST_DISCRIMINATOR_STEPS = 8;

    public Remediation {
        settings = new LinkedHashMap<>(settings);
    }

    /**
     * The first remedy of the causes, in their order, that a training can take on its way: one that changes neither networks nor
     * averages, since a checkpoint holds theirs.
     *
     * @param from the step to go on from
     * @param begun the recipe that the run began with, by which bounds are
     */
    static Optional<Remediation> of(long foundAt, long from, Episode episode, Recipe recipe, Recipe begun) {
        for (Cause cause : episode.finding().causes()) {
            for (Remedy remedy : cause.remedies()) {
                Map<String, String> settings = RemedyFlags.of(recipe, remedy);
                if (!settings.isEmpty()
                        && settings.keySet().stream().allMatch(Remediation::isLive)
                        && isWithin(RemedyFlags.rateShare(recipe, begun), remedy, settings)) {
                    return Optional.of(
                            new Remediation(foundAt, from, episode.finding().symptom(), remedy.words(), settings));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isLive(String setting) {
        return !setting.startsWith("generator.")
                && !setting.startsWith("discriminator.")
                && !setting.startsWith("average")
                && !setting.startsWith("conditioning");
    }

    private static boolean isWithin(double rateShare, Remedy remedy, Map<String, String> settings) {
        boolean lowers = remedy == Remedy.LOWER_RATES || remedy == Remedy.MUCH_LOWER_RATES;
        int steps = Integer.parseInt(settings.getOrDefault("updates.discriminatorSteps", "1"));
        return !(lowers && rateShare <= LEAST_RATE) && steps <= MOST_DISCRIMINATOR_STEPS;
    }

    /** One line for people. */
    public String line() {
        StringBuilder flags = new StringBuilder();
        settings.forEach((name, value) -> flags.append(flags.isEmpty() ? "" : ", ")
                .append(name)
                .append(" = ")
                .append(value));
        return "going on from step " + from + " because of " + symptom + ", with " + remedy + ": " + flags;
    }
}
