package org.saddlepoint.studio.server;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Server-sent events to one browser. Sending never waits: what the browser does not take yet is kept, and a browser that falls
 * too far behind is disconnected. Thread-safe.
 */
public final class EventStream implements WriteListener {
    /** Bytes that wait for a slow reader before it is dropped. */
    static final int MOST_WAITING = 1 << 19;

    private final ServletOutputStream out;
    private final Runnable abort;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final Map<String, byte[]> newest = new LinkedHashMap<>();
    private int bytes;
    private boolean ready;
    private boolean unflushed;

    /**
     * A stream over an answer that is asynchronous.
     *
     * @param out of the answer
     * @param abort closes the connection at once, whatever waits to be sent
     */
    EventStream(ServletOutputStream out, Runnable abort) {
        this.out = out;
        this.abort = abort;
    }

    /** Done when the stream has ended, for whatever reason. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Runs this when the stream has ended, for whatever reason. */
    public void onEnd(Runnable action) {
        var unused = ended.thenRun(action);
    }

    /** Whether it has ended. */
    public boolean hasEnded() {
        return ended.isDone();
    }

    /** Sends an event; drops the browser if too much waits already. */
    public void send(String event, String json) {
        enqueue(message(event, json));
    }

    /** Sends an event, in place of one of the same name that still waits: for pictures of now, of which only the last counts. */
    public synchronized void sendNewest(String event, String json) {
        if (!ended.isDone()) {
            newest.put(event, message(event, json));
            pump();
        }
    }

    /** Sends what a browser ignores, so that connections that are gone are noticed. */
    void beat() {
        enqueue(":\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] message(String event, String json) {
        return ("event: " + event + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private synchronized void enqueue(byte[] message) {
        if (ended.isDone()) {
            return;
        }
        waiting.add(message);
        bytes += message.length;
        if (bytes > MOST_WAITING) {
            drop();
        } else {
            pump();
        }
    }

    @Override
    public synchronized void onWritePossible() {
        ready = true;
        pump();
    }

    @Override
    public void onError(Throwable failure) {
        drop();
    }

    /** Writes as much as the connection takes without waiting; {@link #onWritePossible} follows if that is not all. */
    private void pump() {
        if (!ready) {
            return;
        }
        try {
            while (out.isReady()) {
                byte[] next = next();
                if (next.length > 0) {
                    out.write(next);
                    unflushed = true;
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    return;
                }
            }
            ready = false;
        } catch (IOException | IllegalStateException gone) {
            drop();
        }
    }

    /** What is to be written next; empty if nothing is. */
    private byte[] next() {
        byte[] first = waiting.poll();
        if (first != null) {
            bytes -= first.length;
            return first;
        }
        var coming = newest.entrySet().iterator();
        if (!coming.hasNext()) {
            return new byte[0];
        }
        byte[] message = coming.next().getValue();
        coming.remove();
        return message;
    }

    private void drop() {
        if (ended.complete(null)) {
            synchronized (this) {
                waiting.clear();
                newest.clear();
            }
            abort.run();
        }
    }

    /** Ends the stream; a browser then asks for a new one. */
    public void close() {
        drop();
    }
}
