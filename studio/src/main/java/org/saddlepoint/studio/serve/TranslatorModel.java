package org.saddlepoint.studio.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.saddlepoint.ModelOptions;
import org.saddlepoint.TrainedTranslator;
import org.saddlepoint.TranslateOptions;
import org.saddlepoint.data.images.Picture;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.studio.models.DirectionWord;
import org.saddlepoint.studio.models.ReceivedPicture;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.RefusedException;

/** A translator that is served. Pictures have sizes of their own, so each goes through it alone. */
final class TranslatorModel implements AutoCloseable {
    /** A larger picture would hold up the others for many seconds. */
    static final int LARGEST_SIDE = 1024;

    private final ReloadingModel<TrainedTranslator> model;
    private final long timeoutNanos;
    private final Executor lane;
    private final Executor hands;

    /**
     * A translator.
     *
     * @param lane of one thread, which computes
     * @param hands decode and encode
     */
    TranslatorModel(RunFolder run, ServeOptions options, Executor lane, Executor hands) {
        ModelOptions opening = ModelOptions.DEFAULT.device(options.device());
        this.model = new ReloadingModel<>(run, folder -> TrainedTranslator.open(folder.path(), opening));
        this.timeoutNanos = options.limits().timeout().toNanos();
        this.lane = lane;
        this.hands = hands;
    }

    /**
     * Translates a picture.
     *
     * @param file the picture
     * @return the picture; or a {@link RefusedException} if it cannot be read, is too large, or waits too long
     */
    CompletableFuture<Answer> translate(byte[] file, TranslateOptions options, SampleFormat format) {
        Lease<TrainedTranslator> lease = model.lease();
        TrainedTranslator translator = lease.model();
        long deadline = System.nanoTime() + timeoutNanos;
        return CompletableFuture.supplyAsync(() -> read(file, translator, options), hands)
                .thenApplyAsync(picture -> before(deadline, () -> translator.translate(picture, options)), lane)
                .thenApplyAsync(
                        made -> new Answer(
                                format.contentType(),
                                PictureBytes.of(
                                        SampleSheet.single(made.values(), made.channels(), made.height(), made.width()),
                                        format),
                                translator.step(),
                                options.seed()),
                        hands)
                .whenComplete((answer, failure) -> lease.close());
    }

    private static Picture read(byte[] file, TrainedTranslator translator, TranslateOptions options) {
        translator.series(options); // refuses ways that it does not translate
        return ReceivedPicture.read(file, translator.channels(options.direction()), LARGEST_SIDE);
    }

    private static <T> T before(long deadline, Supplier<T> work) {
        if (System.nanoTime() - deadline > 0) {
            throw RefusedException.unavailable("the picture's turn did not come in time; try again later", 1);
        }
        return work.get();
    }

    /** What it is, for lists of models. */
    ObjectNode describe(String name) {
        try (Lease<TrainedTranslator> lease = model.lease()) {
            TrainedTranslator translator = lease.model();
            ObjectNode answer = Json.object();
            answer.put("name", name);
            answer.put("kind", "translator");
            answer.put("recipe", translator.recipe().name());
            answer.put("step", translator.step());
            answer.set(
                    "directions",
                    Json.tree(translator.directions().stream()
                            .map(DirectionWord::of)
                            .sorted()
                            .toList()));
            return answer;
        }
    }

    /** How many steps the model of now was trained. */
    long step() {
        try (Lease<TrainedTranslator> lease = model.lease()) {
            return lease.model().step();
        }
    }

    /** Opens a newer checkpoint if there is one; answers whether. */
    boolean refresh() {
        return model.refresh();
    }

    @Override
    public void close() {
        model.close();
    }
}
