package org.saddlepoint.studio.server;

import org.saddlepoint.input.Require;

/**
 * Where a {@link WebServer} listens, and with how much patience.
 *
 * @param host the address to bind
 * @param port in [0, 65535]; 0 for any that is free
 * @param threads that answer
 * @param idleMillis a connection on which nothing moves for so long is closed
 */
public record Endpoint(String host, int port, int threads, int idleMillis) {
    /** The address of this machine that no other can reach. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final int LARGEST_PORT = 65_535;

    /** @throws IllegalArgumentException if the port is out of its bounds or the host is blank */
    public Endpoint {
        require(host, port);
        Require.atLeast(1, "threads", threads);
        Require.atLeast(1, "idleMillis", idleMillis);
    }

    static void require(String host, int port) {
        Require.within(0, LARGEST_PORT, "port", port);
        Require.that(!host.isBlank(), "host", "an address such as " + LOOPBACK, '"' + host + '"');
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** Host and port as an address has them. */
    static String authority(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
