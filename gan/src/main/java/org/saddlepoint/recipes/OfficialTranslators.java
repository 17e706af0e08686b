package org.saddlepoint.recipes;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.Sha256;
import org.saddlepoint.io.PickledStateDict;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.models.OfficialWeights;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Inference;
import org.saddlepoint.training.TranslationMethod;
import org.saddlepoint.training.Translators;

/**
 * Translators that were trained with the authors' PyTorch code of pix2pix and CycleGAN, with all that a run says of its
 * own: a recipe that fits them, and data of which nothing is known but channels.
 */
public final class OfficialTranslators implements AutoCloseable {
    /** The methods whose weights can be read. */
    public enum Method {
        /** One translator, {@code latest_net_G.pth}. */
        PIX2PIX,
        /** One or two, {@code latest_net_G_A.pth} and {@code latest_net_G_B.pth}. */
        CYCLEGAN;

        /** The recipe with the paper's settings. */
        private TranslationRecipe paper() {
            return Recipes.load(this == PIX2PIX ? "pix2pix" : "cyclegan", Map.of())
                    .asTranslation();
        }
    }

    private final Map<Direction, ImageTranslator> translators = new LinkedHashMap<>();
    private final TranslationRecipe recipe;
    private final RunManifest.Data data;

    private OfficialTranslators(
            Method method,
            List<Path> files,
            List<OfficialWeights> weights,
            Inference inference,
            RandomGenerator random) {
        OfficialWeights forth = weights.get(0);
        this.recipe = recipe(method, files, forth, weights.size() > 1, inference);
        int side = recipe.images().crop();
        this.data = new RunManifest.Data(
                "official:" + RecipeYaml.word(method) + " " + words(files, Path::toString),
                words(files, OfficialTranslators::shortName),
                words(files, OfficialTranslators::digest),
                List.of(forth.inputChannels(), side, side, forth.outputChannels(), side, side));
        try {
            translators.put(Direction.A2B, create(forth, files.get(0), random));
            if (weights.size() > 1) {
                translators.put(Direction.B2A, create(weights.get(1), files.get(1), random));
            }
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    /**
     * Reads translators.
     *
     * @param files the state dict from A to B and, of CycleGAN, that from B to A where there is one; {@code .pth} or
     *     {@code .safetensors}
     * @param inference how they are used; the authors' code uses all of them as in training unless told {@code --eval}
     * @throws NoSuchDataException if a file is missing
     * @throws DataException if a file is no such state dict, or the two do not belong together; names it
     */
    public static OfficialTranslators read(Method method, List<Path> files, Inference inference) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0)) {
            List<OfficialWeights> weights = new ArrayList<>();
            for (Path file : files) {
                weights.add(weights(file));
            }
            if (weights.size() > 1) {
                requireOpposite(files, weights.get(0), weights.get(1));
            }
            return new OfficialTranslators(method, files, weights, inference, random);
        }
    }

    private static OfficialWeights weights(Path file) {
        try {
            InputFiles.requireReadable(file);
            Map<String, Tensor> state =
                    shortName(file).endsWith(".safetensors") ? SafeTensors.read(file) : PickledStateDict.read(file);
            state.forEach((name, value) -> requireFinite(file, name, value));
            OfficialWeights weights = OfficialWeights.of(state);
            requireColours(file, weights.inputChannels(), "takes");
            requireColours(file, weights.outputChannels(), "makes");
            return weights;
        } catch (NoSuchFileException e) {
            throw new NoSuchDataException(
                    "the file " + file + " does not exist; expected a state dict of the official code, such as"
                            + " latest_net_G.pth",
                    e);
        } catch (FileSystemException e) {
            throw new DataException("cannot read " + file + ": " + IoReasons.of(e), e);
        } catch (IOException e) {
            String reason = IoReasons.of(e); // the readers' own names the file
            throw new DataException(
                    reason.contains(file.toString()) ? reason : "cannot read " + file + ": " + reason, e);
        } catch (IllegalArgumentException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        }
    }

    private static void requireFinite(Path file, String name, Tensor value) {
        if (value.dtype().isFloatingPoint() && value.countNonFinite() > 0) {
            throw new DataException(file + " holds infinite or NaN numbers in " + name + "; its training diverged");
        }
    }

    private static void requireColours(Path file, int channels, String does) {
        if (channels != 1 && channels != 3) {
            throw new DataException("the translator in " + file + " " + does + " " + channels
                    + " channels; expected 1 for grey or 3 for colour");
        }
    }

    private static void requireOpposite(List<Path> files, OfficialWeights forth, OfficialWeights back) {
        if (!forth.config().equals(back.config())
                || forth.inputChannels() != back.outputChannels()
                || forth.outputChannels() != back.inputChannels()) {
            throw new DataException(files.get(1) + " does not translate back what " + files.get(0) + " does: they are "
                    + described(forth) + " and " + described(back) + "; import them one by one");
        }
    }

    private static String described(OfficialWeights weights) {
        return weights.config() + " from " + weights.inputChannels() + " to " + weights.outputChannels() + " channels";
    }

    private static ImageTranslator create(OfficialWeights weights, Path file, RandomGenerator random) {
        try {
            return weights.create(random);
        } catch (IllegalArgumentException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        }
    }

    private static TranslationRecipe recipe(
            Method method, List<Path> files, OfficialWeights forth, boolean bothWays, Inference inference) {
        TranslationRecipe paper = method.paper();
        int crop = (int) forth.config().nearest(paper.images().crop());
        int load = crop + paper.images().load() - paper.images().crop();
        return new TranslationRecipe(
                "official-" + RecipeYaml.word(method),
                "translators of the official code, from " + words(files, OfficialTranslators::shortName),
                new TranslationRecipe.Images(
                        load, crop, paper.images().flip(), forth.inputChannels(), forth.outputChannels()),
                forth.config(),
                paper.discriminator(),
                new TranslationMethod.Elsewhere(bothWays),
                paper.objective(),
                paper.weights(),
                paper.constraints(),
                paper.regularizers(),
                paper.views(),
                paper.updates(),
                paper.generatorOptimizer(),
                paper.discriminatorOptimizer(),
                paper.average(),
                inference,
                paper.epochs(),
                paper.steps(),
                paper.logEvery(),
                paper.sampleEvery(),
                paper.checkpointEvery());
    }

    private static String words(List<Path> files, Function<Path, String> word) {
        return files.stream().map(word).collect(Collectors.joining(","));
    }

    private static String shortName(Path file) {
        @Nullable Path name = file.getFileName();
        return String.valueOf(name);
    }

    private static String digest(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    /** What the run is called by, and the settings to use it with. */
    public TranslationRecipe recipe() {
        return recipe;
    }

    /** Where it comes from, and the channels of its pictures. */
    public RunManifest.Data data() {
        return data;
    }

    /** The live tensors of each network, by the parts of checkpoints and by name. */
    public Map<String, Map<String, Tensor>> parts() {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        translators.forEach((direction, network) -> parts.put(Translators.part(direction), network.stateDict()));
        return parts;
    }

    @Override
    public void close() {
        translators.values().forEach(ImageTranslator::close);
    }
}
