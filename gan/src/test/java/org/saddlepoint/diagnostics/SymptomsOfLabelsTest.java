package org.saddlepoint.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.saddlepoint.diagnostics.SymptomsTest.found;
import static org.saddlepoint.diagnostics.SymptomsTest.from;
import static org.saddlepoint.diagnostics.SymptomsTest.readings;
import static org.saddlepoint.diagnostics.SymptomsTest.requireWarning;
import static org.saddlepoint.diagnostics.SymptomsTest.with;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What symptoms say of labels, by how samples change with them and which real examples they come near. */
class SymptomsOfLabelsTest {
    @Test
    void labelsThatSayNothingAndLabelsThatAreNotObeyed() {
        Map<Signal, Double> shuffled = Map.of(Signal.DATA_LABEL_MATCH, 0.11, Signal.LABEL_CHANCE, 0.1);
        requireWarning(readings(20, from(0, shuffled)), "data-fault");
        Map<Signal, Double> sound = Map.of(
                Signal.DATA_LABEL_MATCH, 0.85,
                Signal.LABEL_CHANCE, 0.1,
                Signal.LABEL_MATCH, 0.12,
                Signal.DISTANCE, 0.2,
                Signal.AVERAGE_DISTANCE, 0.2,
                Signal.EVALUATION_DISTANCE, 0.2);
        assertThat(found(readings(60, from(10, sound))).get("ignored-label").severity())
                .isEqualTo(Severity.WARNING);
        assertThat(found(readings(60, from(10, with(sound, Signal.LABEL_MATCH, 0.5)))))
                .doesNotContainKey("ignored-label");
        assertThat(found(readings(60, from(10, with(sound, Signal.DISTANCE, 0.9)))))
                .as("far from the data the nearest example says nothing")
                .doesNotContainKey("ignored-label");
        Map<Signal, Double> weak = with(with(sound, Signal.DISTANCE, 0.9), Signal.LABEL_EFFECT, 0.15);
        assertThat(found(readings(60, from(10, weak))).get("ignored-label").severity())
                .as("unless the label itself hardly changes them")
                .isEqualTo(Severity.WARNING);
        assertThat(found(readings(25, from(10, weak)))).as("yet").doesNotContainKey("ignored-label");
    }
}
