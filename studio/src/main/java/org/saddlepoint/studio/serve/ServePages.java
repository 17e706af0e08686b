package org.saddlepoint.studio.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.TranslateOptions;
import org.saddlepoint.studio.models.DirectionWord;
import org.saddlepoint.studio.server.AsyncBody;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.Pages;
import org.saddlepoint.studio.server.RefusedException;
import org.saddlepoint.studio.server.Site;

/** What programs ask for: {@code /v1}, probes of health, metrics and the description of all these. */
final class ServePages implements Pages {
    /** A longer request for samples is refused. */
    static final int LARGEST_REQUEST = 1 << 16;

    /** A larger file of a picture is refused. */
    static final int LARGEST_PICTURE = 16 << 20;

    /** Times the patience with bodies: answers may be a hundred times as long. */
    private static final int FOR_ANSWERS = 4;

    private static final String UNKNOWN = "unknown";

    private final ServedModels models;
    private final Traffic traffic;
    private final ServeMetrics metrics;
    private final ApiDescription description;
    private final Executor hands;

    /** @param hands read requests and encode answers */
    ServePages(ServedModels models, Traffic traffic, ServeMetrics metrics, ApiDescription description, Executor hands) {
        this.models = models;
        this.traffic = traffic;
        this.metrics = metrics;
        this.description = description;
        this.hands = hands;
    }

    @Override
    public void addTo(RoutesConfig routes, Site site) {
        routes.get("/", request -> request.html(description.page()));
        routes.get("/openapi.json", request -> Json.answer(request, description.json()));
        routes.get("/healthz", request -> Json.answer(request, Map.of("status", "ok")));
        routes.get("/readyz", this::ready);
        routes.get("/metrics", request -> request.contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(metrics.text()));
        routes.get("/v1/models", this::list);
        routes.post("/v1/{model}/samples", this::samples);
        routes.post("/v1/{model}/translate", this::translate);
    }

    private void ready(Context request) {
        if (!traffic.isOpen()) {
            throw RefusedException.unavailable("this server is ending", 5);
        }
        Json.answer(request, Map.of("status", "ready"));
    }

    private void list(Context request) {
        ArrayNode list = Json.object().putArray("models");
        models.describe().forEach(list::add);
        Json.answer(request, Map.of("models", list));
    }

    private void samples(Context request) {
        String name = request.pathParam("model");
        long start = System.nanoTime();
        try {
            GeneratorModel model = models.generator(name);
            Traffic.Ticket ticket = traffic.enter(false);
            answer(request, ticket, new Request(name, "samples", start), () -> body(request, LARGEST_REQUEST)
                    .thenCompose(bytes -> model.draw(
                            SampleRequest.read(Json.read(bytes), models.limits().count()), ticket))
                    .handleAsync((drawn, failure) -> sound(drawn, failure).answer(), hands));
        } catch (RefusedException e) {
            refused(new Request(models.has(name) ? name : UNKNOWN, "samples", start), e);
            throw e;
        }
    }

    private void translate(Context request) {
        String name = request.pathParam("model");
        long start = System.nanoTime();
        try {
            TranslatorModel model = models.translator(name);
            TranslateOptions options = options(request);
            SampleFormat format = format(request.queryParam("format"));
            Traffic.Ticket ticket = traffic.enter(true);
            answer(request, ticket, new Request(name, "translate", start), () -> body(request, LARGEST_PICTURE)
                    .thenCompose(bytes -> model.translate(bytes, options, format))
                    .handleAsync(ServePages::sound, hands));
        } catch (RefusedException e) {
            refused(new Request(models.has(name) ? name : UNKNOWN, "translate", start), e);
            throw e;
        }
    }

    private static TranslateOptions options(Context request) {
        String direction = request.queryParam("direction");
        String seed = request.queryParam("seed");
        TranslateOptions options =
                direction == null ? TranslateOptions.DEFAULT : TranslateOptions.of(DirectionWord.parse(direction));
        try {
            return seed == null ? options : options.seed(Long.parseLong(seed));
        } catch (NumberFormatException e) {
            throw RefusedException.wrong("seed must be a whole number of at most 64 bits but was " + seed);
        }
    }

    private static SampleFormat format(@Nullable String word) {
        for (SampleFormat format : SampleFormat.values()) {
            if (format.isPicture() && format.word().equals(word == null ? SampleFormat.PNG.word() : word)) {
                return format;
            }
        }
        throw RefusedException.wrong("format must be png or webp but was " + word);
    }

    /** The body; if it does not come, {@link #hands} say so, since what waits for the time must not wait for clients. */
    private CompletableFuture<byte[]> body(Context request, int most) {
        return AsyncBody.read(request, most, models.limits().patience())
                .exceptionallyComposeAsync(CompletableFuture::failedFuture, hands);
    }

    private static <T> T sound(@Nullable T value, @Nullable Throwable failure) {
        if (value == null) {
            throw failure instanceof CompletionException wrapped
                    ? wrapped
                    : new CompletionException(failure == null ? new IllegalStateException("no result") : failure);
        }
        return value;
    }

    private record Request(String model, String operation, long start) {}

    private void refused(Request request, RefusedException refusal) {
        Duration took = Duration.ofNanos(System.nanoTime() - request.start());
        metrics.answered(request.model(), request.operation(), refusal.status(), took);
    }

    private void answer(
            Context request, Traffic.Ticket ticket, Request asked, Supplier<CompletableFuture<Answer>> work) {
        request.future(() -> {
            request.req().getAsyncContext().addListener(new Ending() {
                @Override
                public void onComplete(AsyncEvent event) {
                    ticket.close();
                    Duration took = Duration.ofNanos(System.nanoTime() - asked.start());
                    metrics.answered(asked.model(), asked.operation(), request.statusCode(), took);
                }
            });
            return work.get()
                    .thenCompose(answer ->
                            answer.send(request, models.limits().patience().multipliedBy(FOR_ANSWERS)));
        });
    }

    /** Listens for the end of a request alone. */
    private interface Ending extends AsyncListener {
        @Override
        default void onTimeout(AsyncEvent event) {}

        @Override
        default void onError(AsyncEvent event) {}

        @Override
        default void onStartAsync(AsyncEvent event) {}
    }
}
