package org.saddlepoint.export;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.RunManifest;

/**
 * What the files {@code meta.yaml} of MLflow say.
 *
 * @param name of the run
 * @param experimentId the number of its experiment
 * @param runId its own
 * @param folder where it will be
 */
record MlflowMeta(String name, String experimentId, String runId, Path folder) {
    /** {@code SourceType.LOCAL}. */
    private static final int LOCAL = 4;

    /** {@code RunStatus}. */
    private static final Map<RunManifest.Outcome, Integer> STATUS = Map.of(
            RunManifest.Outcome.RUNNING, 1,
            RunManifest.Outcome.DONE, 3,
            RunManifest.Outcome.DIVERGED, 4,
            RunManifest.Outcome.FAILED, 4,
            RunManifest.Outcome.INTERRUPTED, 5);

    /** Of an experiment. */
    static Map<String, Object> ofExperiment(String name, String id, Path folder, Instant created) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("artifact_location", uri(folder));
        meta.put("creation_time", created.toEpochMilli());
        meta.put("experiment_id", id);
        meta.put("last_update_time", created.toEpochMilli());
        meta.put("lifecycle_stage", "active");
        meta.put("name", name);
        return meta;
    }

    /** Of the run. */
    Map<String, @Nullable Object> ofRun(RunManifest manifest) {
        Instant finished = manifest.finished();
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        meta.put("artifact_uri", uri(folder) + "/artifacts");
        meta.put("end_time", finished == null ? null : finished.toEpochMilli());
        meta.put("entry_point_name", "");
        meta.put("experiment_id", experimentId);
        meta.put("lifecycle_stage", "active");
        meta.put("run_id", runId);
        meta.put("run_name", name);
        meta.put("run_uuid", runId);
        meta.put("source_name", "");
        meta.put("source_type", LOCAL);
        meta.put("source_version", "");
        meta.put("start_time", manifest.started().toEpochMilli());
        meta.put("status", STATUS.get(manifest.outcome()));
        meta.put("tags", List.of());
        meta.put("user_id", "");
        return meta;
    }

    private static String uri(Path folder) {
        URI uri = folder.toAbsolutePath().normalize().toUri();
        return uri.toString().replaceAll("/$", "");
    }
}
