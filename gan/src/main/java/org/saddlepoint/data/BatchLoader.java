package org.saddlepoint.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Serves a dataset in shuffled batches without end, decoding ahead on worker threads.
 *
 * <p>The order is that of one permutation after the other, each derived from the seed and the epoch's number alone. So:
 *
 * <ul>
 *   <li>no example comes twice before all have come once; a batch may reach from one epoch into the next, and is always
 *       full, even where the dataset is smaller;
 *   <li>the batches depend on the seed and the position, and not on the number of workers or on timing;
 *   <li>{@link #position()} is the whole state: a loader of the same data and seed, set to it with {@link #seek}, goes on
 *       exactly as this one would have.
 * </ul>
 *
 * <p>Where the configuration asks for balance, the classes take turns instead, and each class goes through its examples in
 * one permutation after the other; the second and third point hold all the same, see {@link LoaderConfig#balanced}.
 *
 * <p>Where several processes share each batch, each has the examples of its {@link Shard}; all of the above holds for all of them
 * together.
 *
 * <p>Random augmentation of examples follows from the seed and the position, too; see {@link Dataset#read(int, long,
 * float[], int)}.
 *
 * <p>A damaged example is left out: the next one in the epoch's order takes its place, so no other example is repeated.
 * The dataset logs and lists it once.
 *
 * <p>Methods may be called from any thread, one at a time. The dataset stays open and belongs to the caller.
 */
public final class BatchLoader implements AutoCloseable {
    private static final AtomicInteger THREADS = new AtomicInteger();

    /** A stream of random numbers that no order uses; theirs are not negative. */
    private static final long DRAWS = -1;

    private final Dataset data;
    private final LoaderConfig config;
    private final ExampleOrder order;
    private final ExecutorService workers;
    private final Deque<Future<Chunk>> pending = new ArrayDeque<>();

    private LoaderPosition position; // of the next example to hand out
    private LoaderPosition ahead; // of the next example to submit
    private @Nullable Chunk current; // decoded, partly handed out
    private int used; // examples of the current chunk that were handed out or left out
    private long damagedInARow;
    private AtomicBoolean abandoned = new AtomicBoolean(); // shared with the tasks that are pending
    private boolean closed;
    private long waitedNanos;

    /**
     * Starts at {@link LoaderPosition#START}. Decoding begins with the first call of {@link #next}.
     *
     * @throws DataException where classes are to take turns, if an example has no label or a class no example
     */
    public BatchLoader(Dataset data, LoaderConfig config) {
        this.data = data;
        this.config = config;
        this.order =
                config.balanced() ? new BalancedOrder(data, config.seed()) : new EpochOrder(data.size(), config.seed());
        this.position = config.shard().align(LoaderPosition.START, data.size());
        this.ahead = position;
        this.workers = Executors.newFixedThreadPool(config.workers(), task -> {
            Thread thread = new Thread(task, "saddlepoint-loader-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The next batch; waits until it is decoded. After a failure the position is what it was before.
     *
     * @throws DataException when no example of the dataset decodes
     * @throws IllegalStateException when the loader is closed, the waiting thread is interrupted (it stays so), or a
     *     worker failed for another reason than damage, which is the cause
     */
    public synchronized Batch next() {
        requireOpen();
        LoaderPosition start = position;
        try {
            return fill();
        } catch (RuntimeException | Error e) {
            seek(start);
            throw e;
        }
    }

    private Batch fill() {
        int size = config.batchSize();
        Chunk chunk = chunk();
        if (used == 0 && chunk.isWhole()) {
            advance(size);
            return chunk.toBatch();
        }
        Batch batch = new Batch(
                new float[Math.multiplyExact(size, data.shape().elements())],
                new int[size],
                new float[Math.multiplyExact(size, data.vectorNames().size())],
                size,
                data.shape());
        for (int filled = 0; filled < size; advance(1)) {
            chunk = chunk();
            if (chunk.isDamaged(used)) {
                damagedInARow++;
                requireSomeGood();
            } else {
                damagedInARow = 0;
                chunk.copy(used, batch, filled++);
            }
        }
        return batch;
    }

    private void advance(int examples) {
        position = config.shard().plus(position, examples, data.size());
        used += examples;
        if (current != null && used == current.size()) {
            current = null;
        }
    }

    private void requireSomeGood() {
        if (damagedInARow >= order.covering()) {
            List<Skipped> skipped = data.faults();
            throw new DataException("none of the " + data.size() + " examples of " + data.name() + " can be decoded"
                    + (skipped.isEmpty() ? "" : "; the last is " + skipped.get(skipped.size() - 1))
                    + "; replace the files by intact images");
        }
    }

    /** The chunk that holds the next example; keeps the workers busy with those behind it. */
    private Chunk chunk() {
        Chunk chunk = current;
        if (chunk != null) {
            return chunk;
        }
        while (pending.size() < config.prefetch()) {
            int[] indices = indices(ahead, config.batchSize());
            long[] draws = draws(ahead, config.batchSize());
            AtomicBoolean flag = abandoned;
            pending.add(workers.submit(() -> Chunk.decode(data, indices, draws, flag)));
            ahead = config.shard().plus(ahead, config.batchSize(), data.size());
        }
        chunk = await(pending.remove());
        current = chunk;
        used = 0;
        return chunk;
    }

    private int[] indices(LoaderPosition start, int count) {
        if (config.shard().equals(Shard.ALL)) {
            return order.indices(start, count);
        }
        int[] indices = new int[count];
        LoaderPosition each = start;
        for (int i = 0; i < count; i++, each = config.shard().plus(each, 1, data.size())) {
            indices[i] = order.indices(each, 1)[0];
        }
        return indices;
    }

    /** What decides all that is random about each example, from the seed and its position alone. */
    private long[] draws(LoaderPosition start, int count) {
        long stream = SplitMix.of(config.seed(), DRAWS).nextLong();
        long[] draws = new long[count];
        LoaderPosition each = start;
        for (int i = 0; i < count; i++, each = config.shard().plus(each, 1, data.size())) {
            long epoch = SplitMix.of(stream, each.epoch()).nextLong();
            draws[i] = SplitMix.of(epoch, each.index()).nextLong();
        }
        return draws;
    }

    /** Nanoseconds that {@link #next} has waited for workers so far. */
    public synchronized long waitedNanos() {
        return waitedNanos;
    }

    private Chunk await(Future<Chunk> future) {
        long start = System.nanoTime();
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch of " + data.name(), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof DataException) {
                throw new DataException(String.valueOf(cause.getMessage()), cause);
            }
            throw new IllegalStateException("a worker failed to load a batch of " + data.name() + ": " + cause, cause);
        } finally {
            waitedNanos += System.nanoTime() - start;
        }
    }

    /** Where the batch begins that {@link #next} returns next. */
    public synchronized LoaderPosition position() {
        return position;
    }

    /**
     * Goes on from {@code target}, forwards or backwards; what was decoded ahead is given up.
     *
     * @throws DataException when the dataset has no such position, which means that it is another dataset
     */
    public synchronized void seek(LoaderPosition target) {
        requireOpen();
        if (target.index() >= data.size()) {
            throw new DataException("the saved position is at example " + target.index() + " of an epoch, but "
                    + data.name() + " has " + data.size() + " examples; give the data that the run began with");
        }
        giveUp();
        position = config.shard().align(target, data.size());
        ahead = position;
        damagedInARow = 0;
    }

    private void giveUp() {
        // without interrupts, which would close the files that a worker is reading and so make images look damaged
        pending.forEach(future -> future.cancel(false));
        pending.clear();
        abandoned.set(true);
        abandoned = new AtomicBoolean();
        current = null;
        used = 0;
    }

    /** What the dataset left out so far. */
    public List<Skipped> skipped() {
        return data.skipped();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the loader of " + data.name() + " is closed");
        }
    }

    /** Ends the workers and waits for them; the dataset stays open. Has no effect the second time. */
    @Override
    public synchronized void close() {
        closed = true;
        giveUp();
        workers.shutdown();
        boolean interrupted = false;
        while (!workers.isTerminated()) {
            try {
                workers.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
