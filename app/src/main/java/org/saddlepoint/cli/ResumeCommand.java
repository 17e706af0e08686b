package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.OnDivergence;
import org.saddlepoint.OnFailure;
import org.saddlepoint.ResumeOptions;
import org.saddlepoint.Run;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.tensor.Device;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume}: goes on where a run stopped. */
@Command(name = "resume", description = "Goes on where a run stopped.", sortOptions = false)
final class ResumeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps in all, those done before included (default: the recipe's).")
    private @Nullable Long steps;

    @Option(
            names = "--data",
            paramLabel = "S",
            description = "Where the data is now, as for train --data; it must be the same data. The run remembers it"
                    + " (default: where it was, or where it was as seen from the folder of the run).")
    private @Nullable String data;

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Option(
            names = "--override",
            paramLabel = "KEY=VALUE",
            description =
                    "Changes one setting of the recipe from here on, such as generatorOptimizer.learningRate=1e-4;"
                            + " may be repeated. What a run was trained by is else not changed.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--on-divergence",
            paramLabel = "stop|rollback",
            description = RunReporter.ON_DIVERGENCE + " (default: as the run was begun).")
    private @Nullable OnDivergence onDivergence;

    @Option(
            names = "--on-failure",
            paramLabel = "report|stop|rollback|adapt|off",
            description = "What to do about what the diagnosis finds, from here on (default: as the run was begun).")
    private @Nullable OnFailure onFailure;

    @Option(
            names = "--tensorboard",
            description = RunReporter.TENSORBOARD
                    + " What was before is written too. A run that was begun with it goes on so.")
    private boolean tensorBoard;

    @Mixin
    private ProcessOptions several = new ProcessOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        Reporter reporter = new Reporter(json);
        engine.check();
        RunFolder.open(run); // before the engine is loaded, which takes a second
        Device device = engine.start(reporter, several);
        ResumeOptions options = ResumeOptions.DEFAULT
                .overrides(overrides)
                .device(device)
                .patience(RunReporter.PATIENCE)
                .tensorBoard(tensorBoard);
        if (data != null) {
            options = options.dataSource(links.request(data));
        } else if (links.isGiven()) {
            throw new UsageException("--follow-links is for --data S: the run remembers how it began");
        }
        if (steps != null) {
            options = options.steps(steps);
        }
        if (onDivergence != null) {
            options = options.onDivergence(onDivergence);
        }
        if (onFailure != null) {
            options = options.onFailure(onFailure);
        }
        try (ProcessOptions.Joined joined = several.join(device, Version.current(), reporter, spec);
                RunReporter told = new RunReporter(reporter)) {
            ResumeOptions together = options.processes(joined.processes(false));
            if (joined.follows()) {
                try (Interruption untilTheOthersEnd = new Interruption(() -> {})) {
                    Run.followResumed(run, together);
                }
            } else {
                Run.resume(run, together, told);
            }
        }
        return 0;
    }
}
