package org.saddlepoint.tensor;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;

/**
 * The calls into c10d's TCPStore: texts under keys, which one process serves and all read and write. What is made of them is
 * in {@code org.saddlepoint.tensor.distributed}.
 *
 * <p>Needs no open {@link TensorScope}; may be used from any thread, one at a time.
 */
public final class CollectiveStore implements AutoCloseable {
    private final TCPStore server;
    final Store store;
    private boolean closed;

    private CollectiveStore(TCPStore server, Store store) {
        this.server = server;
        this.store = store;
        server.retainReference();
        store.retainReference();
    }

    /**
     * Serves a store, or connects to one that is served.
     *
     * @param port 0 for one that is free, where it serves
     * @param serves whether this process serves it
     * @param prefix of all keys
     * @param patience for the server to be there, and for each key that is asked for
     * @throws TensorException if the port is in use, or nobody serves there
     */
    public static CollectiveStore open(String host, int port, boolean serves, String prefix, Duration patience) {
        Engine.load();
        return call("open the store at " + host + ":" + port, () -> {
            TCPStoreOptions options = new TCPStoreOptions();
            options.port((short) port);
            options.isServer(serves);
            options.waitWorkers(false);
            options.timeout(new Milliseconds(patience.toMillis()));
            TCPStore opened = new TCPStore(host, options);
            return new CollectiveStore(opened, new PrefixStore(prefix, opened));
        });
    }

    /** Where it is served. */
    public int port() {
        return Short.toUnsignedInt(server.getPort());
    }

    /** How long it waits for a key that libtorch asks for, such as NCCL for what rank 0 writes when it starts. */
    public Duration patience() {
        return call("ask for the patience", () -> {
            Milliseconds time = store.getTimeout();
            return Duration.ofMillis(time.count());
        });
    }

    /** From now on waits so long for keys. */
    public void patience(Duration time) {
        call("set the patience", () -> {
            store.setTimeout(new Milliseconds(time.toMillis()));
            return time;
        });
    }

    /** Writes a text under a key, over what is there. */
    public void set(String key, String text) {
        call("set " + key, () -> {
            store.set(key, new ByteVector(text.getBytes(StandardCharsets.UTF_8)));
            return key;
        });
    }

    /** The text under a key, if anybody has written one. */
    public Optional<String> get(String key) {
        return call("get " + key, () -> {
            if (!store.check(new StringVector(key))) {
                return Optional.empty();
            }
            ByteVector bytes = store.get(key);
            return Optional.of(new String(bytes.get(), StandardCharsets.UTF_8));
        });
    }

    private static <T> T call(String operation, Supplier<T> native_) {
        Native.enter();
        try (PointerScope scope = new PointerScope()) {
            return native_.get();
        } catch (RuntimeException e) {
            throw TensorException.of(operation, e);
        }
    }

    /** Ends the connection and, where this process serves the store, the store. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            store.releaseReference();
            server.releaseReference();
        }
    }
}
