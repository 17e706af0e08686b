package org.saddlepoint.diagnostics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lets symptoms look at a training as it goes, and keeps what they found: live after each reading, and afterwards over the same
 * readings, with the same result.
 */
public final class Watch {
    /** A finding is gone after this many looks without it, so that it is not told again and again. */
    private static final int GONE = 3;

    private final List<Symptom> symptoms;
    private final Map<String, Integer> absent = new HashMap<>();
    private final Map<String, Episode> open = new LinkedHashMap<>();
    private final List<Episode> closed = new ArrayList<>();
    private final Map<String, Severity> told = new HashMap<>();

    /** A watch for these symptoms, in this order. */
    public Watch(List<Symptom> symptoms) {
        this.symptoms = List.copyOf(symptoms);
    }

    /**
     * Looks at a training.
     *
     * @return episodes that began at this look or got worse than ever; what comes back after it was gone is told once
     */
    public List<Episode> look(Signals signals) {
        List<Episode> news = new ArrayList<>();
        for (Symptom symptom : symptoms) {
            if (!symptom.appliesTo(signals.facts())) {
                continue;
            }
            Optional<Finding> found = symptom.look(signals);
            if (found.isPresent()) {
                absent.remove(symptom.id());
                add(found.get(), signals.step()).filter(this::isNews).ifPresent(news::add);
            } else {
                missing(symptom.id(), signals.step());
            }
        }
        return news;
    }

    private boolean isNews(Episode episode) {
        Severity now = episode.finding().severity();
        Severity before = told.get(episode.finding().symptom());
        if (before != null && now.compareTo(before) <= 0) {
            return false;
        }
        told.put(episode.finding().symptom(), now);
        return true;
    }

    private Optional<Episode> add(Finding finding, long step) {
        Episode known = open.get(finding.symptom());
        if (known != null && finding.severity().compareTo(known.finding().severity()) <= 0) {
            return Optional.empty();
        }
        Episode episode = new Episode(finding, known == null ? step : known.found(), OptionalLong.empty());
        open.put(finding.symptom(), episode);
        return Optional.of(episode);
    }

    private void missing(String symptom, long step) {
        Episode known = open.get(symptom);
        if (known != null && absent.merge(symptom, 1, Integer::sum) >= GONE) {
            open.remove(symptom);
            absent.remove(symptom);
            closed.add(new Episode(known.finding(), known.found(), OptionalLong.of(step)));
        }
    }

    /** All episodes, by the step at which they were found. */
    public List<Episode> episodes() {
        List<Episode> all = new ArrayList<>(closed);
        all.addAll(open.values());
        all.sort(java.util.Comparator.comparingLong(Episode::found));
        return all;
    }

    /** The episodes that last, the gravest first, else by the order of symptoms. */
    public List<Episode> open() {
        List<Episode> all = new ArrayList<>();
        for (Symptom symptom : symptoms) {
            Episode episode = open.get(symptom.id());
            if (episode != null) {
                all.add(episode);
            }
        }
        all.sort(java.util.Comparator.comparing((Episode each) -> each.finding().severity())
                .reversed());
        return all;
    }
}
