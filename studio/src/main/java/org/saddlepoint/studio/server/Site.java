package org.saddlepoint.studio.server;

import io.javalin.http.Handler;

/**
 * What all {@link Pages} of a server share.
 *
 * @param readOnly whether everything that changes a file or starts a process is refused
 * @param streams the open streams of events
 */
public record Site(boolean readOnly, EventStreams streams) {
    /** The same handler, refused where the server is read-only. */
    public Handler acting(Handler handler) {
        return request -> {
            if (readOnly) {
                throw new RefusedException(
                        403, "this server was started with --read-only; nothing can be changed here");
            }
            handler.handle(request);
        };
    }
}
