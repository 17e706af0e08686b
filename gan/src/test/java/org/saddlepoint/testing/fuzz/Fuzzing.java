package org.saddlepoint.testing.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.TensorScope;

/**
 * The law of all readers of files: whatever the file, a reader answers, or it throws one of its documented exceptions
 * with a message of one line. No other exception, no error such as a full stack or a full heap, no wait beyond
 * {@link #LONGEST}, no more memory than stated, no tensor left behind.
 */
public final class Fuzzing {
    /** Of this thread on a processor, so that a busy machine fails no test; an input takes milliseconds. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    private static final int LONGEST_MESSAGE = 2100; // OneLine.LONGEST, and what is put around it

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Format format;
    private boolean seedsRead;

    /** The law for this format. */
    public Fuzzing(Format format) {
        this.format = format;
    }

    /** Holds the reader to the law with this mutation. */
    public void check(Mutation mutation) {
        if (!seedsRead) {
            readSeeds();
        }
        check(mutation.of(format));
    }

    /** Valid files are read; else mutations of them would show nothing. */
    private void readSeeds() {
        for (byte[] seed : format.seeds()) {
            Throwable thrown = thrown(seed);
            if (thrown != null) {
                throw new AssertionError("a valid file is refused", thrown);
            }
        }
        seedsRead = true;
    }

    private void check(byte[] file) {
        TensorScope.Statistics tensors = TensorScope.statistics();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long began = THREADS.getCurrentThreadCpuTime();
        Throwable thrown;
        try (Watch watch = new Watch(LONGEST, () -> shown(file))) {
            thrown = thrown(file);
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - began;
        long taken = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (thrown != null) {
            requireDocumented(thrown, file);
        }
        if (nanos > LONGEST.toNanos()) {
            throw new AssertionError("it took " + nanos / 1_000_000 + " ms of the processor" + shown(file), thrown);
        }
        if (taken > format.memory()) {
            throw new AssertionError(
                    "it took " + taken + " bytes of memory, more than " + format.memory() + shown(file), thrown);
        }
        if (!tensors.equals(TensorScope.statistics())) {
            throw new AssertionError(
                    "tensors or scopes were left behind: " + tensors + ", then " + TensorScope.statistics()
                            + shown(file),
                    thrown);
        }
    }

    private @Nullable Throwable thrown(byte[] file) {
        try {
            format.reader().read(file);
            return null;
        } catch (Throwable e) { // errors too: the law forbids them
            return e;
        }
    }

    private void requireDocumented(Throwable thrown, byte[] file) {
        if (format.documented().stream().noneMatch(type -> type.isInstance(thrown))) {
            throw new AssertionError("it threw " + thrown + shown(file), thrown);
        }
        String message = thrown.getMessage();
        if (message == null
                || message.isBlank()
                || message.length() > LONGEST_MESSAGE
                || message.lines().count() > 1) {
            String start = message == null ? "null" : message.substring(0, Math.min(500, message.length()));
            throw new AssertionError("its message is not one line: " + start + shown(file), thrown);
        }
    }

    private static String shown(byte[] file) {
        byte[] start = Arrays.copyOf(file, Math.min(file.length, 3000));
        return "; the file of " + file.length + " bytes, in Base64"
                + (start.length < file.length ? " (its first " + start.length + "): " : ": ")
                + Base64.getEncoder().encodeToString(start);
    }
}
