package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Experiments with one wrong ingredient. */
final class Broken {
    private Broken() {}

    /**
     * Runs the experiment and requires that at least these claims fail.
     *
     * @param ids of the claims
     */
    static void fails(Experiment broken, String... ids) {
        List<Claim> claims = broken.run(Laboratory.quick(0)).claims();
        for (String id : ids) {
            assertThat(claims).as("claims with the id " + id).anyMatch(claim -> claim.id()
                    .equals(id));
            assertThat(claims).as(id + " fails").noneMatch(claim -> claim.id().equals(id) && claim.holds());
        }
    }
}
