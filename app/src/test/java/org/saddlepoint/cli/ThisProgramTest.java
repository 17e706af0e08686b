package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.saddlepoint.lab.Experiments;
import org.saddlepoint.studio.lab.LabExperiment;

/** Commands that the program gives itself. */
class ThisProgramTest {
    @Test
    void settingsOfJavaStandBehindThoseOfThisProcessAndBeforeTheProgram() {
        List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments();
        List<String> command = ThisProgram.command(ThisProgram.settings("-Xms96m,-Xmn48m"), List.of("train", "a b"));
        assertThat(command.get(0)).contains("java");
        assertThat(command.subList(1, 1 + own.size())).isEqualTo(own);
        assertThat(command.subList(1 + own.size(), command.size()))
                .containsExactly(
                        "-Xms96m",
                        "-Xmn48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.saddlepoint.cli.Main",
                        "train",
                        "a b");
        assertThat(ThisProgram.settings("")).isEmpty();
    }

    @Test
    void theStudioShowsEveryExperimentWithTheOptionsOfItsCommand() {
        List<LabExperiment> shown = LabCatalogue.all();
        assertThat(shown)
                .extracting(LabExperiment::name)
                .containsExactlyElementsOf(Experiments.all().stream()
                        .map(experiment -> experiment.name())
                        .toList());
        for (LabExperiment experiment : shown) {
            var command = LabCommand.create().getSubcommands().get(experiment.name());
            for (LabExperiment.Setting setting : experiment.settings()) {
                assertThat(command.getCommandSpec().findOption(setting.option()))
                        .as(experiment.name() + " " + setting.option())
                        .isNotNull();
                assertThat(setting.value()).isNotBlank();
                assertThat(setting.words().isEmpty()).isEqualTo(setting.kind() != LabExperiment.Kind.WORD);
            }
        }
        assertThat(shown.stream()
                        .mapToLong(experiment -> experiment.settings().size())
                        .sum())
                .isGreaterThan(16);
    }
}
