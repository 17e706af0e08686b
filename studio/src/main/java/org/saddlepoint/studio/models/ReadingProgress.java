package org.saddlepoint.studio.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.RefusedException;

/** How far training pictures are read, for those who wait. One thread reads; any may ask, or stop it. Thread-safe. */
final class ReadingProgress {
    private int done;
    private int all;
    private boolean stopped;

    /**
     * Tells how far it is.
     *
     * @throws RefusedException if it is to stop
     */
    synchronized void at(int read, int ofAll) {
        if (stopped) {
            throw RefusedException.conflict("the search was stopped");
        }
        done = read;
        all = ofAll;
    }

    /** Ends the reading before its next batch. */
    synchronized void stop() {
        stopped = true;
    }

    /** What a browser is told: pictures that are read, of how many; 0 of 0 while the data is being opened. */
    synchronized ObjectNode json() {
        ObjectNode answer = Json.object();
        answer.put("reading", true);
        answer.put("done", done);
        answer.put("of", all);
        return answer;
    }
}
