package org.saddlepoint.lab;

import java.util.List;
import org.saddlepoint.plot.Figure;

/**
 * What an experiment found.
 *
 * @param claims each with its numbers, at least one, each with an id of its own
 * @param figure what to look at
 */
public record Findings(List<Claim> claims, Figure figure) {
    public Findings {
        claims = List.copyOf(claims);
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("claims must hold at least one claim but is empty");
        }
        if (claims.stream().map(Claim::id).distinct().count() < claims.size()) {
            throw new IllegalArgumentException("each claim needs an id of its own but the ids were "
                    + claims.stream().map(Claim::id).toList());
        }
    }

    Findings(Claims claims, Figure figure) {
        this(claims.all(), figure);
    }

    /** Whether all claims hold. */
    public boolean hold() {
        return claims.stream().allMatch(Claim::holds);
    }
}
