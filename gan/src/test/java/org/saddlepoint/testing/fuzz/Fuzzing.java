package org.saddlepoint.testing.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.TensorScope;

/**
 * The law of all readers of files: whatever the file, a reader answers, or it throws one of its documented exceptions
 * with a message of one line. No other exception, no error such as a full stack or a full heap, no wait beyond
 * {@value #SECONDS} seconds, no more memory than stated, no tensor left behind.
 */
public final class Fuzzing {
    /** An input takes milliseconds; the rest is for machines that are busy. */
    private static final int SECONDS = 20;

    private static final int LONGEST_MESSAGE = 2500;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Format format;
    private final ExecutorService worker;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private long highest;
    private boolean seedsRead;

    /** The law for this format. */
    public Fuzzing(Format format) {
        this.format = format;
        this.worker = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "fuzzed-reader");
            made.setDaemon(true);
            thread.set(made);
            return made;
        });
    }

    /** The valid files are read; else mutations of them would show nothing. */
    private void readSeeds() {
        try {
            worker.submit(() -> {
                        format.reader().read(format.seeds().get(0)); // unmeasured: classes and the engine are loaded
                        return true;
                    })
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
        for (byte[] seed : format.seeds()) {
            Throwable thrown = outcome(seed);
            if (thrown != null) {
                throw new AssertionError("a valid file is refused", thrown);
            }
        }
        seedsRead = true;
    }

    /** The most memory that one file has taken so far, in bytes. */
    public long highest() {
        return highest;
    }

    /** Holds the reader to the law with this mutation. */
    public void check(Mutation mutation) {
        check(mutation.of(format));
    }

    /** Holds the reader to the law with this file. */
    public void check(byte[] file) {
        if (!seedsRead) {
            readSeeds();
        }
        TensorScope.Statistics before = TensorScope.statistics();
        Throwable thrown = outcome(file);
        if (thrown != null) {
            requireDocumented(thrown, file);
        }
        if (!before.equals(TensorScope.statistics())) {
            throw new AssertionError("tensors or scopes were left behind: " + before + ", then "
                    + TensorScope.statistics() + shown(file), thrown);
        }
    }

    private @Nullable Throwable outcome(byte[] file) {
        Future<@Nullable Throwable> done = worker.submit(() -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Throwable thrown = null;
            try {
                format.reader().read(file);
            } catch (Throwable e) {
                thrown = e;
            }
            long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
            highest = Math.max(highest, taken);
            if (taken > format.memory()) {
                return new AssertionError(
                        "it took " + taken + " bytes of memory, more than " + format.memory() + shown(file), thrown);
            }
            return thrown;
        });
        try {
            return done.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            Thread hanging = thread.get();
            AssertionError error = new AssertionError("it takes more than " + SECONDS + " s" + shown(file));
            if (hanging != null) {
                error.setStackTrace(hanging.getStackTrace());
            }
            throw error;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private void requireDocumented(Throwable thrown, byte[] file) {
        if (format.documented().stream().noneMatch(type -> type.isInstance(thrown))) {
            throw new AssertionError("it threw " + thrown + shown(file), thrown);
        }
        String message = thrown.getMessage();
        if (message == null || message.isBlank() || message.length() > LONGEST_MESSAGE || message.lines().count() > 1) {
            String start = message == null ? "null" : message.substring(0, Math.min(500, message.length()));
            throw new AssertionError("its message is not one line: " + start + shown(file), thrown);
        }
    }

    private static String shown(byte[] file) {
        byte[] start = Arrays.copyOf(file, Math.min(file.length, 3000));
        return "; the file of " + file.length + " bytes, in Base64"
                + (start.length < file.length ? " (its first " + start.length + "): " : ": ")
                + java.util.Base64.getEncoder().encodeToString(start);
    }
}
