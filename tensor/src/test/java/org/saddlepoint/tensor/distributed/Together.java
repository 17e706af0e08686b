package org.saddlepoint.tensor.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.saddlepoint.tensor.Device;

/** Ranks as threads of one process, each with a group of its own; what they exchange goes through sockets as between processes. */
public final class Together {
    /** Long enough for a busy machine; no test waits for it to end. */
    public static final Patience PATIENCE =
            new Patience(Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMillis(20));

    private Together() {}

    /** What one rank does. */
    @FunctionalInterface
    public interface Part<T> {
        T run(ProcessGroup group) throws Exception;
    }

    /** What each rank answers; the first failure, if any, of the lowest rank. */
    public static <T> List<T> run(int size, Part<T> part) {
        return run(size, PATIENCE, part);
    }

    /** As {@link #run(int, Part)}, with other patience. */
    public static <T> List<T> run(int size, Patience patience, Part<T> part) {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        CompletableFuture<Integer> port = new CompletableFuture<>();
        CountDownLatch ended = new CountDownLatch(size);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                int own = rank;
                futures.add(threads.submit(() -> {
                    try (ProcessGroup group = join(own, size, port, patience, ended)) {
                        try {
                            return part.run(group);
                        } finally { // rank 0 serves the store, in which the others may still read
                            ended.countDown();
                            ended.await();
                        }
                    }
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> future : futures) {
                answers.add(future.get());
            }
            return answers;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdown();
        }
    }

    private static ProcessGroup join(
            int rank, int size, CompletableFuture<Integer> port, Patience patience, CountDownLatch ended)
            throws ExecutionException, InterruptedException {
        try {
            return join(rank, size, port, patience);
        } catch (RuntimeException | ExecutionException e) {
            ended.countDown(); // for this one, which will not begin
            throw e;
        }
    }

    private static ProcessGroup join(int rank, int size, CompletableFuture<Integer> port, Patience patience)
            throws ExecutionException, InterruptedException {
        Launch launch = Launch.local(rank, size, rank == 0 ? 0 : port.get());
        try (ProcessGroup.Place place = ProcessGroup.place(launch, patience)) {
            if (rank == 0) {
                port.complete(place.port());
            }
            return place.join(Device.CPU, "test", line -> {}, Optional::empty);
        } catch (RuntimeException e) {
            port.completeExceptionally(e);
            throw e;
        }
    }
}
