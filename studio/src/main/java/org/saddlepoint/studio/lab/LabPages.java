package org.saddlepoint.studio.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.studio.runs.Jobs;
import org.saddlepoint.studio.runs.RunsFolder;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.Pages;
import org.saddlepoint.studio.server.RefusedException;
import org.saddlepoint.studio.server.Site;

/**
 * Experiments of the lab, under {@code /api/lab}. Each runs as a command in a process of its own; its figure and its report are kept
 * in {@code .lab} of the folder of runs until it is run again.
 */
public final class LabPages implements Pages {
    private static final String FOLDER = ".lab";
    private static final String ABOUT = "lab ";
    private static final long LARGEST = 16L << 20;

    private final RunsFolder folder;
    private final Jobs jobs;
    private final List<LabExperiment> experiments;

    /** Pages about these experiments, which are begun among these jobs. */
    public LabPages(RunsFolder folder, Jobs jobs, List<LabExperiment> experiments) {
        this.folder = folder;
        this.jobs = jobs;
        this.experiments = List.copyOf(experiments);
    }

    @Override
    public void addTo(RoutesConfig routes, Site site) {
        routes.get("/api/lab", request -> Json.answer(request, experiments));
        routes.get("/api/lab/state", request -> Json.answer(request, state(request.queryParam("name"))));
        routes.get("/api/lab/figure", this::figure);
        routes.post("/api/lab/run", site.acting(request -> Json.answer(request, run(Json.read(request)))));
    }

    private LabExperiment experiment(@Nullable String name) {
        return experiments.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.missing("there is no experiment " + name));
    }

    private Object run(JsonNode body) {
        LabExperiment experiment = experiment(body.path("name").asText());
        if (jobs.about(ABOUT + experiment.name()).filter(Jobs.Shown::running).isPresent()) {
            throw RefusedException.conflict(experiment.name() + " runs already; wait until it ends, or stop it");
        }
        return jobs.start(words(experiment, body), ABOUT + experiment.name());
    }

    /** The command that runs an experiment by these settings. */
    List<String> words(LabExperiment experiment, JsonNode body) {
        List<String> words = new ArrayList<>(List.of("lab", experiment.name()));
        for (LabExperiment.Setting setting : experiment.settings()) {
            JsonNode given = body.path("settings").path(setting.option());
            if (!given.isMissingNode() && !given.asText().equals(setting.value())) {
                words.add(setting.with(given.asText().strip()));
            }
        }
        if (body.path("quick").asBoolean()) {
            words.add("--quick");
        }
        words.add("--seed=" + body.path("seed").asLong());
        words.add("--out=" + folder.path().resolve(FOLDER));
        return words;
    }

    /** What is known of an experiment: its newest command, and what it found. */
    private ObjectNode state(@Nullable String name) {
        LabExperiment experiment = experiment(name);
        ObjectNode state = Json.object();
        jobs.about(ABOUT + experiment.name()).ifPresent(job -> state.set("job", Json.tree(job)));
        file(experiment, "report.json").ifPresent(report -> {
            state.set("report", Json.read(bytes(report)));
            state.put("made", report.toFile().lastModified());
        });
        return state;
    }

    private void figure(Context request) {
        LabExperiment experiment = experiment(request.queryParam("name"));
        Path figure = file(experiment, "figure.png")
                .orElseThrow(() -> RefusedException.missing("there is no figure of " + experiment.name() + " yet"));
        request.contentType("image/png").result(bytes(figure));
    }

    private Optional<Path> file(LabExperiment experiment, String name) {
        return folder.file(
                folder.path().resolve(FOLDER).resolve(experiment.name()).resolve(name), LARGEST);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw RefusedException.conflict("cannot read " + file + ": " + IoReasons.of(e));
        }
    }
}
