package org.saddlepoint.studio.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.saddlepoint.SampleDraw;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.Samples;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.studio.serve.ServeOptions.Limits;
import org.saddlepoint.studio.server.RefusedException;

/**
 * Samples that wait for one model. Each pass through the network takes what waits, of several requests if need be; after it
 * the first request goes to the end, so that large ones do not hold up small ones. Nothing waits for company: while a pass
 * computes, the next one gathers.
 */
final class SampleQueue {
    /** Seconds until which a client that is refused may be told to wait. */
    private static final double LONGEST_RETRY = 60;

    /** Weight of the newest pass in the measured speed, that of full passes. */
    private static final double NEWEST = 0.1;

    private final Limits limits;
    private final Executor lane;
    private final IntConsumer passes;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int samples;
    private boolean running;
    private double perSecond;
    private boolean warm;

    /**
     * An empty queue.
     *
     * @param lane of one thread; passes of several queues take turns in it
     * @param passes is told how many samples each pass had
     */
    SampleQueue(Limits limits, Executor lane, IntConsumer passes) {
        this.limits = limits;
        this.lane = lane;
        this.passes = passes;
    }

    private record Waiting(
            TrainedGenerator generator, SampleDraw draw, long deadline, CompletableFuture<Samples> result) {}

    /** Samples that wait. */
    synchronized int length() {
        return samples;
    }

    /**
     * Puts samples into the queue.
     *
     * @param generator open until the result is there
     * @return the samples; or a {@link RefusedException} if they wait too long
     * @throws RefusedException if too many wait already
     */
    CompletableFuture<Samples> add(TrainedGenerator generator, SampleOptions options) {
        int total = (int) generator.grid(options).total();
        reserve(total);
        try {
            long deadline = System.nanoTime() + limits.timeout().toNanos();
            Waiting added = new Waiting(generator, generator.begin(options), deadline, new CompletableFuture<>());
            enqueue(added);
            return added.result();
        } catch (RuntimeException e) {
            release(total);
            throw e;
        }
    }

    private synchronized void reserve(int total) {
        boolean tooLong =
                perSecond > 0 && samples / perSecond > limits.timeout().toMillis() / 1000.0;
        if (samples + total > limits.queue() || tooLong) {
            double seconds = perSecond > 0 ? Math.ceil(samples / perSecond) : 1;
            throw RefusedException.busy(
                    samples + " samples wait already, so that " + total + " more would have to wait too long; try again"
                            + " later, or ask for fewer",
                    (int) Math.max(1, Math.min(LONGEST_RETRY, seconds)));
        }
        samples += total;
    }

    private synchronized void release(int total) {
        samples -= total;
    }

    private synchronized void enqueue(Waiting added) {
        waiting.addLast(added);
        if (!running) {
            running = true;
            lane.execute(this::pass);
        }
    }

    /** One pass; another one follows while anything waits. */
    private void pass() {
        List<Waiting> together = gather();
        if (!together.isEmpty()) {
            try {
                compute(together);
            } catch (RuntimeException | Error e) { // of the network, so of all that were in it
                together.forEach(each -> fail(each, e));
            }
        }
        synchronized (this) {
            running = !waiting.isEmpty();
            if (running) {
                lane.execute(this::pass);
            }
        }
    }

    private void compute(List<Waiting> together) {
        TrainedGenerator generator = together.get(0).generator();
        List<SampleDraw> draws = together.stream().map(Waiting::draw).toList();
        int before = remaining(draws);
        long start = System.nanoTime();
        generator.advance(draws);
        int drawn = before - remaining(draws);
        passes.accept(drawn);
        settle(together, drawn, generator.passSize() * 1e9 / Math.max(1, System.nanoTime() - start));
        together.stream().filter(each -> each.draw().remaining() == 0).forEach(each -> each.result()
                .complete(generator.samples(each.draw())));
    }

    private static int remaining(List<SampleDraw> draws) {
        return draws.stream().mapToInt(SampleDraw::remaining).sum();
    }

    private synchronized void settle(List<Waiting> together, int drawn, double speed) {
        samples -= drawn;
        if (warm) { // the first pass is many times slower than the others
            perSecond = perSecond == 0 ? speed : perSecond + NEWEST * (speed - perSecond);
        }
        warm = true;
        together.stream().filter(each -> each.draw().remaining() == 0).forEach(waiting::remove);
        Waiting first = together.get(0);
        if (waiting.remove(first)) {
            waiting.addLast(first);
        }
    }

    /** The first that waits, and those behind it of the same model, as many as a pass has room for. */
    private synchronized List<Waiting> gather() {
        List<Waiting> together = new ArrayList<>();
        int count = 0;
        long now = System.nanoTime();
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting next = each.next();
            if (now - next.deadline() > 0) {
                each.remove();
                samples -= next.draw().remaining();
                next.result()
                        .completeExceptionally(RefusedException.unavailable(
                                "the samples were not drawn within "
                                        + limits.timeout().toSeconds() + " s; ask for fewer, or try again later",
                                1));
            } else if (together.isEmpty()
                    || (next.generator() == together.get(0).generator()
                            && count < next.generator().passSize())) {
                together.add(next);
                count += next.draw().remaining();
            }
        }
        return together;
    }

    private void fail(Waiting failed, Throwable reason) {
        synchronized (this) {
            if (waiting.remove(failed)) {
                samples -= failed.draw().remaining();
            }
        }
        failed.result().completeExceptionally(reason);
    }
}
