package org.saddlepoint.studio.serve;

import java.time.Duration;
import org.saddlepoint.input.Require;
import org.saddlepoint.studio.server.Endpoint;
import org.saddlepoint.tensor.Device;

/**
 * How a {@link ModelServer} listens, and what it bears.
 *
 * @param host the address to bind
 * @param port in [0, 65535]; 0 for any that is free
 * @param keys of which one must be known; none if everybody is answered
 * @param limits of requests
 * @param device on which models compute
 */
public record ServeOptions(String host, int port, ApiKeys keys, Limits limits, Device device) {
    /** The port where the user names none. */
    public static final int PORT = 8766;

    /** Threads that read requests and send answers; none of them waits for a client. */
    private static final int THREADS = 16;

    private static final int IDLE_MILLIS = 20_000;

    /** This machine only, at {@link #PORT}, without a key, on the CPU. */
    public static final ServeOptions DEFAULT =
            new ServeOptions(Endpoint.LOOPBACK, PORT, ApiKeys.NONE, Limits.DEFAULT, Device.CPU);

    /**
     * What is refused.
     *
     * @param count most samples of one request
     * @param queue most samples that wait for a model
     * @param timeout a request that has waited so long is given up
     * @param patience a body must be here within this time; answers must be taken within four times as long
     * @param reload how often the runs are looked at for newer checkpoints
     */
    public record Limits(int count, int queue, Duration timeout, Duration patience, Duration reload) {
        /** Some seconds of work for two cores. */
        public static final Limits DEFAULT =
                new Limits(256, 4096, Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(5));

        /** @throws IllegalArgumentException naming the limit, its value and its bound */
        public Limits {
            Require.atLeast(1, "count", count);
            Require.atLeast(count, "queue", queue);
            Require.atLeast(1, "timeout in ms", timeout.toMillis());
            Require.atLeast(1, "patience in ms", patience.toMillis());
            Require.atLeast(1, "reload in ms", reload.toMillis());
        }

        /** The same with other bounds of samples. */
        public Limits samples(int newCount, int newQueue) {
            return new Limits(newCount, newQueue, timeout, patience, reload);
        }

        /** The same with another time for requests that wait. */
        public Limits timeout(Duration value) {
            return new Limits(count, queue, value, patience, reload);
        }

        /** The same with another patience with clients. */
        public Limits patience(Duration value) {
            return new Limits(count, queue, timeout, value, reload);
        }

        /** The same, looking for newer checkpoints as often as this. */
        public Limits reload(Duration value) {
            return new Limits(count, queue, timeout, patience, value);
        }
    }

    /** The same at another address. */
    public ServeOptions at(String newHost, int newPort) {
        return new ServeOptions(newHost, newPort, keys, limits, device);
    }

    /** The same with other keys. */
    public ServeOptions keys(ApiKeys value) {
        return new ServeOptions(host, port, value, limits, device);
    }

    /** The same with other limits. */
    public ServeOptions limits(Limits value) {
        return new ServeOptions(host, port, keys, value, device);
    }

    /** The same on another device. */
    public ServeOptions device(Device value) {
        return new ServeOptions(host, port, keys, limits, value);
    }

    /** Where it listens. */
    Endpoint endpoint() {
        return new Endpoint(host, port, THREADS, IDLE_MILLIS);
    }
}
