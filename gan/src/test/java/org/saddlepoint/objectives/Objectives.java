package org.saddlepoint.objectives;

import java.util.List;

/** All objectives: each new one is listed here and inherits the tests. */
final class Objectives {
    private Objectives() {}

    static List<AdversarialObjective> all() {
        return List.of(new MinimaxObjective(), new NonSaturatingObjective());
    }
}
