package org.saddlepoint.places;

import java.nio.file.Path;
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
     * @throws PlaceException if there is no folder for them, or they cannot be unpacked or loaded; Java tries that only once,
     *     so the next call fails likewise
     */
    public static synchronized void load(Runnable loading) {
        if (failure != null) {
            throw new PlaceException(failure);
        }
        Path place = folder();
        try {
            loading.run();
        } catch (LinkageError e) {
            failure = LoadingFailure.message(e, place);
            throw new PlaceException(failure, e);
        }
    }
}
