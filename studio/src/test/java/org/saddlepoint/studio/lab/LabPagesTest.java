package org.saddlepoint.studio.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.studio.runs.Jobs;
import org.saddlepoint.studio.runs.RunsFolder;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.RefusedException;

/** Which command an experiment becomes. */
class LabPagesTest {
    @TempDir
    private Path runs;

    private List<String> words(String body) {
        Jobs jobs = new Jobs(arguments -> List.of("true"));
        LabPages pages = new LabPages(new RunsFolder(runs), jobs, List.of(Experiments.LINES));
        return pages.words(Experiments.LINES, Json.read(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void onlySettingsThatAreChangedAreSaid() {
        assertThat(
                        words(
                                "{\"quick\":true,\"seed\":3,\"settings\":{\"--theta\":\"-2.5e-1\",\"--steps\":\"100\",\"--bend\":\"TANH\"}}"))
                .containsExactly(
                        "lab",
                        "parallel-lines",
                        "--theta=-2.5e-1",
                        "--bend=TANH",
                        "--quick",
                        "--seed=3",
                        "--out=" + runs.resolve(".lab"));
        assertThat(words("{}")).doesNotContain("--quick").hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "--theta, two, a number",
        "--theta, NaN, a number",
        "--steps, 1.5, a whole number",
        "--steps, '1 --out=/tmp', a whole number",
        "--bend, SIGMOID, 'one of [RELU, TANH]'"
    })
    void valuesThatDoNotFitAreRefused(String option, String value, String expected) {
        assertThatThrownBy(() -> words("{\"settings\":{\"" + option + "\":\"" + value + "\"}}"))
                .isInstanceOf(RefusedException.class)
                .hasMessage(option + " must be " + expected + " but was \"" + value + "\"");
    }
}
