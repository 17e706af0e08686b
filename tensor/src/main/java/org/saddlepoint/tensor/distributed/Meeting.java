package org.saddlepoint.tensor.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.saddlepoint.tensor.CollectiveStore;
import org.saddlepoint.tensor.TensorException;

/** How processes find each other in a store before they form a group: whom they wait for is said, and who is wrong is named. */
final class Meeting {
    private static final Duration TRY = Duration.ofSeconds(3);
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final String HERE = "here/";
    private static final String LEFT = "left/";

    private final Launch launch;
    private final Duration patience;
    private final long start = System.nanoTime();

    Meeting(Launch launch, Duration patience) {
        this.launch = launch;
        this.patience = patience;
    }

    /** @param trouble why nobody will serve the store, if that is known */
    CollectiveStore store(Supplier<Optional<String>> trouble) {
        String prefix = "saddlepoint/" + launch.attempt();
        while (true) {
            try {
                CollectiveStore store = CollectiveStore.open(
                        launch.address(), launch.port(), launch.serves(), prefix, launch.serves() ? patience : TRY);
                store.patience(patience); // that of a try to connect is too short for those who meet in it
                return store;
            } catch (TensorException e) {
                if (launch.serves()) {
                    throw new DistributedException(
                            "rank 0 cannot serve at port " + launch.port() + " of " + launch.address()
                                    + ", which another process may use; choose another with " + Launch.MASTER_PORT
                                    + " ("
                                    + e.getMessage() + ")",
                            e);
                }
                Optional<String> reason = trouble.get();
                if (reason.isPresent()) {
                    throw new DistributedException("rank " + launch.rank() + ": " + reason.get(), e);
                }
                if (isOver()) {
                    throw new DistributedException(
                            "rank " + launch.rank() + " found no rank 0 at " + launch.address() + ":" + launch.port()
                                    + " within " + patience.toSeconds() + " s; start it, or correct "
                                    + Launch.MASTER_ADDR
                                    + " and " + Launch.MASTER_PORT,
                            e);
                }
                pause(Duration.ofMillis(200));
            }
        }
    }

    /**
     * Waits until all are there.
     *
     * @param told once, if that takes a while
     * @param trouble why they will not come, if that is known
     */
    void await(CollectiveStore store, String version, Consumer<String> told, Supplier<Optional<String>> trouble) {
        String key = HERE + launch.rank();
        if (store.get(key).isPresent()) {
            throw new DistributedException("there is a rank " + launch.rank() + " already; give each process a "
                    + Launch.RANK + " of its own");
        }
        store.set(key, version);
        boolean quiet = true;
        List<Integer> missing = missing(store, version);
        while (!missing.isEmpty()) {
            Optional<String> reason = trouble.get();
            Optional<String> word = told(store, launch); // after it, since who ends may have said why
            if (word.isPresent() || reason.isPresent()) {
                throw new DistributedException(
                        "rank " + launch.rank() + ": " + word.or(() -> reason).orElseThrow());
            }
            if (isOver()) {
                throw new DistributedException("rank " + launch.rank() + " waited " + patience.toSeconds() + " s for "
                        + ranks(missing) + " of " + launch.size() + " at " + launch.address() + ":" + launch.port()
                        + "; start " + (missing.size() == 1 ? "it" : "them") + ", or correct " + Launch.WORLD_SIZE);
            }
            if (quiet && System.nanoTime() - start > QUIET.toNanos()) {
                quiet = false;
                told.accept("rank " + launch.rank() + " waits for " + ranks(missing) + " of " + launch.size());
            }
            pause(BETWEEN);
            missing = missing(store, version);
        }
    }

    private List<Integer> missing(CollectiveStore store, String version) {
        List<Integer> missing = new ArrayList<>();
        for (int other = 0; other < launch.size(); other++) {
            Optional<String> theirs = store.get(HERE + other);
            if (theirs.isEmpty()) {
                missing.add(other);
            } else if (!theirs.get().equals(version)) {
                throw new DistributedException("rank " + launch.rank() + " runs " + version + " but rank " + other
                        + " runs " + theirs.get() + "; run the same on all");
            }
        }
        return missing;
    }

    /** Leaves word in the store why this process is no longer, or will not be, one of them. */
    static void leave(CollectiveStore store, Launch launch, String reason) {
        store.set(LEFT + launch.rank(), reason);
    }

    /** Who of the others has left, and why. */
    static Optional<String> told(CollectiveStore store, Launch launch) {
        for (int other = 0; other < launch.size(); other++) {
            Optional<String> reason = store.get(LEFT + other);
            if (other != launch.rank() && reason.isPresent()) {
                return Optional.of("rank " + other + " ended: " + reason.get());
            }
        }
        return Optional.empty();
    }

    private boolean isOver() {
        return System.nanoTime() - start > patience.toNanos();
    }

    /** Such as "rank 1" or "ranks 1, 2". */
    static String ranks(List<Integer> ranks) {
        return (ranks.size() == 1 ? "rank " : "ranks ")
                + ranks.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DistributedException("interrupted while waiting for other processes", e);
        }
    }
}
