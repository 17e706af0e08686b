package org.saddlepoint.studio.server;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;

/** An answer's body, sent as fast as it is taken: no thread waits for those who read slowly. */
public final class AsyncAnswer implements WriteListener {
    private static final int PIECE = 1 << 15;

    private final ServletOutputStream out;
    private final byte[] bytes;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private int position;

    private AsyncAnswer(ServletOutputStream out, byte[] bytes) {
        this.out = out;
        this.bytes = bytes;
    }

    /**
     * Begins to send, after status and headers were set; within {@link Context#future} alone.
     *
     * @param patience a connection that takes longer is closed
     * @return done when all was sent, or nobody is there to take it
     */
    public static CompletableFuture<Void> send(Context request, byte[] bytes, Duration patience) {
        try {
            ServletOutputStream out = request.res().getOutputStream();
            EndPoint connection = EventStreams.connection(request);
            request.res().setContentLength(bytes.length);
            AsyncAnswer answer = new AsyncAnswer(out, bytes);
            out.setWriteListener(answer);
            return answer.sent
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(failure -> {
                        connection.close();
                        return null;
                    });
        } catch (IOException | IllegalStateException gone) {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (position == bytes.length) {
                sent.complete(null);
                return;
            }
            int length = Math.min(PIECE, bytes.length - position);
            out.write(bytes, position, length);
            position += length;
        }
    }

    @Override
    public void onError(Throwable failure) {
        sent.completeExceptionally(failure);
    }
}
