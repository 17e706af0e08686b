package org.saddlepoint.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.MetricsLog;

/** Folders of runs that nothing trained. */
public final class Fakes {
    private static final String MANIFEST =
            """
            {"formatVersion": 1, "softwareVersion": "test", "recipe": "gan-points", "recipeHash": "00", "seed": 0,
             "execution": {"device": "cpu", "threads": 1, "precision": "float32"},
             "data": {"spec": "ring8", "name": "ring8", "fingerprint": "0", "exampleShape": [2], "classNames": [],
                      "vectorNames": []},
             "environment": {"java": "17", "os": "Linux", "engine": "none"},
             "started": "2026-01-01T00:00:00Z", "finished": %s, "steps": 0, "images": 0, "outcome": "%s"}
            """;

    private Fakes() {}

    /** A run that logged nothing. */
    public static Path run(Path folder, String outcome) throws IOException {
        Files.createDirectories(folder);
        String finished = outcome.equals("RUNNING") ? "null" : "\"2026-01-01T01:00:00Z\"";
        Files.writeString(folder.resolve("recipe.yaml"), Recipes.format(Recipes.load("gan-points", Map.of())));
        Files.writeString(folder.resolve("run.json"), MANIFEST.formatted(finished, outcome));
        return folder;
    }

    /** Logs losses of these steps. */
    public static void log(Path run, long from, long to) {
        try (MetricsLog log = MetricsLog.open(run.resolve("metrics.jsonl"))) {
            for (long step = from; step <= to; step++) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("discriminatorLoss", 1 + 1.0 / step);
                row.put("generatorLoss", Math.sin(step / 10.0));
                log.append(step, row);
            }
        }
    }
}
