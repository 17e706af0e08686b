package org.saddlepoint.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.saddlepoint.places.NativeLibraries;

/** libtorch itself: loading, threads, versions. */
public final class Engine {
    /** Of the libraries below the folder for all: the jar, three packages, the platform. */
    private static final int DEPTH = 6;

    private static boolean loaded;
    private static int threads;
    private static Work favoured = Work.CONVOLUTIONS;

    /** On a busy machine, where threads are to sleep while they wait, products on several cores were five times slower than on one. */
    private static boolean mayProductsSpin = !"passive".equalsIgnoreCase(System.getenv("OMP_WAIT_POLICY"));

    private Engine() {}

    /**
     * What takes most of the time. Convolutions and element-wise operations run on libtorch's OpenMP threads, products of matrices
     * on those of OpenBLAS. Both spin after each operation, so only one of the two may have the cores: beside spinning OpenMP
     * threads, products on two cores took five times as long as on one.
     */
    public enum Work {
        /** The cores are for OpenMP; a product of matrices runs on one. */
        CONVOLUTIONS,
        /** The cores are for OpenBLAS; everything else runs on one. */
        PRODUCTS
    }

    /**
     * Loads the native libraries, once; the first start on a machine unpacks them.
     *
     * <p>{@link Work#CONVOLUTIONS} have the cores until {@link #favour} says otherwise. libtorch counts the cores of the machine;
     * a container may be allowed the time of fewer, which Java knows.
     *
     * @throws org.saddlepoint.places.PlaceException if there is no folder for them, or they cannot be unpacked or loaded
     */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        NativeLibraries.load(() -> {
            Loader.load(openblas.class);
            Loader.load(torch.class);
        });
        threads = Math.min(torch.get_num_threads(), Runtime.getRuntime().availableProcessors());
        divide();
        loaded = true;
    }

    /**
     * For a process that ends: waits until no thread is in an operation, and from now on none begins one; threads that
     * would wait for ever.
     *
     * <p>The Java machine waits a third of a second for native code, then takes libtorch's own data away beneath it, and
     * the process dies of that with a report of a crash.
     *
     * @param patience operations that take longer are not waited for
     */
    public static void rest(Duration patience) throws InterruptedException {
        Native.holdBack();
        long start = System.nanoTime();
        while (System.nanoTime() - start < patience.toNanos()
                && Thread.getAllStackTraces().values().stream().anyMatch(Native::isInOperation)) {
            Thread.sleep(5);
        }
    }

    /**
     * Whether the native libraries were unpacked by an earlier start; unpacking takes seconds.
     *
     * @throws org.saddlepoint.places.PlaceException if there is no folder for them
     */
    public static boolean isUnpacked() {
        String largest = System.mapLibraryName("torch_cpu");
        try (Stream<Path> found = Files.find(
                NativeLibraries.folder(),
                DEPTH,
                (path, attributes) -> String.valueOf(path.getFileName()).equals(largest)
                        && path.toString().contains("pytorch-" + version()))) {
            return found.findAny().isPresent();
        } catch (IOException | UncheckedIOException e) {
            return false; // loading them will say what is wrong
        }
    }

    /**
     * Sets how many cores an operation may use.
     *
     * @throws IllegalArgumentException if threads is not positive
     */
    public static synchronized void threads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be >= 1 but was " + threads);
        }
        load();
        Engine.threads = threads;
        divide();
    }

    /** How many cores an operation may use. */
    public static synchronized int threads() {
        load();
        return threads;
    }

    /**
     * Gives the cores to the threads that this work runs on, for the calling thread and those that start later. It costs about
     * 0.1 ms where it changes something. Results are equal up to rounding. Where {@code OMP_WAIT_POLICY} is {@code passive}, as the
     * launcher sets it on a busy machine, {@link Work#CONVOLUTIONS} keep them.
     */
    public static synchronized void favour(Work work) {
        load();
        if (work != favoured) {
            favoured = work;
            divide();
        }
    }

    /** What has the cores now. */
    public static synchronized Work favoured() {
        return favoured;
    }

    private static void divide() {
        boolean products = favoured == Work.PRODUCTS && mayProductsSpin;
        torch.set_num_threads(products ? 1 : threads);
        openblas.blas_set_num_threads(products ? threads : 1);
    }

    /** For tests, whose processes share the cores. */
    static synchronized boolean letProductsSpin(boolean may) {
        boolean before = mayProductsSpin;
        mayProductsSpin = may;
        divide();
        return before;
    }

    /** The release of libtorch and of its binding, such as {@code 2.10.0-1.5.13}. */
    public static String version() {
        try {
            return Loader.getVersion("org.bytedeco", "pytorch");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether convolutions run through oneDNN. */
    public static boolean hasOneDnn() {
        load();
        return torch.hasMKLDNN();
    }
}
