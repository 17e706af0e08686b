package org.saddlepoint.lab;

import java.util.List;
import org.saddlepoint.run.Figure;

/**
 * What an experiment found.
 *
 * @param claims each with its numbers, at least one
 * @param figure what to look at
 * @param explanation Markdown for a reader who knows none of the papers: what was done, what the figure shows, why it is
 *     so; without a heading
 */
public record Findings(List<Claim> claims, Figure figure, String explanation) {
    public Findings {
        claims = List.copyOf(claims);
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("claims must hold at least one claim but is empty");
        }
        if (explanation.isBlank()) {
            throw new IllegalArgumentException("explanation must not be blank");
        }
    }

    /** Whether all claims hold. */
    public boolean hold() {
        return claims.stream().allMatch(Claim::holds);
    }
}
