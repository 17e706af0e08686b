package org.saddlepoint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Picture;
import org.saddlepoint.data.PictureFiles;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.TranslationRecipe;
import org.saddlepoint.recipes.TranslationTraining;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.SampleSheet;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.PictureTranslation;
import org.saddlepoint.training.Translators;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code translate}: pictures of one kind into pictures of the other. */
@Command(
        name = "translate",
        description = "Translates a picture, or all in a folder or zip, with a run of pix2pix or cyclegan.",
        sortOptions = false)
final class TranslateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Parameters(index = "1", paramLabel = "IN", description = "A picture of any size, or a folder or zip of them.")
    private Path input = Path.of("");

    @Parameters(
            index = "2",
            paramLabel = "OUT",
            description = "A .png for one picture; a folder for many, where they keep their names.")
    private Path output = Path.of("");

    @Option(
            names = "--direction",
            paramLabel = "a2b|b2a",
            description = "Which way; cyclegan alone knows both (default: ${DEFAULT-VALUE}).")
    private Direction direction = Direction.A2B;

    @Option(
            names = "--tile",
            paramLabel = "P",
            description = "Larger pictures are translated in overlapping tiles of this side, in pixels"
                    + " (default: ${DEFAULT-VALUE}).")
    private int tile = PictureTranslation.DEFAULT_TILE;

    @Option(names = "--seed", paramLabel = "S", description = "Of dropout, where a run has it in use.")
    private long seed = 0;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        engine.check();
        Reporter reporter = new Reporter(json);
        RunFolder folder = RunFolder.open(run);
        TranslationRecipe recipe = Recipes.parse(
                        folder.recipe(), folder.recipeFile().toString(), Map.of())
                .asTranslation();
        NewestCheckpoint.require(folder);
        try (PictureFiles pictures = PictureFiles.open(input)) {
            List<Path> targets = targets(pictures);
            Device device = engine.start(reporter);
            try (RandomGenerator random = new RandomGenerator(seed);
                    Translators translators = TranslationTraining.translators(
                            recipe, folder.manifest().data(), device, random)) {
                if (!translators.directions().contains(direction)) {
                    throw new UsageException("--direction b2a: " + run
                            + " translates only from A to B; leave it out, or train cyclegan for both ways");
                }
                if (tile < translators.config().smallest()) {
                    throw new UsageException(
                            "--tile must be >= " + translators.config().smallest() + " for this run but was " + tile);
                }
                StepPath checkpoint = NewestCheckpoint.load(folder, translators, reporter);
                PictureTranslation translation = new PictureTranslation(
                        images -> translators.translate(images, direction, recipe.inference()),
                        translators.config().multiple(),
                        translators.config().smallest(),
                        tile);
                int channels = TranslationTraining.channels(folder.manifest().data(), direction);
                int done = translateAll(pictures, targets, channels, translation, reporter);
                reporter.note(
                        String.format(Locale.ROOT, "%,d of %,d pictures are in %s", done, targets.size(), output));
                reporter.event(
                        "translated",
                        Reporter.values("out", output.toString(), "count", done, "step", checkpoint.step()));
                return done == targets.size() ? 0 : 1;
            }
        }
    }

    /** Translates what can be read, and says what cannot; answers how many. */
    private static int translateAll(
            PictureFiles pictures,
            List<Path> targets,
            int channels,
            PictureTranslation translation,
            Reporter reporter) {
        EvaluationProgress progress = new EvaluationProgress(reporter);
        int done = 0;
        for (int i = 0; i < targets.size(); i++) {
            try {
                Picture picture = pictures.read(i, channels);
                int height = picture.height();
                int width = picture.width();
                float[] translated = translation.translate(picture.values(), channels, height, width);
                SampleSheet.writeSingle(
                        translated, translated.length / (height * width), height, width, targets.get(i));
                done++;
            } catch (DamagedExampleException e) {
                reporter.note(pictures.names().get(i) + " is left out: " + e.getMessage());
            }
            progress.done(i + 1, targets.size());
        }
        return done;
    }

    /** Where each picture goes: its name with the ending .png. */
    private List<Path> targets(PictureFiles pictures) {
        boolean toFile = output.toString().toLowerCase(Locale.ROOT).endsWith(".png") && !Files.isDirectory(output);
        if (toFile) {
            if (pictures.names().size() > 1) {
                throw new UsageException("there are " + pictures.names().size() + " pictures in " + input
                        + " but OUT is " + output + "; give a folder");
            }
            return List.of(output);
        }
        if (Files.isRegularFile(output)) {
            throw new UsageException(output + " is a file that is no .png; give a .png, or a folder");
        }
        Map<String, Integer> stems = new HashMap<>();
        pictures.names().forEach(name -> stems.merge(stem(name), 1, Integer::sum));
        return pictures.names().stream()
                .map(name -> output.resolve((stems.getOrDefault(stem(name), 1) == 1 ? stem(name) : name) + ".png"))
                .peek(this::requireInside)
                .toList();
    }

    /** A zip may hold names that lead elsewhere. */
    private void requireInside(Path target) {
        if (!target.normalize().startsWith(output.normalize())) {
            throw new UsageException(input + " holds a picture whose name leads out of " + output + ", to "
                    + target.normalize() + "; rename it");
        }
    }

    private static String stem(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
