package org.saddlepoint.studio.server;

import io.javalin.http.Context;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request's body, read as it comes: no thread waits for those who send slowly. */
public final class AsyncBody implements ReadListener {
    /**
     * Bytes beyond the most that are still read, and thrown away: a connection that ends while its client sends loses the answer
     * (RFC 9112, section 9.6).
     */
    private static final long LINGER = 1 << 20;

    private static final int PIECE = 1 << 13;

    private final ServletInputStream in;
    private final int most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> all = new CompletableFuture<>();

    /** Bytes that came, kept or not. */
    private long seen;

    private AsyncBody(ServletInputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /**
     * Begins to read; within {@link Context#future} alone.
     *
     * @param most how many bytes it may have
     * @param patience until all of it must be here
     * @return the body; or a {@link RefusedException}: 413 if it is longer, 408 if it takes longer, 400 if it ends too early
     */
    public static CompletableFuture<byte[]> read(Context request, int most, Duration patience) {
        if (request.req().getContentLengthLong() > most + LINGER) {
            return CompletableFuture.failedFuture(tooLong(most));
        }
        try {
            AsyncBody body = new AsyncBody(request.req().getInputStream(), most);
            body.in.setReadListener(body);
            return body.all
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                            failure instanceof TimeoutException ? tooSlow(patience) : failure));
        } catch (IOException | IllegalStateException e) {
            return CompletableFuture.failedFuture(cutOff());
        }
    }

    private static RefusedException tooLong(int most) {
        return new RefusedException(413, "the body is too long; at most " + most + " bytes are read");
    }

    private static RefusedException tooSlow(Duration patience) {
        return new RefusedException(
                408, "the body did not come within " + patience.toSeconds() + " s; send it at once, and try again");
    }

    private static RefusedException cutOff() {
        return RefusedException.wrong("the body ended before its stated length");
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] piece = new byte[PIECE];
        while (!all.isDone() && in.isReady() && !in.isFinished()) {
            int length = in.read(piece);
            seen += Math.max(0, length);
            if (length > 0 && seen <= most) {
                bytes.write(piece, 0, length);
            }
            if (seen > most + LINGER) {
                all.completeExceptionally(tooLong(most));
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (seen > most) {
            all.completeExceptionally(tooLong(most));
        } else {
            all.complete(bytes.toByteArray());
        }
    }

    @Override
    public void onError(Throwable failure) {
        all.completeExceptionally(cutOff());
    }
}
