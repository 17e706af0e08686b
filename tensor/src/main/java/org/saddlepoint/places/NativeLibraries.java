package org.saddlepoint.places;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Native libraries that JavaCPP unpacks: decides where to, before the first is loaded, and says what went wrong. */
public final class NativeLibraries {
    /** About what all of them take on disk, without CUDA. */
    public static final int MEGABYTES = 450;

    /**
     * JavaCPP's limits of native memory, which are multiples of Java's heap: beyond them it collects garbage in each allocation, and
     * then fails. Tensors are freed by their scopes, so there are none, unless the program set some.
     */
    private static final List<String> LIMITS =
            List.of("org.bytedeco.javacpp.maxPhysicalBytes", "org.bytedeco.javacpp.maxBytes");

    /** Locked while a process loads. */
    private static final String TURN = "saddlepoint.lock";

    /** Unpacking takes seconds, on slow disks a minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long PAUSE = 20; // ms

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);

    private static @Nullable Path folder;
    private static @Nullable String failure;

    private NativeLibraries() {}

    /**
     * The folder that they are unpacked into, once; see {@link CacheFolders}. Warns in the log if it is a temporary one.
     *
     * @throws PlaceException if there is none
     */
    public static synchronized Path folder() {
        if (folder == null) {
            UserHome.mend();
            Place place = CacheFolders.ofProcess().nativeLibraries();
            System.setProperty(CacheFolders.JAVACPP, place.folder().toString());
            LIMITS.forEach(limit -> System.getProperties().putIfAbsent(limit, "0"));
            if (!place.remark().isEmpty()) {
                LOG.warn(place.remark());
            }
            folder = place.folder();
        }
        return folder;
    }

    /**
     * Loads libraries; every first use of a class of JavaCPP belongs into such a call.
     *
     * <p>Processes that share the folder load one after the other: of several that start on a new machine, JavaCPP lets each
     * unpack all libraries anew, and those that have them loaded by then die of it (a bus error).
     *
     * @throws PlaceException if there is no folder for them, or they cannot be unpacked or loaded; Java tries that only once,
     *     so the next call fails likewise
     */
    public static synchronized void load(Runnable loading) {
        if (failure != null) {
            throw new PlaceException(failure);
        }
        Path place = folder();
        try (Closeable turn = turn(place)) {
            loading.run();
        } catch (LinkageError e) {
            failure = LoadingFailure.message(e, place);
            throw new PlaceException(failure, e);
        } catch (IOException e) {
            LOG.debug("the lock of {} could not be given back", place, e);
        }
    }

    /**
     * Waits until no other process loads from this folder; not for ever, as one may have been halted in it, and not where files
     * cannot be locked, as on some networks.
     */
    private static Closeable turn(Path place) {
        try {
            FileChannel channel =
                    FileChannel.open(place.resolve(TURN), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                long start = System.nanoTime();
                while (channel.tryLock() == null && System.nanoTime() - start < PATIENCE.toNanos()) {
                    Thread.sleep(PAUSE);
                }
            } catch (IOException | OverlappingFileLockException e) {
                LOG.debug("{} cannot be locked", place, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return channel; // closing it gives the lock back
        } catch (IOException e) {
            LOG.debug("no lock in {}", place, e);
            return () -> {};
        }
    }
}
