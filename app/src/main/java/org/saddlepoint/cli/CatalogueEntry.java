package org.saddlepoint.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.RunException;

/**
 * A training of known outcome: a planted failure or a healthy one.
 *
 * @param name unique in its file
 * @param recipe as {@code train} takes it
 * @param data as {@code train --data}
 * @param plant a fault of the data, see {@link PlantedData}; empty for none
 * @param settings as {@code train --set}
 * @param expect ids of the symptoms of which one has to be found; none for a healthy one
 * @param onset the step from which the failure is there, for the delay
 */
record CatalogueEntry(
        String name,
        String recipe,
        String data,
        String plant,
        Map<String, String> settings,
        List<String> expect,
        long onset) {
    private static final int MOST_BYTES = 1 << 20;

    CatalogueEntry {
        settings = new LinkedHashMap<>(settings);
        expect = List.copyOf(expect);
    }

    boolean isHealthy() {
        return expect.isEmpty();
    }

    /**
     * Reads a catalogue: a YAML list of entries with {@code name}, {@code recipe}, {@code data}, {@code plant}, {@code set},
     * {@code expect} and {@code onset}; the last four may be left out.
     *
     * @throws RunException if it cannot be read; names the entry and what it lacks
     */
    static List<CatalogueEntry> read(Path file) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(new String(InputFiles.bytes(file, MOST_BYTES), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new RunException(file + " is no YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new RunException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
        List<CatalogueEntry> entries = new ArrayList<>();
        for (JsonNode node : root) {
            for (String needed : List.of("name", "recipe", "data")) {
                if (!node.hasNonNull(needed)) {
                    throw new RunException(file + ", entry " + (entries.size() + 1) + ": expected " + needed);
                }
            }
            Map<String, String> settings = new LinkedHashMap<>();
            node.path("set").properties().forEach(each -> settings.put(each.getKey(), text(each.getValue())));
            List<String> expect = new ArrayList<>();
            node.path("expect").forEach(each -> expect.add(each.asText()));
            entries.add(new CatalogueEntry(
                    node.get("name").asText(),
                    node.get("recipe").asText(),
                    node.get("data").asText(),
                    node.path("plant").asText(),
                    settings,
                    expect,
                    node.path("onset").asLong()));
        }
        return entries;
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
