package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Experiments with one wrong ingredient. */
final class Broken {
    private Broken() {}

    /** Runs it and requires that at least the claims whose statements contain these words fail. */
    static void fails(Experiment broken, String... statements) {
        List<Claim> claims = broken.run(Laboratory.quick(0)).claims();
        for (String words : statements) {
            List<Claim> meant = claims.stream()
                    .filter(claim -> claim.statement().contains(words))
                    .toList();
            assertThat(meant).as("claims with the words \"" + words + "\"").isNotEmpty();
            assertThat(meant).as("all of these fail").noneMatch(Claim::holds);
        }
    }
}
