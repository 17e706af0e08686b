package org.saddlepoint.studio.server;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All streams of events of a server. There is a limit to their number, since each keeps a connection. */
public final class EventStreams {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    /** More streams than this are refused. */
    public static final int MOST = 64;

    private static final int MILLIS_BETWEEN_BEATS = 10_000;

    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "studio-streams");
        thread.setDaemon(true);
        return thread;
    });

    EventStreams() {
        every(MILLIS_BETWEEN_BEATS, () -> open.forEach(EventStream::beat));
    }

    /**
     * Answers a request by a stream.
     *
     * @param use is given the open stream, and must return soon; {@link EventStream#onEnd} says when to stop sending
     * @throws RefusedException if too many are open
     */
    public void answer(Context request, Consumer<EventStream> use) {
        if (open.size() >= MOST) {
            throw new RefusedException(503, "more than " + MOST + " pages are open; close some");
        }
        request.contentType("text/event-stream; charset=utf-8");
        request.header("X-Accel-Buffering", "no");
        request.future(() -> {
            EventStream stream = stream(request);
            open.add(stream);
            stream.onEnd(() -> open.remove(stream));
            stream.beat();
            use.accept(stream);
            return stream.ended();
        });
    }

    private static EventStream stream(Context request) {
        try {
            ServletOutputStream out = request.res().getOutputStream();
            EndPoint connection = connection(request); // now, since the request forgets it when it ends
            EventStream stream = new EventStream(out, connection::close);
            out.setWriteListener(stream);
            return stream;
        } catch (IOException e) {
            throw new RefusedException(500, "the connection is gone");
        }
    }

    static EndPoint connection(Context request) {
        return ServletContextRequest.getServletContextRequest(request.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }

    /** Runs something again and again, on a thread that all streams share, until this server ends. */
    public void every(long millis, Runnable work) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException e) { // else it would never run again
                LOG.warn("what is sent to the pages could not be gathered", e);
            }
        };
        var unused = clock.scheduleWithFixedDelay(guarded, millis, millis, TimeUnit.MILLISECONDS);
    }

    void close() {
        clock.shutdownNow();
        open.forEach(EventStream::close);
    }
}
