package org.saddlepoint.testing.fuzz;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process, saying where it hangs and with which file, if what it watches takes ten times the time that is
 * allowed: no test can end a thread that loops for ever. Reading stays on the caller's thread, since handing each file to
 * another one takes longer than reading it.
 */
final class Watch implements AutoCloseable {
    private static final AtomicReference<@Nullable Watch> CURRENT = new AtomicReference<>();

    static {
        Thread guard = new Thread(Watch::guard, "fuzzing-watch");
        guard.setDaemon(true);
        guard.start();
    }

    private final Thread reader = Thread.currentThread();
    private final long began = System.nanoTime();
    private final Duration allowed;
    private final Supplier<String> file;

    Watch(Duration allowed, Supplier<String> file) {
        this.allowed = allowed;
        this.file = file;
        CURRENT.set(this);
    }

    @Override
    public void close() {
        CURRENT.set(null);
    }

    private static void guard() {
        while (true) {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                return;
            }
            Watch watch = CURRENT.get();
            if (watch != null && System.nanoTime() - watch.began > 10 * watch.allowed.toNanos()) {
                String place = Arrays.stream(watch.reader.getStackTrace())
                        .map(Objects::toString)
                        .collect(Collectors.joining("\n  "));
                System.err.println("A reader hangs in\n  " + place + watch.file.get());
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
