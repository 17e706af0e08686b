package org.saddlepoint.studio.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.studio.server.RefusedException;

/** The models of a server, by name. */
final class ServedModels implements AutoCloseable {
    /** As many names as one message lists. */
    private static final int NAMED = 20;

    private final Map<String, GeneratorModel> generators = new LinkedHashMap<>();
    private final Map<String, TranslatorModel> translators = new LinkedHashMap<>();
    private final ServeOptions options;
    private final ServeMetrics metrics;

    /** None yet. */
    ServedModels(ServeOptions options, ServeMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
    }

    /**
     * Opens the newest checkpoint of a run.
     *
     * @param lane of one thread, which computes
     * @param hands decode and encode
     */
    void open(String name, Path run, Executor lane, Executor hands) {
        RunFolder folder = RunFolder.open(run);
        Recipe recipe = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
        boolean generates = recipe.asEither(gan -> true, translation -> false);
        if (generates) {
            GeneratorModel model = new GeneratorModel(folder, options, lane, metrics.passes(name));
            generators.put(name, model);
            metrics.watch("queue.samples", "Samples that wait", name, model::waiting);
            metrics.watch("model.step", "Steps that the model was trained", name, model::step);
        } else {
            TranslatorModel model = new TranslatorModel(folder, options, lane, hands);
            translators.put(name, model);
            metrics.watch("model.step", "Steps that the model was trained", name, model::step);
        }
    }

    /** What is refused. */
    ServeOptions.Limits limits() {
        return options.limits();
    }

    /** Whether there is a model of this name. */
    boolean has(String name) {
        return generators.containsKey(name) || translators.containsKey(name);
    }

    /** @throws RefusedException if there is no generator of this name */
    GeneratorModel generator(String name) {
        GeneratorModel found = generators.get(name);
        if (found == null) {
            throw missing(name, "translates pictures: POST /v1/" + name + "/translate");
        }
        return found;
    }

    /** @throws RefusedException if there is no translator of this name */
    TranslatorModel translator(String name) {
        TranslatorModel found = translators.get(name);
        if (found == null) {
            throw missing(name, "generates pictures: POST /v1/" + name + "/samples");
        }
        return found;
    }

    private RefusedException missing(String name, String other) {
        if (has(name)) {
            return RefusedException.missing("the model " + name + " " + other);
        }
        List<String> names = new ArrayList<>(generators.keySet());
        names.addAll(translators.keySet());
        return RefusedException.missing(
                "there is no model \"" + name + "\"; expected one of " + ClassNames.listed(names, NAMED));
    }

    /** What they are. */
    List<ObjectNode> describe() {
        List<ObjectNode> all = new ArrayList<>();
        generators.forEach((name, model) -> all.add(model.describe(name)));
        translators.forEach((name, model) -> all.add(model.describe(name)));
        return all;
    }

    /** Opens newer checkpoints where there are any. */
    void refresh() {
        generators.forEach((name, model) -> refreshed(name, model.refresh()));
        translators.forEach((name, model) -> refreshed(name, model.refresh()));
    }

    private void refreshed(String name, boolean isNew) {
        if (isNew) {
            metrics.reloaded(name);
        }
    }

    @Override
    public void close() {
        generators.values().forEach(GeneratorModel::close);
        translators.values().forEach(TranslatorModel::close);
    }
}
