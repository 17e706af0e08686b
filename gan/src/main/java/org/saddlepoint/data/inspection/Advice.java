package org.saddlepoint.data.inspection;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to do about a finding.
 *
 * @param weight how much it would help, for the order: the share of pictures concerned, times how much each of them hurts
 * @param text what to do, such as {@code remove 12 exact copies}
 * @param command the command that does it; empty if there is none
 */
public record Advice(double weight, String text, Optional<String> command) {

    /** Advice that no command carries out. */
    static Advice byHand(double weight, String text) {
        return new Advice(weight, text, Optional.empty());
    }

    /** All advice, what helps most first; what one command does is one piece of advice. */
    static List<Advice> inOrder(List<Advice> all) {
        Map<String, Advice> merged = new LinkedHashMap<>();
        all.stream()
                .sorted(Comparator.comparingDouble(Advice::weight).reversed())
                .forEach(each -> merged.merge(
                        each.command().orElse("by hand: " + each.text()),
                        each,
                        (p, q) -> new Advice(p.weight() + q.weight(), p.text() + ", " + q.text(), p.command())));
        return merged.values().stream()
                .sorted(Comparator.comparingDouble(Advice::weight).reversed())
                .toList();
    }
}
