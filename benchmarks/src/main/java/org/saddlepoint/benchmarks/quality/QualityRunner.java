package org.saddlepoint.benchmarks.quality;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.PythonPeer;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.ProgressListener;
import org.saddlepoint.evaluation.StatisticsCache;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.EvaluationRequest;
import org.saddlepoint.recipes.EvaluationRules;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.tensor.Engine;

/**
 * Trains methods for the same time on the same data and cores, and measures all alike.
 *
 * <p>The methods take turns: for each budget and seed all have one training, and which is first changes with the seed. Each
 * training is a file in {@code cells} of the folder; what is there is not repeated, so that a comparison that was killed goes
 * on. Tables and figure are written anew after each.
 */
public final class QualityRunner {
    /** A longer file of a cell is refused. */
    private static final int MAX_BYTES = 1 << 22;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private final QualityConfig config;
    private final LongSupplier clock;
    private final long startUpNanos;
    private final Consumer<String> told;

    /**
     * A comparison with these settings.
     *
     * @param startUpNanos what a process of ours takes before it trains, which counts in each training
     * @param told is told in words what is being done
     */
    public QualityRunner(QualityConfig config, long startUpNanos, Consumer<String> told) {
        this(config, System::nanoTime, startUpNanos, told);
    }

    QualityRunner(QualityConfig config, LongSupplier clock, long startUpNanos, Consumer<String> told) {
        this.config = config;
        this.clock = clock;
        this.startUpNanos = startUpNanos;
        this.told = told;
    }

    /**
     * Trains and measures what is not in the folder yet.
     *
     * @throws RunException if the folder cannot be written, or holds results of other settings
     * @throws RecipeException if the data are no pictures
     * @throws org.saddlepoint.benchmarks.PeerException if there are peers but no PyTorch, or a peer fails
     */
    public QualityReport run() {
        config.threads().ifPresent(Engine::threads);
        if (!config.peers().isEmpty()) { // now, and not after hours
            told.accept("looking for PyTorch in " + config.python());
            new PythonPeer(config.python(), config.threads()).close();
        }
        DataOptions options = config.recipes().isEmpty()
                ? DataOptions.DEFAULT
                : config.recipes().get(0).dataOptions();
        Path scratch = config.out().resolve("peers");
        try (Dataset data = config.data().open(options)) {
            if (data.shape().images().size() != 1) {
                throw new RecipeException("bench --quality compares pictures, but " + data.name()
                        + " are none; give --data digits, fashion or a folder of pictures");
            }
            EvaluationRequest.Resolved asked = new EvaluationRequest(
                            Set.of(Metrics.FID, Metrics.KID, Metrics.PRDC), config.samples(), null, null)
                    .resolve(EvaluationRules.ofFiles(), data, config.samples());
            String protocol = String.format(
                    "%s (%s), %d threads, %d samples, features of %s",
                    data.name(),
                    data.fingerprint().substring(0, 12),
                    Engine.threads(),
                    config.samples(),
                    asked.extractor());
            Map<CellKey, CellResult> results = finished(protocol);
            Files.createDirectories(config.out().resolve("cells"));
            try (FeatureExtractor extractor =
                    Extractors.open(asked.extractor(), asked.config().resizing())) {
                Evaluator evaluator =
                        new Evaluator(asked.config(), extractor, StatisticsCache.ofUser(told), ProgressListener.NONE);
                @Nullable PeerCell peers = null;
                int done = 0;
                List<CellKey> keys = keys();
                for (CellKey key : keys) {
                    done++;
                    if (results.containsKey(key)) {
                        continue;
                    }
                    told.accept("training " + done + " of " + keys.size() + ": " + key);
                    Optional<Recipe> recipe = recipe(key);
                    CellResult result;
                    if (recipe.isPresent()) {
                        result = new OurCell(config, clock, startUpNanos, told)
                                .run(key, recipe.get(), evaluator, protocol);
                    } else {
                        if (peers == null) {
                            Files.createDirectories(scratch);
                            peers = new PeerCell(config, data, scratch);
                        }
                        result = peers.run(key, evaluator, protocol);
                    }
                    results.put(key, result);
                    if (!result.isTooShort()) { // on a quieter machine it may fit
                        AtomicFiles.write(file(key), out -> out.write(JSON.writeValueAsBytes(result)));
                    }
                    write(results);
                    told.accept(QualityTable.line(result));
                }
            }
            write(results);
            List<CellResult> all = List.copyOf(results.values());
            return new QualityReport(QualityTable.markdown(all), all);
        } catch (IOException e) {
            throw new RunException(config.out() + " cannot be written: " + IoReasons.of(e), e);
        }
    }

    private Optional<Recipe> recipe(CellKey key) {
        return config.recipes().stream()
                .filter(each -> each.name().equals(key.method()))
                .findFirst();
    }

    /** All trainings, in the order in which they are done. */
    List<CellKey> keys() {
        List<String> methods = new ArrayList<>(
                config.recipes().stream().map(Recipe::name).distinct().toList());
        config.peers().forEach(peer -> methods.add(peer.toString()));
        List<CellKey> keys = new ArrayList<>();
        for (double minutes : config.minutes()) {
            for (int turn = 0; turn < config.seeds().size(); turn++) {
                for (int i = 0; i < methods.size(); i++) {
                    String method = methods.get((i + turn) % methods.size());
                    keys.add(new CellKey(method, minutes, config.seeds().get(turn)));
                }
            }
        }
        return keys;
    }

    private Path file(CellKey key) {
        return config.out().resolve("cells").resolve(key.fileName());
    }

    private Map<CellKey, CellResult> finished(String protocol) throws IOException {
        Map<CellKey, CellResult> results = new LinkedHashMap<>();
        for (CellKey key : keys()) {
            Path file = file(key);
            if (!Files.exists(file)) {
                continue;
            }
            CellResult result;
            try {
                result = JSON.readValue(InputFiles.bytes(file, MAX_BYTES), CellResult.class);
            } catch (IOException e) {
                throw new RunException(
                        "cannot read " + file + ": " + IoReasons.of(e) + "; delete it to repeat this training", e);
            }
            if (!result.protocol().equals(protocol)) {
                throw new RunException(config.out() + " holds results of other settings: " + result.protocol()
                        + ", but now " + protocol + "; choose another --out");
            }
            results.put(key, result);
        }
        return results;
    }

    private void write(Map<CellKey, CellResult> results) throws IOException {
        List<CellResult> all = List.copyOf(results.values());
        if (all.isEmpty()) {
            return;
        }
        Path out = config.out();
        AtomicFiles.writeString(out.resolve("quality.md"), String.join("\n", QualityTable.markdown(all)) + "\n");
        AtomicFiles.writeString(out.resolve("quality.csv"), String.join("\n", QualityTable.csv(all)) + "\n");
        AtomicFiles.write(out.resolve("quality.json"), stream -> stream.write(JSON.writeValueAsBytes(all)));
        QualityFigure.write(all, out.resolve("quality.png"), out.resolve("quality.svg"));
    }
}
