package org.saddlepoint.studio.serve;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.saddlepoint.studio.server.AsyncAnswer;

/**
 * What a model made, as the body of an answer.
 *
 * @param contentType of the bytes
 * @param bytes the body
 * @param step of the checkpoint that made it
 * @param seed with which it is made again
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
record Answer(String contentType, byte[] bytes, long step, long seed) {
    /**
     * Begins to send it; the result is done when all was sent or the client has gone.
     *
     * @param patience a client that takes longer is disconnected
     */
    CompletableFuture<Void> send(Context request, Duration patience) {
        request.header("X-Step", Long.toString(step));
        request.header("X-Seed", Long.toString(seed));
        request.contentType(contentType);
        return AsyncAnswer.send(request, bytes, patience);
    }
}
