package org.saddlepoint.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.events.RunNumbers;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.run.StepPath;

/** What the folder of one run of MLflow holds. */
final class MlflowRunFiles {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** MLflow refuses longer values of settings. */
    private static final int LONGEST_PARAMETER = 6000;

    private final RunFolder run;
    private final RunManifest manifest;
    private final MlflowMeta meta;

    MlflowRunFiles(RunFolder run, RunManifest manifest, MlflowMeta meta) {
        this.run = run;
        this.manifest = manifest;
        this.meta = meta;
    }

    /** Fills the folder, which is there. */
    void write(Path folder) throws IOException {
        YAML.writeValue(folder.resolve("meta.yaml").toFile(), meta.ofRun(manifest));
        writeTexts(Files.createDirectory(folder.resolve("params")), parameters());
        writeTexts(Files.createDirectory(folder.resolve("tags")), tags());
        writeNumbers(Files.createDirectory(folder.resolve("metrics")));
        writeArtifacts(Files.createDirectory(folder.resolve("artifacts")));
    }

    private static void writeTexts(Path folder, Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Files.writeString(folder.resolve(text.getKey()), text.getValue());
        }
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mlflow.runName", run.name());
        tags.put("mlflow.source.name", "saddlepoint " + manifest.softwareVersion());
        tags.put("mlflow.source.type", "LOCAL");
        tags.put("outcome", manifest.outcome().name());
        tags.put("engine", manifest.environment().engine());
        tags.put("dataFingerprint", manifest.data().fingerprint());
        return tags;
    }

    private Map<String, String> parameters() throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("seed", Long.toString(manifest.seed()));
        parameters.put("data", manifest.data().spec());
        parameters.put("device", manifest.execution().device());
        parameters.put("precision", manifest.execution().precision());
        addLeaves("", YAML.readTree(run.recipe()), parameters);
        return parameters;
    }

    private static void addLeaves(String prefix, JsonNode node, Map<String, String> parameters) {
        node.properties().forEach(field -> {
            String name = prefix + field.getKey().replaceAll("[^A-Za-z0-9_. -]", "_");
            JsonNode value = field.getValue();
            if (value.isObject() && !value.isEmpty()) {
                addLeaves(name + ".", value, parameters);
            } else {
                String text = value.isValueNode() ? value.asText() : value.toString();
                parameters.put(name, text.substring(0, Math.min(LONGEST_PARAMETER, text.length())));
            }
        });
    }

    /** A file for each name; rows have no times, so that these lie between begin and end as their steps do. */
    private void writeNumbers(Path folder) throws IOException {
        Instant end = Optional.ofNullable(manifest.finished()).orElseGet(Instant::now);
        long begin = manifest.started().toEpochMilli();
        double millisPerStep = (end.toEpochMilli() - begin) / (double) Math.max(1, manifest.steps());
        Map<String, BufferedWriter> files = new HashMap<>();
        try {
            RunNumbers.of(run)
                    .forEach((step, values) -> values.forEach((name, value) -> {
                        long time = begin + Math.round(step * millisPerStep);
                        try {
                            writer(files, folder, name).write(time + " " + value + " " + step + "\n");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            for (BufferedWriter each : files.values()) {
                each.close();
            }
        }
    }

    private static BufferedWriter writer(Map<String, BufferedWriter> files, Path folder, String name)
            throws IOException {
        BufferedWriter known = files.get(name);
        if (known != null) {
            return known;
        }
        Path file = folder.resolve(name);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(folder));
        BufferedWriter made = Files.newBufferedWriter(file);
        files.put(name, made);
        return made;
    }

    private void writeArtifacts(Path folder) throws IOException {
        for (Path file :
                List.of(run.manifestFile(), run.recipeFile(), run.path().resolve("losses.png"))) {
            if (Files.isRegularFile(file)) {
                Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
            }
        }
        Path samples = Files.createDirectory(folder.resolve("samples"));
        for (StepPath sheet : run.samples()) {
            Files.copy(sheet.path(), samples.resolve(String.valueOf(sheet.path().getFileName())));
        }
    }
}
