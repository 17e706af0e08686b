package org.saddlepoint.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RunManifest} as JSON. Written by hand rather than bound: instants stay ISO-8601 without another library, and
 * a missing field is reported by its full name.
 */
final class ManifestJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper COMPLETE = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final JsonNode root;
    private final Path file;

    private ManifestJson(JsonNode root, Path file) {
        this.root = root;
        this.file = file;
    }

    static String format(RunManifest manifest) {
        ObjectNode root = JSON.createObjectNode();
        root.put("formatVersion", manifest.formatVersion());
        root.put("softwareVersion", manifest.softwareVersion());
        root.put("recipe", manifest.recipe());
        root.put("recipeHash", manifest.recipeHash());
        root.put("seed", manifest.seed());
        ObjectNode execution = root.putObject("execution");
        execution.put("device", manifest.execution().device());
        execution.put("threads", manifest.execution().threads());
        execution.put("precision", manifest.execution().precision());
        if (manifest.execution().processes() > 1) {
            execution.put("processes", manifest.execution().processes());
            execution.put("synchronizedStatistics", manifest.execution().synchronizedStatistics());
        }
        ObjectNode data = root.putObject("data");
        data.put("spec", manifest.data().spec());
        data.put("name", manifest.data().name());
        data.put("fingerprint", manifest.data().fingerprint());
        ArrayNode shape = data.putArray("exampleShape");
        manifest.data().exampleShape().forEach(shape::add);
        manifest.data().classNames().forEach(data.putArray("classNames")::add);
        manifest.data().vectorNames().forEach(data.putArray("vectorNames")::add);
        if (!manifest.data().classSizes().isEmpty()) {
            manifest.data().classSizes().forEach(data.putArray("classSizes")::add);
        }
        manifest.data().place().fromRun().forEach(data.putArray("fromRun")::add);
        data.put("followLinks", manifest.data().place().followLinks());
        manifest.data().summary().ifPresent(summary -> data.set("summary", JSON.valueToTree(summary)));
        ObjectNode environment = root.putObject("environment");
        environment.put("java", manifest.environment().java());
        environment.put("os", manifest.environment().os());
        environment.put("engine", manifest.environment().engine());
        root.put("started", manifest.started().toString());
        Instant finished = manifest.finished();
        root.put("finished", finished == null ? null : finished.toString());
        root.put("steps", manifest.steps());
        root.put("images", manifest.images());
        root.put("outcome", manifest.outcome().name());
        if (!manifest.history().equals(RunHistory.NONE)) {
            root.set("history", JSON.valueToTree(manifest.history()));
        }
        return root.toPrettyString() + "\n";
    }

    static RunManifest parse(String text, Path file) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RunException(file + " is damaged: it is not JSON", e);
        }
        if (!root.isObject()) {
            throw new RunException(file + " is damaged: expected a JSON object");
        }
        ManifestJson json = new ManifestJson(root, file);
        try {
            return json.manifest();
        } catch (IllegalArgumentException e) {
            throw new RunException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private RunManifest manifest() {
        int version = small("formatVersion");
        if (version > RunManifest.CURRENT_FORMAT) {
            throw new RunException(
                    file + " has format " + version + ", written by a newer Saddlepoint; this one reads up to "
                            + RunManifest.CURRENT_FORMAT + ": use the newer version");
        }
        return new RunManifest(
                version,
                text("softwareVersion"),
                text("recipe"),
                text("recipeHash"),
                integer("seed"),
                new RunManifest.Execution(
                        text("execution.device"),
                        small("execution.threads"),
                        text("execution.precision"),
                        find("execution.processes") == null ? 1 : small("execution.processes"),
                        find("execution.synchronizedStatistics") != null && flag("execution.synchronizedStatistics")),
                new RunManifest.Data(
                        text("data.spec"),
                        text("data.name"),
                        text("data.fingerprint"),
                        shape("data.exampleShape"),
                        names("data.classNames"),
                        names("data.vectorNames"),
                        place(),
                        Optional.ofNullable(tree(COMPLETE, "data.summary", DataSummary.class)),
                        find("data.classSizes") == null ? List.of() : shape("data.classSizes")),
                new RunManifest.Environment(
                        text("environment.java"), text("environment.os"), text("environment.engine")),
                instant("started"),
                optionalInstant("finished"),
                integer("steps"),
                integer("images"),
                outcome("outcome"),
                history());
    }

    /** Absent from runs of earlier releases. */
    private DataPlace place() {
        return new DataPlace(names("data.fromRun"), find("data.followLinks") != null && flag("data.followLinks"));
    }

    /** The history, which is absent from the files of most runs. */
    private RunHistory history() {
        RunHistory history = tree(JSON, "history", RunHistory.class);
        return history == null ? RunHistory.NONE : history;
    }

    private <T> @Nullable T tree(ObjectMapper mapper, String name, Class<T> type) {
        JsonNode node = find(name);
        try {
            return node == null ? null : mapper.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** A list of words; absent from runs of earlier releases. */
    private List<String> names(String name) {
        JsonNode list = find(name);
        List<String> names = new ArrayList<>();
        if (list != null && !list.isArray()) {
            throw new IllegalArgumentException(name + " must be a list of words but was " + list);
        }
        for (JsonNode word : list == null ? JSON.createArrayNode() : list) {
            if (!word.isTextual()) {
                throw new IllegalArgumentException(name + " must be a list of words but was " + list);
            }
            names.add(word.textValue());
        }
        return names;
    }

    private @Nullable JsonNode find(String name) {
        JsonNode node = root.at("/" + name.replace('.', '/'));
        return node.isMissingNode() || node.isNull() ? null : node;
    }

    private JsonNode require(String name, String expected) {
        JsonNode node = find(name);
        if (node == null) {
            throw new RunException(file + " is damaged: the field " + name + " is missing; expected " + expected);
        }
        return node;
    }

    private RunException wrong(String name, String expected, JsonNode node) {
        return new RunException(file + " is damaged: " + name + " must be " + expected + " but was " + node);
    }

    private String text(String name) {
        JsonNode node = require(name, "a text");
        if (!node.isTextual()) {
            throw wrong(name, "a text", node);
        }
        return node.asText();
    }

    private boolean flag(String name) {
        JsonNode node = require(name, "true or false");
        if (!node.isBoolean()) {
            throw wrong(name, "true or false", node);
        }
        return node.asBoolean();
    }

    private long integer(String name) {
        JsonNode node = require(name, "an integer");
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong(name, "an integer", node);
        }
        return node.asLong();
    }

    private int small(String name) {
        JsonNode node = require(name, "an integer");
        if (!node.isInt()) {
            throw wrong(name, "an integer", node);
        }
        return node.asInt();
    }

    private List<Integer> shape(String name) {
        JsonNode node = require(name, "a list of sizes");
        List<Integer> sizes = new ArrayList<>();
        for (JsonNode size : node) {
            if (!size.isInt()) {
                throw wrong(name, "a list of sizes", node);
            }
            sizes.add(size.asInt());
        }
        return sizes;
    }

    private Instant instant(String name) {
        Instant instant = optionalInstant(name);
        if (instant == null) {
            throw new RunException(file + " is damaged: the field " + name + " is missing; expected an instant");
        }
        return instant;
    }

    private @Nullable Instant optionalInstant(String name) {
        if (find(name) == null) {
            return null;
        }
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new RunException(
                    file + " is damaged: " + name + " must be an instant such as 2026-01-31T12:00:00Z but was "
                            + text(name),
                    e);
        }
    }

    private RunManifest.Outcome outcome(String name) {
        String given = text(name);
        return Arrays.stream(RunManifest.Outcome.values())
                .filter(each -> each.name().equals(given))
                .findFirst()
                .orElseThrow(() -> new RunException(file + " is damaged: " + name + " must be one of "
                        + Arrays.toString(RunManifest.Outcome.values()) + " but was " + given));
    }
}
