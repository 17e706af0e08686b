package org.saddlepoint.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.saddlepoint.diagnostics.SymptomsTest.FACTS;
import static org.saddlepoint.diagnostics.SymptomsTest.found;
import static org.saddlepoint.diagnostics.SymptomsTest.from;
import static org.saddlepoint.diagnostics.SymptomsTest.readings;
import static org.saddlepoint.diagnostics.SymptomsTest.requireFailed;
import static org.saddlepoint.diagnostics.SymptomsTest.requireWarning;
import static org.saddlepoint.diagnostics.SymptomsTest.with;

import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What symptoms say of trainings that were ill from their first reading on, so that nothing better is there to compare with. */
class SymptomsFromTheBeginningTest {
    @Test
    void aCollapseThatWasThereFromTheBeginningIsFoundAndDoesNotHealByALittle() {
        BiConsumer<Integer, Map<Signal, Double>> narrow =
                from(0, Map.of(Signal.DIVERSITY, 0.14, Signal.COVERAGE, 0.02));
        requireFailed(readings(40, narrow), "mode-collapse");
        Signals wavering = readings(60, (i, values) -> {
            values.put(Signal.COVERAGE, 0.02);
            values.put(Signal.DIVERSITY, i < 40 ? 0.14 : 0.3);
        });
        requireFailed(wavering, "mode-collapse");
        assertThat(found(readings(60, (i, values) -> values.put(Signal.DIVERSITY, i < 40 ? 0.14 : 0.5))))
                .as("half as diverse as real examples is no collapse")
                .isEmpty();
        assertThat(found(readings(16, narrow)))
                .as("in early training all looks alike")
                .isEmpty();
        assertThat(found(readings(40, (i, values) -> {
                    values.put(Signal.COVERAGE, 0.02);
                    values.put(Signal.DIVERSITY, 0.02 + 0.005 * i);
                })))
                .as("diversity that rises")
                .isEmpty();
        assertThat(found(readings(40, (i, values) -> values.put(Signal.DIVERSITY, 0.3))))
                .as("moderately lower diversity from the beginning")
                .isEmpty();
    }

    @Test
    void fewKindsInTheFirstStepsAreWarnedOfAndFailLater() {
        BiConsumer<Integer, Map<Signal, Double>> alike = from(0, Map.of(Signal.DIVERSITY, 0.14, Signal.RANK, 0.1));
        requireWarning(readings(16, alike), "mode-collapse");
        requireFailed(readings(40, alike), "mode-collapse");
    }

    @Test
    void aGeneratorThatWandersWhileItComesNearerIsWarnedOf() {
        Map<Signal, Double> wandering = Map.of(Signal.MOVEMENT, 0.7, Signal.DISTANCE, 0.5);
        requireFailed(
                readings(60, (i, values) -> {
                    values.putAll(wandering);
                    values.put(Signal.AVERAGE_DISTANCE, 0.7 - 0.0025 * i);
                }),
                "oscillation");
        requireWarning(
                readings(60, (i, values) -> {
                    values.putAll(wandering);
                    values.put(Signal.DISTANCE, Math.max(0.5, 0.9 - 0.01 * i));
                }),
                "oscillation");
    }

    @Test
    void aGeneratorThatStandsStillFarFromTheDataGetsNoGradient() {
        Map<Signal, Double> still = Map.of(
                Signal.MOVEMENT, 0.001,
                Signal.DISTANCE, 0.8,
                Signal.AVERAGE_DISTANCE, 0.8,
                Signal.EVALUATION_DISTANCE, 0.8);
        requireFailed(readings(23, from(0, still)), "vanishing-gradient");
        assertThat(found(readings(FACTS.asCritic(true), 23, from(0, still)))).containsOnlyKeys("vanishing-gradient");
        assertThat(found(readings(23, from(0, with(still, Signal.MOVEMENT, 0.05)))))
                .as("slow, but on its way")
                .isEmpty();
        assertThat(found(readings(23, from(0, Map.of(Signal.MOVEMENT, 0.001)))))
                .as("it has arrived")
                .isEmpty();
    }
}
