package org.saddlepoint.tensor.distributed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.saddlepoint.tensor.CollectiveStore;
import org.saddlepoint.tensor.Collectives;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Processes that compute together, over c10d: a TCPStore in which they meet, and Gloo (CPU) or NCCL (CUDA) between them.
 *
 * <ul>
 *   <li>All make the same calls in the same order, each on one thread.
 *   <li>What fails is a {@link DistributedException} that names rank, operation and peer. The group is of no use then.
 * </ul>
 */
public final class ProcessGroup implements AutoCloseable {
    private final Launch launch;
    private final Device device;
    private final Patience patience;
    private final CollectiveStore store;
    private final Collectives collectives;
    private final Others others;
    private boolean broken;
    private Sums sums = Sums.NONE;

    private ProcessGroup(
            Launch launch, Device device, Patience patience, CollectiveStore store, Collectives collectives) {
        this.launch = launch;
        this.device = device;
        this.patience = patience;
        this.store = store;
        this.collectives = collectives;
        this.others = new Others(launch, store);
    }

    /** Where processes meet, before they are a group. */
    public static final class Place implements AutoCloseable {
        private final Launch launch;
        private final Patience patience;
        private final Meeting meeting;
        private final CollectiveStore store;
        private boolean used;

        private Place(Launch launch, Patience patience, Supplier<Optional<String>> trouble) {
            this.launch = launch;
            this.patience = patience;
            meeting = new Meeting(launch, patience.meeting());
            store = meeting.store(trouble);
        }

        /** The port where the store is served, also where the launch left it open. */
        public int port() {
            return store.port();
        }

        /**
         * The group, once all are there; closes this place.
         *
         * @param device of the tensors that are exchanged
         * @param version of the program, which must be the same for all
         * @param told in one line whom this waits for, if it takes a while
         * @param trouble why somebody will not come, if that is known
         * @throws DistributedException if somebody does not come, or runs another version
         */
        public ProcessGroup join(
                Device device, String version, Consumer<String> told, Supplier<Optional<String>> trouble) {
            try {
                meeting.await(store, version, told, trouble);
                Collectives joined = device.type() == Device.Type.CUDA
                        ? Collectives.nccl(store, launch.rank(), launch.size())
                        : Collectives.gloo(
                                store,
                                new Collectives.Reach(launch.host(), OwnInterface.of(launch)),
                                launch.rank(),
                                launch.size(),
                                patience.meeting());
                used = true;
                return new ProcessGroup(launch, device, patience, store, joined);
            } catch (TensorException e) {
                throw new DistributedException(
                        "rank " + launch.rank() + " cannot join the others, of whom rank 0 may have ended: "
                                + e.getMessage(),
                        e);
            }
        }

        @Override
        public void close() {
            if (!used) {
                store.close();
            }
        }
    }

    /**
     * Opens the place where the processes of a launch meet; rank 0 serves it.
     *
     * @throws DistributedException if its port is in use, or nobody serves it
     */
    public static Place place(Launch launch, Patience patience) {
        return place(launch, patience, Optional::empty);
    }

    /**
     * As {@link #place(Launch, Patience)}.
     *
     * @param trouble why nobody will serve it, if that is known
     */
    public static Place place(Launch launch, Patience patience, Supplier<Optional<String>> trouble) {
        return new Place(launch, patience, trouble);
    }

    /**
     * Tells the others why this process will not join them; does nothing where nobody serves the place yet.
     *
     * @param reason in one line
     */
    public static void decline(Launch launch, String reason) {
        try (Place place = new Place(launch, Patience.DEFAULT.meeting(Others.SHORT), Optional::empty)) {
            Meeting.leave(place.store, launch, reason);
        } catch (DistributedException | TensorException nobody) {
            // then the others find out, or fail in the same way
        }
    }

    /** The group of a launch, once all its processes are there; see {@link Place#join}. */
    public static ProcessGroup join(Launch launch, Device device, String version, Patience patience) {
        try (Place place = place(launch, patience)) {
            return place.join(device, version, line -> {}, Optional::empty);
        }
    }

    /** Of this process, from 0. */
    public int rank() {
        return launch.rank();
    }

    /** How many processes there are. */
    public int size() {
        return launch.size();
    }

    /** Overwrites each tensor with the sum over all processes. */
    public void sum(String what, List<Tensor> tensors) {
        long start = System.nanoTime();
        run("the sum of " + what, () -> collectives.sum(tensors, patience.operation()));
        long bytes = tensors.stream()
                .mapToLong(tensor -> tensor.shape().elements() * tensor.dtype().bytes())
                .sum();
        sums = new Sums(
                sums.operations() + tensors.size(),
                sums.bytes() + bytes,
                sums.seconds() + (System.nanoTime() - start) / 1e9);
    }

    /** The sums of this process so far. */
    public Sums sums() {
        return sums;
    }

    /**
     * Sums over all processes.
     *
     * @param operations how many tensors were summed
     * @param bytes of them
     * @param seconds that they took this process, waiting for others included
     */
    public record Sums(long operations, long bytes, double seconds) {
        /** None yet. */
        public static final Sums NONE = new Sums(0, 0, 0);

        /** What came after others. */
        public Sums since(Sums earlier) {
            return new Sums(operations - earlier.operations, bytes - earlier.bytes, seconds - earlier.seconds);
        }
    }

    /** The sums over all processes of each of these numbers. */
    public double[] sum(String what, double... numbers) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor tensor = Tensors.of(numbers, numbers.length).to(device);
            sum(what, List.of(tensor));
            return tensor.toDoubleArray();
        }
    }

    /** Overwrites a tensor with that of one process. */
    public void broadcast(String what, Tensor tensor, int from) {
        run(
                "the broadcast of " + what + " from rank " + from,
                () -> collectives.broadcast(tensor, from, patience.operation()));
    }

    /** Waits for a word of rank 0 while its machine is there, which a wait of its own does not find out. */
    private void hear(Tensor tensor) {
        Collectives.Doubt doubt = new Collectives.Doubt(
                patience.check(),
                () -> others.leaderAnswers(patience.operation())
                        ? Optional.empty()
                        : Optional.of(others.unreachable()));
        run(
                "the broadcast of what comes next from rank 0",
                () -> collectives.broadcast(tensor, 0, patience.word(), doubt));
    }

    /** The tensors of all processes, of one shape, [processes, …]; in the current scope. */
    public Tensor gather(String what, Tensor tensor) {
        List<Tensor> all = new ArrayList<>();
        run("the gathering of " + what, () -> all.add(collectives.gather(tensor, size(), patience.operation())));
        return all.get(0);
    }

    /** The bytes of each process, by rank; any number of each. */
    public List<byte[]> gather(String what, byte[] own) {
        List<byte[]> all = new ArrayList<>();
        try (TensorScope scope = TensorScope.open()) {
            long[] lengths = gather(what, Tensors.of(new long[] {own.length}, 1).to(device))
                    .toLongArray();
            int longest = (int) Arrays.stream(lengths).max().orElse(0);
            Tensor rows = gather(
                    what,
                    Tensors.of(Arrays.copyOf(own, Math.max(1, longest)), Math.max(1, longest))
                            .to(device));
            for (int other = 0; other < lengths.length; other++) {
                all.add(rows.narrow(0, other, 1)
                        .reshape(-1)
                        .narrow(0, 0, lengths[other])
                        .toByteArray());
            }
        }
        return all;
    }

    /**
     * What rank 0 says: a number and, maybe, bytes. The others wait for it as long as {@link Patience#word}.
     *
     * @param number counts on rank 0 only, as the bytes do
     */
    public Said say(long number, byte[] bytes) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor head = Tensors.of(new long[] {number, bytes.length}, 2).to(device);
            hear(head);
            long[] heard = head.toLongArray();
            if (heard[1] == 0) {
                return new Said(heard[0], new byte[0]);
            }
            byte[] own = rank() == 0 ? bytes : new byte[Math.toIntExact(heard[1])];
            Tensor body = Tensors.of(own, own.length).to(device);
            broadcast("what comes next", body, 0);
            return new Said(heard[0], rank() == 0 ? bytes : body.toByteArray());
        }
    }

    /** What rank 0 said. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    public record Said(long number, byte[] bytes) {}

    /** Waits until all processes have come here. */
    public void barrier(String what) {
        run("the barrier " + what, () -> collectives.barrier(patience.operation()));
    }

    private void run(String operation, Runnable call) {
        if (broken) {
            throw new DistributedException("rank " + rank() + ": the group has failed before " + operation);
        }
        try {
            call.run();
        } catch (TensorException e) {
            broken = true;
            throw new DistributedException(
                    "rank " + rank() + ": " + operation + " failed: " + suspect(String.valueOf(e.getMessage())), e);
        }
    }

    /** Who of the others is gone, as far as the store knows; else what libtorch says. */
    private String suspect(String reason) {
        disconnect();
        return others.suspect(reason);
    }

    /** So that the others notice at once, too; libtorch may wait for operations that are under way. */
    private void disconnect() {
        Thread closing = new Thread(collectives::close, "saddlepoint-disconnect");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Does some work with the others; if it fails here, they are told why, and this process has left them.
     *
     * @param work of one of several processes
     */
    public <T> T together(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | OutOfMemoryError failure) {
            leave(String.valueOf(failure.getMessage()));
            throw failure;
        }
    }

    /** Tells those that will notice that this process left why it does; then closes the group. */
    public void leave(String reason) {
        try {
            if (!broken) {
                broken = true;
                others.tell(reason);
                disconnect();
            }
            if (launch.serves() && size() > 1) {
                // The others read in this store who is gone; it ends with this process.
                Meeting.pause(Others.ANSWER.plusSeconds(1));
            }
        } catch (TensorException unreachable) {
            // then nobody is there to be told
        }
        close();
    }

    /** Leaves the group and, on rank 0, ends the store. */
    @Override
    public void close() {
        if (!broken) {
            broken = true;
            disconnect();
        }
        if (!others.storeHangs()) {
            store.close();
        }
    }
}
