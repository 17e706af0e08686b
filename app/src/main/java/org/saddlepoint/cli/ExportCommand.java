package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.saddlepoint.export.NetworkFiles;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: the networks of a run for other programs. */
@Command(
        name = "export",
        description = {
            "Writes the networks of a run's last checkpoint for other programs.",
            "",
            "Those of pix2pix and cyclegan get the names, of files and tensors, of the official PyTorch code."
        },
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {
    /** What networks can be written as. */
    enum Format {
        SAFETENSORS
    }

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "A folder that is new or empty.")
    private Path output = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "safetensors",
            description = "What they are written as (default: ${DEFAULT-VALUE}).")
    private Format format = Format.SAFETENSORS;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Reporter reporter = new Reporter(json);
        RunFolder folder = RunFolder.open(run);
        Recipe recipe = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
        CheckpointSearch found = CheckpointSearch.of(folder);
        StepPath checkpoint = found.require(folder, "train it further first");
        found.story().forEach(reporter::note);
        Map<String, String> files = NetworkFiles.write(checkpoint.path(), recipe.bothWays(), output);
        files.forEach((file, part) -> reporter.note(
                output.resolve(file) + ": " + part.replace('_', ' ') + " after step " + checkpoint.step()));
        recipe.loadingHints(folder.manifest().data(), List.copyOf(files.keySet()))
                .forEach(reporter::note);
        Map<String, Object> names = new LinkedHashMap<>();
        files.forEach((file, part) -> names.put(part, output.resolve(file).toString()));
        reporter.event(
                "exported",
                Reporter.values(
                        "format", format.name().toLowerCase(Locale.ROOT), "step", checkpoint.step(), "files", names));
        return 0;
    }
}
