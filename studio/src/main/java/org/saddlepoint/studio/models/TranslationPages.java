package org.saddlepoint.studio.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.saddlepoint.TrainedTranslator;
import org.saddlepoint.TranslateOptions;
import org.saddlepoint.data.images.Picture;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.studio.runs.RunsFolder;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.Pages;
import org.saddlepoint.studio.server.Site;
import org.saddlepoint.training.Direction;

/** Translations of pictures that a browser sends, under {@code /api/translator}. Nothing in a run changes. */
public final class TranslationPages implements Pages {
    private static final int LARGEST_FILE = 16 << 20;

    /** A larger picture would take minutes. */
    private static final int LARGEST_SIDE = 2048;

    private final RunsFolder folder;
    private final OpenModels<TrainedTranslator> models = new OpenModels<>(run -> TrainedTranslator.open(run.path()));

    /** Pages about the translators of these runs. */
    public TranslationPages(RunsFolder folder) {
        this.folder = folder;
    }

    @Override
    public void addTo(RoutesConfig routes, Site site) {
        routes.get(
                "/api/translator",
                request -> Json.answer(
                        request, models.use(folder.run(request.queryParam("id")), TranslationPages::describe)));
        routes.post("/api/translator/translate", this::translate);
    }

    private static ObjectNode describe(TrainedTranslator translator) {
        ObjectNode answer = Json.object();
        answer.put("step", translator.step());
        answer.put("recipe", translator.recipe().name());
        answer.set(
                "directions",
                Json.tree(
                        translator.directions().stream().map(DirectionWord::of).toList()));
        return answer;
    }

    private void translate(Context request) {
        Direction direction = DirectionWord.parse(String.valueOf(request.queryParam("direction")));
        byte[] bytes = Json.bytes(request, LARGEST_FILE);
        byte[] png = models.use(folder.run(request.queryParam("id")), translator -> {
            Picture given = ReceivedPicture.read(bytes, translator.channels(direction), LARGEST_SIDE);
            long before = System.nanoTime();
            Picture made = translator.translate(given, TranslateOptions.of(direction));
            request.header("X-Millis", Long.toString((System.nanoTime() - before) / 1_000_000));
            return SampleSheet.png(SampleSheet.single(made.values(), made.channels(), made.height(), made.width()));
        });
        request.contentType("image/png").result(png);
    }

    /** Frees the models. */
    public void close() {
        models.close();
    }
}
