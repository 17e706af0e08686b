package org.saddlepoint.studio.server;

/**
 * Where a {@link WebServer} for one user listens, and what it lets that user do.
 *
 * @param host the address to bind, by default only this machine's own
 * @param port in [0, 65535]; 0 for any that is free
 * @param token that everyone must know who asks for anything
 * @param readOnly whether everything that changes a file or starts a process is refused
 */
public record ServerOptions(String host, int port, AccessToken token, boolean readOnly) {
    /** The port where the user names none. */
    public static final int PORT = 8765;

    /** @throws IllegalArgumentException if the port is out of its bounds or the host is blank */
    public ServerOptions {
        Endpoint.require(host, port);
    }

    /** This machine only, on a port that is free, with a new token. */
    public static ServerOptions local() {
        return new ServerOptions(Endpoint.LOOPBACK, 0, AccessToken.random(), false);
    }

    /** The same with another port. */
    public ServerOptions port(int value) {
        return new ServerOptions(host, value, token, readOnly);
    }

    /** The same with another token. */
    public ServerOptions token(AccessToken value) {
        return new ServerOptions(host, port, value, readOnly);
    }

    /** The same, refusing everything that changes a file or starts a process, or not. */
    public ServerOptions readOnly(boolean value) {
        return new ServerOptions(host, port, token, value);
    }
}
