package org.saddlepoint.testing.violations.run;

import java.io.IOException;
import java.net.Socket;

/** Opens a connection that nobody asked for. */
public final class CallsHome {
    /** What it should not do. */
    public void call() throws IOException {
        new Socket("localhost", 1).close();
    }
}
