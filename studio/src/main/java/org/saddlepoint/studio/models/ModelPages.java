package org.saddlepoint.studio.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.saddlepoint.RequestException;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.studio.runs.RunsFolder;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.Pages;
import org.saddlepoint.studio.server.Site;

/** Samples of generators, under {@code /api/model}. Nothing on disk changes. */
public final class ModelPages implements Pages {
    private static final int IMAGE_AXES = 3;

    private final RunsFolder folder;
    private final OpenModels<TrainedGenerator> models = new OpenModels<>(run -> TrainedGenerator.open(run.path()));

    /** Pages about the models of these runs. */
    public ModelPages(RunsFolder folder) {
        this.folder = folder;
    }

    @Override
    public void addTo(RoutesConfig routes, Site site) {
        routes.get("/api/model", request -> Json.answer(request, use(request, ModelPages::describe)));
        routes.post("/api/model/draw", this::draw);
        routes.post("/api/model/zip", this::zip);
    }

    private <T> T use(Context request, Function<TrainedGenerator, T> work) {
        return models.use(folder.run(request.queryParam("id")), work);
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
        answer.set("warnings", Json.tree(generator.warnings()));
        return answer;
    }

    private record Drawn(float[] values, int[] shape, long step, long millis) {
        int count() {
            return values.length / Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        }

        BufferedImage picture(int index) {
            int elements = shape[0] * shape[1] * shape[2];
            float[] own = Arrays.copyOfRange(values, index * elements, (index + 1) * elements);
            return SampleSheet.single(own, shape[0], shape[1], shape[2]);
        }
    }

    private Drawn drawn(Context request) {
        Tiles tiles = Tiles.read(Json.read(request));
        return use(request, generator -> {
            long before = System.nanoTime();
            float[] values = tiles.draw(generator);
            long millis = (System.nanoTime() - before) / 1_000_000;
            return new Drawn(values, generator.sampleShape().dimensions(), generator.step(), millis);
        });
    }

    /** Pictures as one PNG without gaps, row by row; points as JSON. */
    private void draw(Context request) {
        Drawn drawn = drawn(request);
        request.header("X-Step", Long.toString(drawn.step()));
        request.header("X-Millis", Long.toString(drawn.millis()));
        if (drawn.shape().length != IMAGE_AXES) {
            Json.answer(request, drawn.values());
            return;
        }
        int columns = (int) Math.ceil(Math.sqrt(drawn.count()));
        request.header("X-Columns", Integer.toString(columns));
        request.contentType("image/png").result(SampleSheet.png(sheet(drawn, columns)));
    }

    private static BufferedImage sheet(Drawn drawn, int columns) {
        int height = drawn.shape()[1];
        int width = drawn.shape()[2];
        int rows = (drawn.count() + columns - 1) / columns;
        boolean grey = drawn.shape()[0] == 1;
        BufferedImage sheet = new BufferedImage(
                columns * width, rows * height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        for (int i = 0; i < drawn.count(); i++) {
            graphics.drawImage(drawn.picture(i), i % columns * width, i / columns * height, null);
        }
        graphics.dispose();
        return sheet;
    }

    private void zip(Context request) throws IOException {
        Drawn drawn = drawn(request);
        if (drawn.shape().length != IMAGE_AXES) {
            throw new RequestException("these samples are points; download them as they are shown");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < drawn.count(); i++) {
                zip.putNextEntry(new ZipEntry(String.format(Locale.ROOT, "%04d.png", i)));
                zip.write(SampleSheet.png(drawn.picture(i)));
            }
        }
        request.contentType("application/zip").result(bytes.toByteArray());
    }

    /** Frees the models. */
    public void close() {
        models.close();
    }
}
