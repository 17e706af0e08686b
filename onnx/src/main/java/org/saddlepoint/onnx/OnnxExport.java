package org.saddlepoint.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.data.pairs.PairHalf;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.RunData;
import org.saddlepoint.recipes.TrainedNetworks;
import org.saddlepoint.recipes.TranslationRecipe;
import org.saddlepoint.recipes.TranslationTraining;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Inference;
import org.saddlepoint.training.NewestCheckpoint;
import org.saddlepoint.training.SavedCheckpoint;
import org.saddlepoint.training.Translators;

/**
 * Writes what a run is used for after training as ONNX files: the generator, or the translators; moving averages where the run
 * keeps them. Each is run in ONNX Runtime before it is written, and compared with the network itself.
 */
public final class OnnxExport {
    private static final String GENERATOR = "generator";
    private static final String AVERAGE = "_ema";
    private static final int IMAGE_AXES = 3;

    private final RunFolder folder;
    private final RunManifest.Data data;
    private final OnnxOptions options;
    private final Consumer<String> progress;
    private final List<String> warnings = new ArrayList<>();
    private Optional<FidLoss> loss = Optional.empty();

    private OnnxExport(RunFolder folder, OnnxOptions options, Consumer<String> progress) {
        this.folder = folder;
        this.data = folder.manifest().data();
        this.options = options;
        this.progress = progress;
    }

    /**
     * What was written.
     *
     * @param step of the checkpoint
     * @param warnings of newer checkpoints that are damaged, and of what could not be measured
     * @param files by the parts of the checkpoint that they hold, such as {@code generator_ema}
     * @param loss in FID, where it was measured
     */
    public record Report(long step, List<String> warnings, Map<String, Exported> files, Optional<FidLoss> loss) {}

    /**
     * A file.
     *
     * @param file where it is
     * @param bytes how large it is
     * @param difference between ONNX Runtime and the network
     */
    public record Exported(Path file, long bytes, Difference difference) {}

    /**
     * Exports the newest sound checkpoint of a run.
     *
     * @param run its folder
     * @param output a folder that is new or empty; it appears whole or not at all
     * @param progress is told what is being done
     * @throws ExportException if a network cannot be written, or ONNX Runtime computes something else
     * @throws RunException if there is no run or no sound checkpoint, or the folder is not empty or cannot be written
     */
    public static Report write(Path run, Path output, OnnxOptions options, Consumer<String> progress) {
        RunFolder folder = RunFolder.open(run);
        requireNew(output);
        NewestCheckpoint.require(folder);
        return new OnnxExport(folder, options, progress).write(output);
    }

    private static void requireNew(Path output) {
        try (Stream<Path> entries = Files.isDirectory(output) ? Files.list(output) : Stream.empty()) {
            if (Files.exists(output)
                    && (!Files.isDirectory(output) || entries.findAny().isPresent())) {
                throw new RunException(output + " is there already; give a folder that is new or empty");
            }
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    private NewestCheckpoint generator(GanRecipe recipe, Map<String, CheckedModel> models) {
        try (Generator generator = TrainedNetworks.generator(recipe, data, Device.CPU)) {
            NewestCheckpoint newest =
                    NewestCheckpoint.read(folder, saved -> saved.load(saved.averagedPart(GENERATOR), generator));
            Computation computation = Computations.of(
                    generator, recipe.latent(), TrainedNetworks.condition(recipe, data), drawsAreInputs());
            Map<String, String> metadata = metadata(recipe, newest.checkpoint());
            metadata.put(
                    "latents",
                    recipe.latent().size() + " numbers, distribution "
                            + recipe.latent().distribution().name().toLowerCase(Locale.ROOT));
            metadata.put(
                    "classes", recipe.conditioning().on().isOfClasses() ? String.join("\n", data.classNames()) : "");
            metadata.put("vectors", String.join("\n", data.vectorNames()));
            String part = newest.checkpoint().averagedPart(GENERATOR);
            measureLoss(recipe, part, computation, add(part, computation, metadata, models));
            return newest;
        }
    }

    /** Without the data, or an extractor for it, all else is done. */
    private void measureLoss(GanRecipe recipe, String part, Computation computation, CheckedModel model) {
        boolean ofPictures = data.exampleShape().size() == IMAGE_AXES;
        if (options.precision() == Precision.FLOAT32 || options.fidSamples() == 0 || !ofPictures) {
            return;
        }
        progress.accept("measuring the loss in FID over " + options.fidSamples() + " samples");
        try {
            boolean average = part.endsWith(AVERAGE);
            loss = Optional.of(FidLoss.of(folder, recipe, average, computation, model.bytes(), options.fidSamples()));
        } catch (DataException | EvaluationException e) {
            warnings.add("the loss in FID was not measured: " + e.getMessage());
        }
    }

    /** Ranges of whole numbers are those of pictures that the run learned from; else noise will do. */
    private NewestCheckpoint translators(TranslationRecipe recipe, Map<String, CheckedModel> models) {
        if (options.precision() != Precision.INT8) {
            return translators(recipe, models, this::noise);
        }
        DataOptions how = recipe.dataOptions().withChannelsOf(data.exampleShape());
        try (Dataset pairs = new RunData(folder, data)
                .open(Links.INSIDE, how, "resume --data NEW")
                .data()) {
            return translators(
                    recipe,
                    models,
                    (known, direction) -> Pictures.of(
                            known.translator(), direction == Direction.A2B ? PairHalf.a(pairs) : PairHalf.b(pairs)));
        }
    }

    private Pictures noise(TranslationRecipe recipe, Direction direction) {
        return Pictures.noise(recipe.translator(), TranslationTraining.channels(data, direction));
    }

    private NewestCheckpoint translators(
            TranslationRecipe recipe,
            Map<String, CheckedModel> models,
            BiFunction<TranslationRecipe, Direction, Pictures> pictures) {
        try (RandomGenerator dropout = new RandomGenerator(0)) {
            Map<Direction, ImageTranslator> networks = TrainedNetworks.translators(recipe, data, Device.CPU, dropout);
            try {
                NewestCheckpoint newest = NewestCheckpoint.read(
                        folder,
                        saved -> networks.forEach((direction, network) -> saved.load(part(saved, direction), network)));
                networks.forEach((direction, network) -> {
                    Computation computation = Computations.of(
                            network,
                            pictures.apply(recipe, direction),
                            recipe.inference() == Inference.TRAINING,
                            drawsAreInputs());
                    Map<String, String> metadata = metadata(recipe, newest.checkpoint());
                    metadata.put("direction", direction.name().toLowerCase(Locale.ROOT));
                    metadata.put(
                            "sizes",
                            "height and width are multiples of "
                                    + recipe.translator().multiple() + ", at least "
                                    + recipe.translator().smallest());
                    add(part(newest.checkpoint(), direction), computation, metadata, models);
                });
                return newest;
            } finally {
                TrainedNetworks.close(networks);
            }
        }
    }

    /** Where one network translates both ways, there is one part. */
    private static String part(SavedCheckpoint saved, Direction direction) {
        String own = Translators.part(direction);
        return saved.averagedPart(saved.parts().contains(own) ? own : Translators.part(direction.back()));
    }

    private CheckedModel add(
            String part, Computation computation, Map<String, String> metadata, Map<String, CheckedModel> models) {
        return models.computeIfAbsent(part, unknown -> {
            progress.accept("recording " + part.replace('_', ' ') + " and comparing it in ONNX Runtime");
            metadata.put("weights", part.endsWith(AVERAGE) ? "moving average of training" : "last step of training");
            return CheckedModel.of(computation, options, metadata);
        });
    }

    private boolean drawsAreInputs() {
        return options.noise() == OnnxOptions.Noise.INPUT;
    }

    /** The file of a part: what is used after training, whether it is a moving average or not. */
    private static String name(String part) {
        return part.replaceFirst(AVERAGE + "$", "") + ".onnx";
    }

    /** What a reader of the file wants to know of where it comes from. */
    private Map<String, String> metadata(Recipe recipe, SavedCheckpoint checkpoint) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("software", "Saddlepoint " + folder.manifest().softwareVersion());
        metadata.put("run", folder.name());
        metadata.put("recipe", recipe.name());
        metadata.put("settings", folder.recipe());
        metadata.put("step", Long.toString(checkpoint.step()));
        metadata.put("data", data.name());
        metadata.put("data fingerprint", data.fingerprint());
        metadata.put("layout", "samples, channels, height, width");
        metadata.put("value range", "-1 (black) to 1 (white)");
        metadata.put("precision", options.precision().name().toLowerCase(Locale.ROOT));
        return metadata;
    }

    private Report write(Path output) {
        Recipe recipe = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
        Map<String, CheckedModel> models = new LinkedHashMap<>();
        NewestCheckpoint newest =
                recipe.asEither(gan -> generator(gan, models), translation -> translators(translation, models));
        Map<String, Exported> files = new LinkedHashMap<>();
        try {
            AtomicFiles.writeDirectory(output, directory -> {
                for (Map.Entry<String, CheckedModel> model : models.entrySet()) {
                    byte[] bytes = model.getValue().bytes();
                    AtomicFiles.write(directory.resolve(name(model.getKey())), out -> out.write(bytes));
                }
            });
        } catch (IOException e) {
            throw new RunException("cannot export to " + output + ": " + IoReasons.of(e), e);
        }
        models.forEach((part, model) ->
                files.put(part, new Exported(output.resolve(name(part)), model.bytes().length, model.difference())));
        warnings.addAll(0, newest.warnings());
        return new Report(newest.checkpoint().step(), warnings, files, loss);
    }
}
