package org.saddlepoint.studio.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.RecipeChoice;
import org.saddlepoint.recipes.RecipeGroup;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.Pages;
import org.saddlepoint.studio.server.RefusedException;
import org.saddlepoint.studio.server.Site;

/** New runs and the commands that were started, under {@code /api/new} and {@code /api/jobs}. */
public final class JobPages implements Pages {
    private static final double MOST_MINUTES = 100_000;
    private static final String OUT = "--out=";
    private static final int LONGEST_STEM = 30;

    private final RunsFolder folder;
    private final Jobs jobs;

    /** Pages about these jobs, and new ones that train runs in this folder. */
    public JobPages(RunsFolder folder, Jobs jobs) {
        this.folder = folder;
        this.jobs = jobs;
    }

    @Override
    public void addTo(RoutesConfig routes, Site site) {
        routes.get("/api/jobs", request -> Json.answer(request, jobs.all()));
        routes.post("/api/jobs/stop", site.acting(request -> {
            jobs.stop(Json.read(request).path("number").asInt());
            Json.answer(request, Map.of());
        }));
        routes.post("/api/jobs/forget", site.acting(request -> {
            jobs.forget(Json.read(request).path("number").asInt());
            Json.answer(request, Map.of());
        }));
        routes.get("/api/new/choices", request -> Json.answer(request, choices()));
        routes.post("/api/new/look", request -> Json.answer(request, look(Json.read(request))));
        routes.post(
                "/api/new/command",
                request -> Json.answer(request, Map.of("command", CommandText.of(words(Json.read(request))))));
        routes.post("/api/new/train", site.acting(request -> {
            JsonNode body = Json.read(request);
            List<String> words = words(body);
            Path run = Path.of(words.get(words.size() - 1).substring(OUT.length()));
            Json.answer(request, jobs.start(words, RunsFolder.name(folder.path(), run)));
        }));
    }

    private static ObjectNode choices() {
        ObjectNode answer = Json.object();
        List<Map<String, Object>> groups = new ArrayList<>();
        for (RecipeGroup group : RecipeGroup.values()) {
            List<Map<String, String>> recipes = group.names().stream()
                    .map(name -> Map.of("name", name, "summary", Recipes.summary(name)))
                    .toList();
            groups.add(Map.of("name", group.name().toLowerCase(Locale.ROOT), "recipes", recipes));
        }
        answer.set("groups", Json.tree(groups));
        answer.set("sources", Json.tree(DataSources.known()));
        return answer;
    }

    /** What data holds, and which recipe would be chosen for it, and why. */
    private static ObjectNode look(JsonNode body) {
        String spec = spec(body);
        DataOptions how = Recipes.load(Recipes.standardFor(spec), Map.of()).dataOptions();
        try (Dataset data = DataSources.open(spec, how)) {
            double minutes = body.path("minutes").asDouble();
            RecipeChoice choice =
                    RecipeChoice.of(data, minutes > 0 ? OptionalDouble.of(minutes) : OptionalDouble.empty());
            ObjectNode answer = Json.object();
            answer.put("name", data.name());
            answer.put("examples", data.size());
            answer.put("shape", data.shape().toString());
            answer.put("classes", data.classNames().size());
            answer.put("skipped", data.skipped().size());
            answer.set("notes", Json.tree(data.notes()));
            answer.put("recipe", choice.recipe());
            answer.put("reason", choice.reason());
            answer.set("choiceNotes", Json.tree(choice.notes()));
            return answer;
        }
    }

    private static String spec(JsonNode body) {
        String spec = body.path("data").asText().strip();
        if (spec.isEmpty()) {
            throw RefusedException.wrong("name the data: digits, a folder of pictures, ring8, …");
        }
        return spec;
    }

    /** The command that trains by these words; each value stays within its own word. The last is the new run's folder. */
    List<String> words(JsonNode body) {
        List<String> words = new ArrayList<>(List.of("train"));
        String recipe = body.path("recipe").asText();
        if (!recipe.isEmpty()) {
            if (!Recipes.names().contains(recipe)) {
                throw RefusedException.wrong("there is no recipe " + recipe);
            }
            words.add(recipe);
        }
        words.add("--data=" + spec(body));
        double minutes = body.path("minutes").asDouble();
        if (!(minutes >= 0 && minutes <= MOST_MINUTES)) {
            throw RefusedException.wrong("minutes must be in [0, " + MOST_MINUTES + "] but was " + minutes);
        }
        if (minutes > 0) {
            words.add("--minutes=" + (minutes == Math.rint(minutes) ? "" + (long) minutes : "" + minutes));
        }
        if (body.path("seed").asLong() != 0) {
            words.add("--seed=" + body.path("seed").asLong());
        }
        if (body.path("evaluate").asBoolean()) {
            words.add(
                    "--evaluate-every=" + Math.max(1, body.path("evaluateEvery").asInt(500)));
        }
        words.add(OUT + RunFolder.freshName(folder.path(), stem(recipe, spec(body))));
        return words;
    }

    /** The beginning of the run's name, such as {@code dcgan-photos}. */
    private static String stem(String recipe, String spec) {
        String plain = spec.replaceFirst("[/\\\\]+$", "")
                .replaceFirst("^.*[/\\\\]", "")
                .replaceAll("[^A-Za-z0-9]+", "-");
        String data = plain.substring(0, Math.min(LONGEST_STEM, plain.length())).replaceAll("^-|-$", "");
        return (recipe.isEmpty() ? "run" : recipe) + "-" + (data.isEmpty() ? "data" : data);
    }
}
