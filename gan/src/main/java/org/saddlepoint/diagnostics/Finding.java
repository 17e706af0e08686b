package org.saddlepoint.diagnostics;

import java.util.List;
import java.util.Locale;

/**
 * What a symptom says of a training.
 *
 * @param symptom the symptom's id
 * @param severity how bad it is
 * @param since the first step at which it is seen
 * @param what is the case, in a clause with numbers
 * @param evidence that it rests on, at least one
 * @param causes the likeliest first, at least one
 */
public record Finding(
        String symptom, Severity severity, long since, String what, List<Evidence> evidence, List<Cause> causes) {
    public Finding {
        evidence = List.copyOf(evidence);
        causes = List.copyOf(causes);
        if (evidence.isEmpty() || causes.isEmpty()) {
            throw new IllegalArgumentException("a finding needs evidence and a cause but was " + symptom);
        }
    }

    /**
     * One line for people.
     *
     * @param step at which it was found
     */
    public String line(long step) {
        Cause likely = causes.get(0);
        return String.format(
                Locale.ROOT,
                "step %,d: %s%s; likely cause: %s%s",
                step,
                what,
                since < step ? String.format(Locale.ROOT, ", since step %,d", since) : "",
                likely.words(),
                likely.remedies().isEmpty()
                        ? ""
                        : "; try: " + likely.remedies().get(0).words());
    }

    /** The same as severe as this. */
    public Finding as(Severity other) {
        return new Finding(symptom, other, since, what, evidence, causes);
    }
}
