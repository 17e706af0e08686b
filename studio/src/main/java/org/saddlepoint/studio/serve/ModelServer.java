package org.saddlepoint.studio.serve;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.saddlepoint.studio.server.WebServer;

/**
 * Trained models behind HTTP.
 *
 * <pre>{@code
 * try (ModelServer server = ModelServer.open(Map.of("digits", Path.of("runs/digits")), ServeOptions.DEFAULT)) {
 *     System.out.println(server.address());
 *     ...
 *     server.drain(Duration.ofSeconds(30));
 * }
 * }</pre>
 *
 * One thread computes, since more at once would only take each other's cores; others read requests and encode answers.
 */
public final class ModelServer implements AutoCloseable {
    /** Threads that encode, for each core; while one waits for memory another works. */
    private static final int HANDS = 2;

    private static final int LONGEST_PASS_SECONDS = 60;

    private final ExecutorService lane = Executors.newSingleThreadExecutor(named("serve-lane"));
    private final ExecutorService hands =
            Executors.newFixedThreadPool(HANDS * Runtime.getRuntime().availableProcessors(), named("serve-hand"));
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(named("serve-reload"));
    private final ServeMetrics metrics = new ServeMetrics();
    private final Traffic traffic = new Traffic();
    private final ServedModels models;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private WebServer server;

    @SuppressWarnings("NullAway.Init") // the last step of open
    private ModelServer(ServeOptions options) {
        this.models = new ServedModels(options, metrics);
    }

    /**
     * Opens the newest checkpoint of each run, then listens.
     *
     * @param runs folders of runs, by the names under which they are served
     * @throws org.saddlepoint.run.RunException if there is no such run, or it has no sound checkpoint
     * @throws org.saddlepoint.studio.server.ServerException if the port is taken
     */
    public static ModelServer open(Map<String, Path> runs, ServeOptions options) {
        ModelServer made = new ModelServer(options);
        try {
            runs.forEach((name, run) -> made.models.open(name, run, made.lane, made.hands));
            made.start(options);
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private void start(ServeOptions options) {
        metrics.watch("requests.active", "Requests that are being answered", traffic::requests);
        ServePages pages = new ServePages(models, traffic, metrics, new ApiDescription(options), hands);
        server = WebServer.start(
                options.endpoint(),
                new ApiGate(options),
                List.of(new WebServer.Files("/", "/serve-web")),
                List.of(pages));
        long millis = options.limits().reload().toMillis();
        var unused = clock.scheduleWithFixedDelay(models::refresh, millis, millis, TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Its address, without a path. */
    public String address() {
        return server.address();
    }

    /** The port that it listens at. */
    public int port() {
        return server.port();
    }

    /**
     * Refuses new requests from now on, and waits until those that were accepted are answered.
     *
     * @param patience requests that take longer are not waited for
     * @return whether all were answered
     */
    public boolean drain(Duration patience) throws InterruptedException {
        return traffic.drain(patience);
    }

    /** Stops answering, and frees the models. {@link #drain} first, so that no accepted request is lost. */
    @Override
    public void close() {
        if (!open.getAndSet(false)) {
            return;
        }
        clock.shutdownNow();
        if (server != null) {
            server.close();
        }
        lane.shutdownNow();
        hands.shutdown();
        try {
            var unused = lane.awaitTermination(LONGEST_PASS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        models.close();
        metrics.close();
    }
}
