package org.saddlepoint.diagnostics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is said of a training.
 *
 * @param signals that it rests on
 * @param verdict in all
 * @param open what lasts, the gravest first
 * @param episodes all that was found, in order
 * @param ruledOut symptoms that were looked for and not found
 * @param unknown symptoms that could not be looked for, with what is missing
 */
public record Diagnosis(
        Signals signals,
        Verdict verdict,
        List<Episode> open,
        List<Episode> episodes,
        List<Symptom> ruledOut,
        List<Unknown> unknown) {
    /** What is said in all. */
    public enum Verdict {
        /** Nothing was found, or only advice. */
        HEALTHY,
        /** Something is wrong that may heal. */
        AILING,
        /** The training has failed. */
        FAILED,
        /** There is too little to say anything. */
        UNKNOWN;

        /** In files and sentences. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A symptom that could not be looked for.
     *
     * @param missing what is missing, in words
     */
    public record Unknown(Symptom symptom, String missing) {}

    public Diagnosis {
        open = List.copyOf(open);
        episodes = List.copyOf(episodes);
        ruledOut = List.copyOf(ruledOut);
        unknown = List.copyOf(unknown);
    }

    /** Looks at a training from its beginning, as a watch did or would have done. */
    public static Diagnosis of(Signals signals, List<Symptom> symptoms) {
        Watch watch = new Watch(symptoms);
        History.replay(signals, watch);
        Set<String> found = new HashSet<>();
        watch.episodes().forEach(episode -> found.add(episode.finding().symptom()));
        List<Symptom> ruledOut = new ArrayList<>();
        List<Unknown> unknown = new ArrayList<>();
        boolean losses = signals.discriminatorLoss().size() >= 20
                || signals.generatorLoss().size() >= 20;
        for (Symptom symptom : symptoms) {
            if (!symptom.appliesTo(signals.facts()) || found.contains(symptom.id())) {
                continue;
            }
            Signal[] needs = symptom.needs().toArray(new Signal[0]);
            if (signals.has(needs) || (symptom.seesLosses() && losses)) {
                ruledOut.add(symptom);
            } else {
                List<String> missing = Arrays.stream(needs)
                        .filter(signal -> !signals.has(signal))
                        .sorted()
                        .map(Signal::words)
                        .toList();
                unknown.add(new Unknown(symptom, String.join(", ", missing)));
            }
        }
        return new Diagnosis(
                signals, verdict(watch.open(), !ruledOut.isEmpty()), watch.open(), watch.episodes(), ruledOut, unknown);
    }

    private static Verdict verdict(List<Episode> open, boolean looked) {
        Severity worst = open.stream()
                .map(episode -> episode.finding().severity())
                .max(java.util.Comparator.naturalOrder())
                .orElse(Severity.ADVICE);
        return switch (worst) {
            case FAILED -> Verdict.FAILED;
            case WARNING -> Verdict.AILING;
            case ADVICE -> looked || !open.isEmpty() ? Verdict.HEALTHY : Verdict.UNKNOWN;
        };
    }

    /** The verdict in one line. */
    public String line() {
        return switch (verdict) {
            case HEALTHY ->
                "healthy" + (signals.readings().isEmpty() ? ", as far as losses show" : "")
                        + (open.isEmpty() ? "" : "; " + open.get(0).finding().what());
            case AILING, FAILED -> verdict.word() + ": " + open.get(0).finding().what();
            case UNKNOWN -> "nothing can be said: there are no readings, and fewer than 20 losses";
        };
    }
}
