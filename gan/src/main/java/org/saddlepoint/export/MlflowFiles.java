package org.saddlepoint.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.Sha256;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;

/**
 * A run in the file layout of MLflow, which {@code mlflow ui --backend-store-uri DIR} shows:
 *
 * <pre>
 * DIR/EXPERIMENT/
 *   meta.yaml            the experiment: all runs on data of one name
 *   RUN/
 *     meta.yaml          name, times, how it ended
 *     metrics/NAME       a line for each value: time, value, step
 *     params/NAME        a setting of the recipe
 *     tags/NAME
 *     artifacts/         run.json, recipe.yaml, the losses and the sheets of samples
 * </pre>
 *
 * <p>Ids follow from the run and the name of its data, so that a run that is exported again replaces itself.
 */
public final class MlflowFiles {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String META = "meta.yaml";
    private static final String TRASH = ".trash";
    private static final int LARGEST_META = 1 << 20;

    /** MLflow's ids of experiments are numbers of up to 18 digits; those of runs have 32 hexadecimal ones. */
    private static final long EXPERIMENTS = 1_000_000_000_000_000_000L;

    private static final int RUN_ID_DIGITS = 32;
    private static final int HEX = 16;
    private static final int LONG_DIGITS = 15;

    private MlflowFiles() {}

    /**
     * Writes a run, which may go on meanwhile; it appears whole or not at all.
     *
     * @param store a folder that is new or empty, or that MLflow or this method has written into
     * @return the folder of the run
     * @throws RunException if there is something else in the folder, a file of the run is damaged, or it cannot be written
     */
    public static Path write(RunFolder run, Path store) {
        RunManifest manifest = run.manifest();
        try {
            requireStore(store);
            String name = manifest.data().name();
            Optional<Path> known = experiment(store, name);
            String experimentId = known.map(MlflowFiles::fileName)
                    .orElseGet(() ->
                            Long.toString(Long.parseLong(digest(name).substring(0, LONG_DIGITS), HEX) % EXPERIMENTS));
            Path experiment = store.resolve(experimentId);
            String runId = digest(manifest.started() + " " + manifest.seed() + " " + run.name())
                    .substring(0, RUN_ID_DIGITS);
            Path target = experiment.resolve(runId);
            MlflowMeta meta = new MlflowMeta(run.name(), experimentId, runId, target);
            if (known.isPresent()) {
                AtomicFiles.writeDirectory(target, folder -> new MlflowRunFiles(run, manifest, meta).write(folder));
            } else {
                AtomicFiles.writeDirectory(experiment, folder -> {
                    YAML.writeValue(
                            folder.resolve(META).toFile(),
                            MlflowMeta.ofExperiment(name, experimentId, experiment, manifest.started()));
                    Path whole = Files.createDirectory(folder.resolve(runId));
                    new MlflowRunFiles(run, manifest, meta).write(whole);
                });
            }
            return target;
        } catch (IOException e) {
            throw new RunException("cannot write into " + store + ": " + IoReasons.of(e), e);
        }
    }

    private static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void requireStore(Path store) throws IOException {
        if (!Files.exists(store)) {
            return;
        }
        if (!Files.isDirectory(store)) {
            throw new RunException(store + " is a file; expected a folder for MLflow, which need not exist");
        }
        List<Path> there = inside(store);
        boolean ofMlflow =
                there.stream().anyMatch(each -> fileName(each).equals(TRASH) || Files.exists(each.resolve(META)));
        if (!there.isEmpty() && !ofMlflow) {
            throw new RunException("there are other files in " + store
                    + "; expected a folder that is new or empty, or one that MLflow has written, such as mlruns");
        }
    }

    /** The folder of the experiment of this name. */
    private static Optional<Path> experiment(Path store, String name) throws IOException {
        if (!Files.exists(store)) {
            return Optional.empty();
        }
        for (Path folder : inside(store)) {
            if (Files.exists(folder.resolve(META)) && name.equals(nameIn(folder.resolve(META)))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static String nameIn(Path meta) throws IOException {
        try {
            JsonNode tree = YAML.readTree(InputFiles.text(meta, LARGEST_META));
            return tree.path("name").asText();
        } catch (JsonProcessingException e) {
            throw new RunException(meta + " is damaged: expected the YAML that MLflow writes", e);
        }
    }

    private static List<Path> inside(Path store) throws IOException {
        try (Stream<Path> there = Files.list(store)) {
            return there.sorted().toList();
        }
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }
}
