package org.saddlepoint.cli;

import java.util.Arrays;
import java.util.List;
import org.saddlepoint.lab.Experiment;
import org.saddlepoint.lab.ExperimentSettings;
import org.saddlepoint.lab.Experiments;
import org.saddlepoint.studio.lab.LabExperiment;

/** The experiments of {@code lab} as the studio shows them. */
final class LabCatalogue {
    private LabCatalogue() {}

    static List<LabExperiment> all() {
        return Experiments.all().stream().map(LabCatalogue::shown).toList();
    }

    private static LabExperiment shown(Experiment experiment) {
        return new LabExperiment(
                experiment.name(),
                experiment.title(),
                experiment.explanation(),
                ExperimentSettings.of(experiment).stream()
                        .map(LabCatalogue::setting)
                        .toList());
    }

    private static LabExperiment.Setting setting(ExperimentSettings.Value setting) {
        LabExperiment.Kind kind = setting.type().isEnum()
                ? LabExperiment.Kind.WORD
                : setting.type() == int.class ? LabExperiment.Kind.WHOLE : LabExperiment.Kind.NUMBER;
        List<String> words = kind == LabExperiment.Kind.WORD
                ? Arrays.stream(setting.type().getEnumConstants())
                        .map(String::valueOf)
                        .toList()
                : List.of();
        return new LabExperiment.Setting(
                LabCommand.option(setting.name()), setting.description(), kind, words, String.valueOf(setting.value()));
    }
}
