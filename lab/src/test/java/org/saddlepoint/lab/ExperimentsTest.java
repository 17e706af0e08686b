package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.testing.MainClasses;

class ExperimentsTest {
    static List<Experiment> all() {
        return Experiments.all();
    }

    @Test
    void everyExperimentIsListedUnderANameOfItsOwn() {
        assertThat(all().stream().<Class<?>>map(Object::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(MainClasses.implementationsOf(Experiment.class));
        assertThat(all().stream().map(Experiment::name).distinct()).hasSameSizeAs(all());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyExperimentIsExplained(Experiment experiment) {
        assertThat(experiment.explanation())
                .as("every setting that it names exists, and the symbols are those of the figures")
                .hasSizeGreaterThan(800)
                .doesNotContain("{", "}", "theta", "sigma", "gamma", "zeta", " seed")
                .doesNotStartWith("#");
        assertThat(experiment.title()).doesNotContain("theta", "zeta");
    }

    @Test
    void anExplanationStatesTheSettings() {
        Experiment other = ExperimentSettings.with(ModeCollapse.DEFAULT, Map.of("units", 48));
        assertThat(other.explanation()).contains("three layers of 48 units");
    }

    /** An experiment without a file. */
    private record Unexplained() implements Experiment {
        @Override
        public String name() {
            return "unexplained";
        }

        @Override
        public String title() {
            return "has no explanation";
        }

        @Override
        public Findings run(Laboratory laboratory) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(new Unexplained()::explanation)
                .withMessageContaining("Unexplained.md is missing");
    }
}
