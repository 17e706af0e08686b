package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.saddlepoint.lab.Experiment;
import org.saddlepoint.lab.ExperimentSettings;
import org.saddlepoint.lab.Experiments;
import org.saddlepoint.lab.Findings;
import org.saddlepoint.lab.Laboratory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code lab}: theorems, figures and claims of the literature, each a command with the settings of its experiment. */
@Command(
        name = "lab",
        description = {
            "Shows what theory says and checks it: each experiment draws a figure and measures its claims.",
            "",
            "The exit code is 1 if a claim does not hold."
        },
        sortOptions = false,
        synopsisSubcommandLabel = "EXPERIMENT")
final class LabCommand implements Runnable {
    @CommandLine.Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command with a command below it for each experiment, and one for all. */
    static CommandLine create() {
        CommandLine lab = new CommandLine(new LabCommand());
        for (Experiment experiment : Experiments.all()) {
            Run run = new Run(List.of(experiment));
            CommandSpec command = CommandSpec.forAnnotatedObject(run).name(experiment.name());
            command.usageMessage().description(experiment.title());
            ExperimentSettings.of(experiment).forEach(setting -> command.addOption(option(setting)));
            lab.addSubcommand(experiment.name(), command);
        }
        CommandSpec all =
                CommandSpec.forAnnotatedObject(new Run(Experiments.all())).name("all");
        all.usageMessage().description("every experiment with its own settings, one after another");
        lab.addSubcommand("all", all);
        return lab;
    }

    /** {@code gradientSteps} becomes {@code --gradient-steps}. */
    static String option(String component) {
        return "--" + component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static OptionSpec option(ExperimentSettings.Value setting) {
        return OptionSpec.builder(option(setting.name()))
                .type(setting.type())
                .paramLabel(setting.type() == int.class ? "N" : setting.type().isEnum() ? "WORD" : "X")
                .description(setting.description()
                        + (setting.type().isEnum() ? ": ${COMPLETION-CANDIDATES}" : "")
                        + " (default: " + setting.value() + ").")
                .build();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** One experiment, or several. */
    @Command(sortOptions = false)
    static final class Run implements Callable<Integer> {
        private static final long NANOS_BETWEEN_LINES = 2_000_000_000L;

        private final List<Experiment> experiments;

        @CommandLine.Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--quick", description = "Ends within about twenty seconds; the full size takes minutes.")
        private boolean quick;

        @Option(names = "--seed", paramLabel = "S", description = "Of all randomness (default: ${DEFAULT-VALUE}).")
        private long seed = 0;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "Where a folder for each experiment goes (default: ${DEFAULT-VALUE}).")
        private Path out = Path.of("lab-reports");

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(names = "--json", description = "Prints JSON, one object an experiment.")
        private boolean json;

        private long told = System.nanoTime();

        Run(List<Experiment> experiments) {
            this.experiments = experiments;
        }

        List<Experiment> experiments() {
            return experiments;
        }

        @Override
        public Integer call() {
            List<Experiment> chosen = changed();
            Reporter reporter = new Reporter(json);
            engine.start(reporter);
            List<String> failed = new ArrayList<>();
            for (Experiment experiment : chosen) {
                if (!run(experiment, reporter)) {
                    failed.add(experiment.name());
                }
            }
            if (!failed.isEmpty()) {
                reporter.note("Claims that do not hold: " + String.join(", ", failed));
            }
            return failed.isEmpty() ? 0 : Failures.FAILED;
        }

        private List<Experiment> changed() {
            try {
                return experiments.stream().map(this::changed).toList();
            } catch (IllegalArgumentException refused) {
                throw new UsageException(String.valueOf(refused.getMessage()));
            }
        }

        private Experiment changed(Experiment experiment) {
            Map<String, Object> changes = new HashMap<>();
            for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
                for (ExperimentSettings.Value setting : ExperimentSettings.of(experiment)) {
                    if (given.longestName().equals(option(setting.name()))) {
                        changes.put(setting.name(), given.getValue());
                    }
                }
            }
            return ExperimentSettings.with(experiment, changes);
        }

        private boolean run(Experiment experiment, Reporter reporter) {
            reporter.note(experiment.name() + ": " + experiment.title());
            Findings findings =
                    experiment.run(new Laboratory(quick, seed, (what, done, all) -> tell(reporter, what, done, all)));
            LabReport report = new LabReport(experiment, findings, quick, seed);
            Path folder = out.resolve(experiment.name());
            report.table().forEach(reporter::note);
            if (json) {
                reporter.object(report.json());
            }
            report.write(folder); // last: a full disk must not take the numbers with it
            reporter.note("  figure and report are in " + folder);
            reporter.note("");
            return findings.hold();
        }

        private void tell(Reporter reporter, String what, long done, long all) {
            long now = System.nanoTime();
            if (now - told >= NANOS_BETWEEN_LINES) {
                told = now;
                reporter.note(String.format(Locale.ROOT, "  %3d%%  %s", 100 * done / Math.max(1, all), what));
            }
        }
    }
}
