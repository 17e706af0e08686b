package org.saddlepoint.studio.server;

import io.javalin.http.Context;

/** Decides who is answered, before anything else is looked at. */
public interface Gate {
    /**
     * Lets a request pass, or answers it itself.
     *
     * @throws RefusedException if it must not be answered
     */
    void admit(Context request);

    /** Called once, with the port that the server got. */
    default void listensAt(int port) {}
}
