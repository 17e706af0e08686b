package org.saddlepoint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.export.OfficialOptions;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.recipes.OfficialTranslators;
import org.saddlepoint.recipes.OfficialTranslators.Method;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.TranslationTraining;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.training.CheckpointOrigin;
import org.saddlepoint.training.Checkpoints;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Inference;
import org.saddlepoint.training.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: weights of other programs as a run. */
@Command(
        name = "import",
        description = {
            "Makes a run of weights that were trained with the official PyTorch code of pix2pix and CycleGAN;"
                    + " 'saddlepoint translate' uses it.",
            "",
            "What network it is, the file tells. No code in it is run."
        },
        sortOptions = false)
final class ImportCommand implements Callable<Integer> {
    private static final String SOURCE = "official:";
    private static final String FORTH = "_G_A.";
    private static final String BACK = "_G_B.";

    @Parameters(
            index = "0",
            paramLabel = "official:pix2pix|official:cyclegan",
            description = "Which method they were trained by.")
    private String source = "";

    @Parameters(
            index = "1..*",
            arity = "1..2",
            paramLabel = "FILE.pth",
            description = "latest_net_G.pth; of cyclegan latest_net_G_A.pth and, to translate both ways,"
                    + " latest_net_G_B.pth behind it.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--out", paramLabel = "RUN", description = "Folder of the run (default: a new one below runs/).")
    private @Nullable Path out;

    @Option(
            names = "--inference",
            paramLabel = "training|evaluation",
            description = "How it translates: with dropout and the statistics of the picture itself, as test.py does,"
                    + " or without and with those of training, as test.py --eval (default: ${DEFAULT-VALUE}).")
    private Inference inference = Inference.TRAINING;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        engine.check();
        Method method = method();
        if (files.size() > 1 && method == Method.PIX2PIX) {
            throw new UsageException("official:pix2pix takes one file but was given " + files
                    + "; it translates one way; import each as a run of its own");
        }
        if (files.size() > 1 && (isOf(BACK, files.get(0)) || isOf(FORTH, files.get(1)))) {
            throw new UsageException(
                    "the files are in the wrong order; give " + files.get(1) + " first, then " + files.get(0));
        }
        if (out != null && out.toString().isBlank()) {
            throw new UsageException("--out was given an empty name; expected a folder, which need not exist");
        }
        Reporter reporter = new Reporter(json);
        String device = engine.start(reporter).toString();
        try (OfficialTranslators translators = OfficialTranslators.read(method, files, inference)) {
            RunFolder folder = write(translators, device);
            reporter.note("the translator is, in the official code's words: "
                    + OfficialOptions.of(
                            translators.recipe().translator(),
                            TranslationTraining.channels(translators.data(), Direction.A2B),
                            TranslationTraining.channels(translators.data(), Direction.B2A)));
            noteSibling(reporter);
            reporter.note("the run is in " + folder.path());
            reporter.note("translate with: saddlepoint translate " + ShellWord.quote(folder.path()) + " IN OUT");
            reporter.event(
                    "imported",
                    Reporter.values(
                            "run",
                            folder.path().toString(),
                            "recipe",
                            translators.recipe().name(),
                            "parts",
                            translators.parts().keySet()));
        }
        return 0;
    }

    private Method method() {
        return Arrays.stream(Method.values())
                .filter(each -> source.equalsIgnoreCase(SOURCE + each))
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown source \"" + source + "\"; known are "
                        + Arrays.stream(Method.values())
                                .map(each -> SOURCE + each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" and "))));
    }

    private RunFolder write(OfficialTranslators translators, String device) {
        String yaml = Recipes.format(translators.recipe());
        RunManifest manifest = RunManifest.start(
                        Version.current(),
                        new RunManifest.RecipeText(translators.recipe().name(), yaml),
                        0,
                        new RunManifest.Execution(device, Engine.threads(), Precision.FLOAT32.toString()),
                        translators.data(),
                        RunManifest.Environment.current("libtorch " + Engine.version()))
                .ended(RunManifest.Outcome.DONE, 0, 0);
        RunFolder folder = out == null
                ? RunFolder.createFresh(RunReporter.RUNS, translators.recipe().name())
                : RunFolder.create(out);
        try {
            folder.writeRecipe(yaml);
            Checkpoints.saveNetworks(folder, new CheckpointOrigin(Version.current(), yaml), translators.parts());
            folder.writeManifest(manifest); // last: it is what makes the folder a run
            return folder;
        } catch (RuntimeException | OutOfMemoryError e) {
            folder.discard();
            throw e;
        }
    }

    /** Of CycleGAN, whether the other half lies beside the one that was given. */
    private void noteSibling(Reporter reporter) {
        Path file = files.get(0);
        if (files.size() > 1) {
            return;
        }
        if (isOf(BACK, file)) {
            reporter.note("this run's a2b is what " + file + " does: from B to A of the official code");
        }
        for (String[] pair : new String[][] {{FORTH, BACK}, {BACK, FORTH}}) {
            Path other = file.resolveSibling(file.getFileName().toString().replace(pair[0], pair[1]));
            if (isOf(pair[0], file) && Files.isRegularFile(other)) {
                Path first = isOf(FORTH, file) ? file : other;
                Path second = isOf(FORTH, file) ? other : file;
                reporter.note("it translates one way; for both: saddlepoint import official:cyclegan "
                        + ShellWord.quote(first) + " " + ShellWord.quote(second));
            }
        }
    }

    private static boolean isOf(String part, Path file) {
        return String.valueOf(file.getFileName()).contains(part);
    }
}
