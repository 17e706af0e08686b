package org.saddlepoint.tensor.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.saddlepoint.tensor.CollectiveStore;
import org.saddlepoint.tensor.TensorException;

/**
 * What the store of a group says of its other processes: who is gone, and why. Questions end in time, also where the machine that serves
 * the store is gone without a word.
 */
final class Others {
    /** How long those that are still there take to say so, at most. */
    static final Duration ANSWER = Duration.ofSeconds(2);

    /** How long a store that is there takes for one answer, at most. */
    static final Duration SHORT = Duration.ofSeconds(3);

    private static final String AWAKE = "awake/";

    private final Launch launch;
    private final CollectiveStore store;
    private boolean storeHangs;

    Others(Launch launch, CollectiveStore store) {
        this.launch = launch;
        this.store = store;
    }

    /** Whether a question was not answered in time. Then the store is of no use, and a thread waits in it on: leave it open. */
    boolean storeHangs() {
        return storeHangs;
    }

    /** Who of the others is gone, as far as the store knows; else the reason that is known already. */
    String suspect(String reason) {
        return storeHangs
                ? unreachable()
                : ask(ANSWER.plus(SHORT), () -> silentOrTold(reason)).orElseGet(this::unreachable);
    }

    /** Whether the machine of rank 0, which serves the store, answers within this time. */
    boolean leaderAnswers(Duration limit) {
        return ask(limit, () -> store.get(AWAKE + 0)).isPresent();
    }

    /** That rank 0 does not answer, in one line. */
    String unreachable() {
        return "rank 0 at " + launch.address() + " does not answer";
    }

    /** Tells the others why this process leaves them, if the store takes it. */
    void tell(String reason) {
        ask(SHORT, () -> {
            Meeting.leave(store, launch, reason);
            return reason;
        });
    }

    /** What the store says; empty where it says nothing within this time. */
    private <T> Optional<T> ask(Duration limit, Supplier<T> question) {
        CompletableFuture<Supplier<T>> answer = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> {
                    try {
                        T said = question.get();
                        answer.complete(() -> said);
                    } catch (RuntimeException e) {
                        answer.complete(() -> {
                            throw e;
                        });
                    }
                },
                "saddlepoint-ask");
        asking.setDaemon(true);
        asking.start();
        try {
            return Optional.of(
                    answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).get());
        } catch (TimeoutException silence) {
            storeHangs = true;
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // never: what fails is part of the answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DistributedException("interrupted while waiting for other processes", e);
        }
    }

    private String silentOrTold(String reason) {
        try {
            store.set(AWAKE + launch.rank(), "");
            long start = System.nanoTime();
            List<Integer> silent = silent();
            while (!silent.isEmpty() && System.nanoTime() - start < ANSWER.toNanos()) {
                Optional<String> told = Meeting.told(store, launch);
                if (told.isPresent()) {
                    return told.get();
                }
                Meeting.pause(Duration.ofMillis(50));
                silent = silent();
            }
            Optional<String> told = Meeting.told(store, launch);
            if (told.isPresent()) {
                return told.get();
            }
            return silent.isEmpty()
                    ? reason
                    : Meeting.ranks(silent) + " " + (silent.size() == 1 ? "is" : "are") + " gone";
        } catch (TensorException unreachable) {
            return "rank 0 is gone";
        }
    }

    private List<Integer> silent() {
        List<Integer> silent = new ArrayList<>();
        for (int other = 0; other < launch.size(); other++) {
            if (other != launch.rank() && store.get(AWAKE + other).isEmpty()) {
                silent.add(other);
            }
        }
        return silent;
    }
}
