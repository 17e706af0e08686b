package org.saddlepoint.studio.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.studio.server.EventStream;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.Pages;
import org.saddlepoint.studio.server.RefusedException;
import org.saddlepoint.studio.server.Site;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What browsers ask about runs, under {@code /api/runs} and {@code /api/run}. */
public final class RunPages implements Pages {
    private static final Logger LOG = LoggerFactory.getLogger(RunPages.class);
    private static final long LARGEST_SHEET = 64L << 20;
    private static final int MOST_LINES = 5000;

    /** What is written is seen within two seconds. Looking more often costs trainings more. */
    private static final long MILLIS_BETWEEN_LOOKS = 1000;

    private final RunsFolder folder;
    private final RunIndex index;
    private final RunActions actions;
    private final Set<RunWatch> watches = ConcurrentHashMap.newKeySet();
    private final Set<ListWatch> lists = ConcurrentHashMap.newKeySet();

    /** Pages about the runs of a folder. */
    public RunPages(RunsFolder folder, RunIndex index, RunActions actions) {
        this.folder = folder;
        this.index = index;
        this.actions = actions;
    }

    @Override
    public void addTo(RoutesConfig routes, Site site) {
        routes.get("/api/site", request -> Json.answer(request, Map.of("readOnly", site.readOnly())));
        routes.get("/api/runs", request -> Json.answer(request, list(site)));
        routes.get("/api/runs/events", request -> site.streams().answer(request, this::watchList));
        routes.get("/api/run", request -> Json.answer(request, page(run(request))));
        routes.get("/api/run/log", this::log);
        routes.get("/api/run/sample", this::sample);
        routes.get("/api/run/events", request -> {
            String id = folder.name(run(request));
            site.streams().answer(request, stream -> watch(id, stream));
        });
        routes.get("/api/bin", request -> Json.answer(request, actions.bin()));
        act(routes, site, "note", (run, body) -> {
            actions.note(run, body.path("text").asText());
            return Map.of();
        });
        act(routes, site, "stop", (run, body) -> {
            actions.stop(run);
            return Map.of();
        });
        act(
                routes,
                site,
                "resume",
                (run, body) -> actions.resume(run, body.path("steps").asLong()));
        act(routes, site, "evaluate", (run, body) -> actions.evaluate(run));
        act(routes, site, "delete", (run, body) -> {
            actions.delete(run);
            return Map.of();
        });
        routes.post("/api/bin/restore", site.acting(request -> {
            actions.restore(Json.read(request).path("name").asText());
            index.forget();
            Json.answer(request, Map.of());
        }));
        site.streams().every(MILLIS_BETWEEN_LOOKS, this::look);
    }

    /** Does something to a run, and says what to answer. */
    @FunctionalInterface
    private interface Action {
        Object on(RunFolder run, JsonNode body);
    }

    private void act(RoutesConfig routes, Site site, String name, Action action) {
        routes.post("/api/run/" + name, site.acting(request -> {
            JsonNode body = Json.read(request);
            Object answer = action.on(folder.run(body.path("id").asText()), body);
            index.forget();
            Json.answer(request, answer);
        }));
    }

    private RunFolder run(Context request) {
        return folder.run(request.queryParam("id"));
    }

    private ObjectNode list(Site site) {
        ObjectNode answer = Json.object();
        answer.put("root", folder.path().toString());
        answer.put("readOnly", site.readOnly());
        answer.set("runs", Json.tree(index.runs().values()));
        return answer;
    }

    private ObjectNode page(RunFolder run) {
        return new RunPage(folder, run).json(new RunReader(folder, folder.name(run)).read());
    }

    private void log(Context request) {
        RunPage.Log log;
        try {
            log = RunPage.Log.valueOf(String.valueOf(request.queryParam("log")).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RefusedException.wrong("log must be metrics, evaluations or diagnosis");
        }
        int most = (int) Math.max(2, Math.min(MOST_LINES, number(request, "most", 1500)));
        long from = number(request, "from", 0);
        long to = number(request, "to", Long.MAX_VALUE);
        Json.answer(request, new RunPage(folder, run(request)).log(log, most, from, to));
    }

    private static long number(Context request, String name, long otherwise) {
        String given = request.queryParam(name);
        try {
            return given == null ? otherwise : Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw RefusedException.wrong(name + " must be a whole number");
        }
    }

    private void sample(Context request) throws IOException {
        long step = number(request, "step", 0);
        if (step < 0) {
            throw RefusedException.wrong("step must be >= 0");
        }
        Optional<Path> sheet = folder.file(run(request).sampleFile(step), LARGEST_SHEET);
        if (sheet.isEmpty()) {
            throw RefusedException.missing("there are no samples of step " + step);
        }
        try {
            byte[] png = Files.readAllBytes(sheet.get());
            request.header("Cache-Control", "private, max-age=60");
            request.contentType("image/png").result(png);
        } catch (IOException e) {
            throw RefusedException.conflict("the samples cannot be read: " + IoReasons.of(e));
        }
    }

    private void watch(String id, EventStream stream) {
        RunWatch watch = new RunWatch(folder, id, stream);
        watches.add(watch);
        stream.onEnd(() -> watches.remove(watch));
    }

    private void watchList(EventStream stream) {
        ListWatch watch = new ListWatch(stream);
        lists.add(watch);
        stream.onEnd(() -> lists.remove(watch));
    }

    /** Looks at all that is watched; a failure at one run must not end the others, nor that run's, which may be mended. */
    private void look() {
        for (RunWatch watch : List.copyOf(watches)) {
            try {
                watch.look();
            } catch (RuntimeException e) {
                LOG.debug("a run that is watched could not be looked at; it is looked at again", e);
            }
        }
        if (!lists.isEmpty()) {
            Map<String, RunSummary> now = index.runs();
            lists.forEach(watch -> watch.tell(now));
        }
    }

    /** Tells one browser what changes in the list of runs. */
    private final class ListWatch {
        private final EventStream stream;
        private Map<String, RunSummary> told = index.runs();

        ListWatch(EventStream stream) {
            this.stream = stream;
        }

        void tell(Map<String, RunSummary> now) {
            if (now == told) {
                return;
            }
            List<RunSummary> changed = new ArrayList<>();
            now.forEach((id, run) -> {
                if (!run.equals(told.get(id))) {
                    changed.add(run);
                }
            });
            List<String> gone =
                    told.keySet().stream().filter(id -> !now.containsKey(id)).toList();
            told = now;
            if (!changed.isEmpty() || !gone.isEmpty()) {
                stream.send("runs", Json.text(Map.of("changed", changed, "gone", gone)));
            }
        }
    }
}
