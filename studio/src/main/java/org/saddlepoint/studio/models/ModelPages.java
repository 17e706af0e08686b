package org.saddlepoint.studio.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.saddlepoint.LatentDirections;
import org.saddlepoint.RequestException;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.studio.runs.RunsFolder;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.Pages;
import org.saddlepoint.studio.server.Site;

/** Samples of generators, under {@code /api/model}. Nothing on disk changes. */
public final class ModelPages implements Pages {
    /** Training pictures beside a sample. */
    private static final int NEIGHBOURS = 8;

    /** Directions of the first layer that have a slider. */
    private static final int DIRECTIONS = 8;

    private final RunsFolder folder;
    private final OpenModels<LearntPictures> learnt = new OpenModels<>(1, this::learn);
    private final OpenModels<TrainedGenerator> models = new OpenModels<>(run -> TrainedGenerator.open(run.path()));

    /** Of the runs, by their paths, whose training pictures are being read. */
    private final Map<Path, ReadingProgress> readings = new ConcurrentHashMap<>();

    /** Pages about the models of these runs. */
    public ModelPages(RunsFolder folder) {
        this.folder = folder;
    }

    @Override
    public void addTo(RoutesConfig routes, Site site) {
        routes.get("/api/model", request -> Json.answer(request, use(request, ModelPages::describe)));
        routes.post("/api/model/draw", this::draw);
        routes.post("/api/model/zip", this::zip);
        routes.post("/api/model/nearest", this::nearest);
        routes.get("/api/model/nearest/progress", request -> {
            ReadingProgress reading = readings.get(run(request).path());
            Json.answer(request, reading == null ? Map.of("reading", false) : reading.json());
        });
        routes.post("/api/model/nearest/stop", request -> {
            ReadingProgress reading = readings.get(run(request).path());
            if (reading != null) {
                reading.stop();
            }
            Json.answer(request, Map.of());
        });
    }

    private RunFolder run(Context request) {
        return folder.run(request.queryParam("id"));
    }

    private <T> T use(Context request, Function<TrainedGenerator, T> work) {
        return models.use(run(request), work);
    }

    private LearntPictures learn(RunFolder run) {
        ReadingProgress reading = new ReadingProgress();
        readings.put(run.path(), reading);
        try {
            return LearntPictures.open(run, reading);
        } finally {
            readings.remove(run.path());
        }
    }

    private static ObjectNode describe(TrainedGenerator generator) {
        ObjectNode answer = Json.object();
        answer.put("step", generator.step());
        answer.put("average", generator.isAverage());
        answer.put("recipe", generator.recipe().name());
        answer.put("latent", generator.recipe().latent().size());
        answer.set("shape", Json.tree(generator.sampleShape().dimensions()));
        answer.set("classes", Json.tree(generator.classNames()));
        answer.put("styles", generator.hasStyles());
        Optional<LatentDirections> directions = generator.directions();
        answer.put("layer", directions.map(LatentDirections::layer).orElse(""));
        answer.set(
                "strengths",
                Json.tree(directions
                        .map(found -> found.strengths().subList(0, Math.min(DIRECTIONS, found.count())))
                        .orElse(List.of())));
        answer.set("warnings", Json.tree(generator.warnings()));
        return answer;
    }

    private record Drawn(SamplePictures pictures, long step, long millis) {}

    private Drawn drawn(Context request) {
        Tiles tiles = Tiles.read(Json.read(request));
        return use(request, generator -> {
            long before = System.nanoTime();
            float[] values = tiles.draw(generator);
            long millis = (System.nanoTime() - before) / 1_000_000;
            SamplePictures pictures =
                    new SamplePictures(values, generator.sampleShape().dimensions());
            return new Drawn(pictures, generator.step(), millis);
        });
    }

    /** Pictures as one PNG without gaps, row by row; points as JSON. */
    private void draw(Context request) {
        Drawn drawn = drawn(request);
        request.header("X-Step", Long.toString(drawn.step()));
        request.header("X-Millis", Long.toString(drawn.millis()));
        if (!drawn.pictures().arePictures()) {
            Json.answer(request, drawn.pictures().values());
            return;
        }
        int columns = (int) Math.ceil(Math.sqrt(drawn.pictures().count()));
        request.header("X-Columns", Integer.toString(columns));
        request.contentType("image/png").result(SampleSheet.png(drawn.pictures().sheet(columns)));
    }

    /** The training pictures nearest to one sample, in a row; what is told of them is JSON in a header. */
    private void nearest(Context request) {
        SamplePictures sample = drawn(request).pictures();
        if (!sample.arePictures() || sample.count() != 1) {
            throw new RequestException("training pictures are searched for one picture at a time");
        }
        learnt.use(run(request), pictures -> {
            List<LearntPictures.Neighbour> found = pictures.nearest(sample.values(0), NEIGHBOURS);
            ObjectNode about = Json.object();
            about.put("by", pictures.by());
            about.put("searched", pictures.searched());
            about.put("of", pictures.size());
            about.set("neighbours", Json.tree(found));
            request.header("X-Nearest", ascii(Json.text(about)));
            request.header("X-Columns", Integer.toString(found.size()));
            BufferedImage row = new SamplePictures(pictures.pictures(found), sample.shape()).sheet(found.size());
            request.contentType("image/png").result(SampleSheet.png(row));
            return found;
        });
    }

    /** JSON for a header: other signs become the escapes of JSON. */
    private static String ascii(String json) {
        StringBuilder text = new StringBuilder();
        json.chars()
                .forEach(sign -> text.append(
                        sign < 0x7F ? String.valueOf((char) sign) : String.format(Locale.ROOT, "\\u%04x", sign)));
        return text.toString();
    }

    private void zip(Context request) throws IOException {
        Drawn drawn = drawn(request);
        if (!drawn.pictures().arePictures()) {
            throw new RequestException("these samples are points; download them as they are shown");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < drawn.pictures().count(); i++) {
                zip.putNextEntry(new ZipEntry(String.format(Locale.ROOT, "%04d.png", i)));
                zip.write(SampleSheet.png(drawn.pictures().picture(i)));
            }
        }
        request.contentType("application/zip").result(bytes.toByteArray());
    }

    /** Frees the models. */
    public void close() {
        models.close();
        learnt.close();
    }
}
