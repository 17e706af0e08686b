package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunLock;
import org.saddlepoint.run.RunManifest;
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
            names = "--override",
            paramLabel = "KEY=VALUE",
            description =
                    "Changes one setting of the recipe from here on, such as generatorOptimizer.learningRate=1e-4;"
                            + " may be repeated. What a run was trained by is else not changed.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--on-divergence",
            paramLabel = "stop|rollback",
            description = OnDivergence.DESCRIPTION + " (default: as the run was begun).")
    private @Nullable OnDivergence onDivergence;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        Reporter reporter = new Reporter(json);
        RunFolder folder = RunFolder.open(run);
        RunManifest manifest = folder.manifest();
        engine.check();
        try (Interruption interruption = TrainingSession.interruption(reporter);
                RunLock lock = RunLock.of(folder.path())) {
            folder.removeLeftovers();
            ResumePoint point = ResumePoint.of(folder, steps, overrides, reporter);
            point.recipe().requireTrainable();
            if (onDivergence != null) {
                manifest = manifest.with(manifest.history().rollingBack(onDivergence == OnDivergence.ROLLBACK));
            }
            try (Dataset dataset =
                    DataSources.open(manifest.data().spec(), point.recipe().dataOptions())) {
                if (!dataset.fingerprint().equals(manifest.data().fingerprint())) {
                    throw new DataException("the data " + manifest.data().spec() + " has changed since the run " + run
                            + " began; restore it, or begin a new run on what it is now");
                }
                return TrainingSession.resume(
                        folder, manifest, point, dataset, engine.start(reporter), interruption, reporter);
            }
        }
    }
}
