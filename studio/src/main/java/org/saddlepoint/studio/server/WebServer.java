package org.saddlepoint.studio.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.staticfiles.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.RequestException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.input.OneLine;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.run.NoSuchRunException;
import org.saddlepoint.run.RunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server: a {@link Gate} before everything, files of the program, then the given pages. All else is answered with one line of
 * JSON, {@code {"error": …}}.
 */
public final class WebServer implements AutoCloseable {
    /** Bytes of a body that come with its head. */
    private static final int AT_HAND = 4096;

    /** What every site has: its icon. */
    private static final Files SHARED = new Files("/", "/web");

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    /** Answers at a time to one user; a browser asks for six. */
    private static final int THREADS = 16;

    /** Patience with one user's connections. */
    private static final int IDLE_MILLIS = 30_000;

    /** A longer body is refused before it is read. */
    private static final long LARGEST_BODY = 32L << 20;

    /** What is known to go wrong by what was asked for; the message is for the user. */
    private static final Map<Class<? extends Exception>, Integer> FORESEEN = Map.of(
            DataException.class, 400,
            RequestException.class, 400,
            RecipeException.class, 400,
            IllegalArgumentException.class, 400,
            NoSuchRunException.class, 404,
            RunException.class, 409);

    private final Endpoint endpoint;
    private final Gate gate;
    private final EventStreams streams = new EventStreams();
    private final Javalin server;

    /**
     * A file of the program that a browser asks for.
     *
     * @param address the address of the folder, such as {@code /}
     * @param resources the folder on the class path
     */
    public record Files(String address, String resources) {}

    private WebServer(Endpoint endpoint, Gate gate, List<Files> files, List<Pages> pages, boolean readOnly) {
        this.endpoint = endpoint;
        this.gate = gate;
        Site site = new Site(readOnly, streams);
        this.server = Javalin.create(config -> configure(config, files, pages, site));
    }

    /**
     * Starts a server for one user.
     *
     * @param files of the program
     * @param pages everything else that it answers
     * @throws ServerException if the port is taken or the address is not this machine's
     */
    public static WebServer start(ServerOptions options, List<Files> files, List<Pages> pages) {
        Endpoint endpoint = new Endpoint(options.host(), options.port(), THREADS, IDLE_MILLIS);
        return start(new WebServer(endpoint, new Guard(options), files, pages, options.readOnly()));
    }

    /**
     * Starts a server of pages that change nothing.
     *
     * @param gate that all requests pass
     * @param files of the program
     * @param pages everything else that it answers
     * @throws ServerException if the port is taken or the address is not this machine's
     */
    public static WebServer start(Endpoint endpoint, Gate gate, List<Files> files, List<Pages> pages) {
        return start(new WebServer(endpoint, gate, files, pages, true));
    }

    private static WebServer start(WebServer made) {
        Endpoint endpoint = made.endpoint;
        try {
            made.server.start(endpoint.host(), endpoint.port());
        } catch (RuntimeException refused) {
            made.close();
            throw new ServerException(
                    "cannot listen at " + endpoint.host() + ", port " + endpoint.port() + ": " + reason(refused)
                            + "; give another --port, or --port 0 for any that is free",
                    refused);
        }
        made.gate.listensAt(made.port());
        return made;
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause;
        }
        return OneLine.of(String.valueOf(deepest.getMessage()));
    }

    private void configure(JavalinConfig config, List<Files> files, List<Pages> pages, Site site) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.compressionStrategy = CompressionStrategy.NONE; // nothing leaves this machine
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = LARGEST_BODY;
        QueuedThreadPool threads = new QueuedThreadPool(endpoint.threads(), 2);
        threads.setName("web");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setIdleTimeout(endpoint.idleMillis());
        });
        for (Files each : Stream.concat(Stream.of(SHARED), files.stream()).toList()) {
            config.staticFiles.add(folder -> {
                folder.hostedPath = each.address();
                folder.directory = each.resources();
                folder.location = Location.CLASSPATH;
                folder.headers = Map.of("Cache-Control", "no-cache");
            });
        }
        config.routes.before(gate::admit);
        config.routes.exception(RefusedException.class, WebServer::refuse);
        config.routes.exception(
                HttpResponseException.class, (e, request) -> refuse(request, e.getStatus(), e.getMessage()));
        config.routes.exception(Exception.class, WebServer::fail);
        // browsers ask for it on pages that name no icon, such as the one that takes the token out of the address
        config.routes.get("/favicon.ico", request -> request.redirect("/icon.svg"));
        pages.forEach(each -> each.addTo(config.routes, site));
    }

    private static void fail(Exception failure, Context request) {
        Optional<Integer> foreseen = FORESEEN.entrySet().stream()
                .filter(each -> each.getKey().isInstance(failure))
                .map(Map.Entry::getValue)
                .max(Integer::compare);
        if (foreseen.isEmpty()) {
            LOG.warn("{} {} failed", request.method(), request.path(), failure);
        }
        String message = foreseen.isPresent() ? failure.getMessage() : "unexpected failure: " + failure;
        refuse(request, foreseen.orElse(500), message);
    }

    private static void refuse(RefusedException refusal, Context request) {
        if (refusal.retrySeconds() > 0) {
            request.header("Retry-After", Integer.toString(refusal.retrySeconds()));
        }
        refuse(request, refusal.status(), refusal.getMessage());
    }

    private static void refuse(Context request, int status, @Nullable String message) {
        if (mayHaveMoreToCome(request)) {
            request.header("Connection", "close");
        }
        request.status(status);
        Json.answer(request, Map.of("error", OneLine.of(String.valueOf(message))));
    }

    /**
     * Whether a body may be on its way that nobody reads. The server then closes the connection, and has to say so: a client that
     * sends its next request on it gets no answer.
     */
    private static boolean mayHaveMoreToCome(Context request) {
        return request.req().getContentLengthLong() > AT_HAND || request.header("Transfer-Encoding") != null;
    }

    /** The port that it listens at. */
    public int port() {
        return server.port();
    }

    /** Its address, without a path. */
    public String address() {
        return "http://" + Endpoint.authority(endpoint.host(), port());
    }

    /** Ends all streams and stops listening. */
    @Override
    public void close() {
        streams.close();
        server.stop();
    }
}
