package org.saddlepoint.tensor;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.AllgatherOptions;
import org.bytedeco.pytorch.AllreduceOptions;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.BarrierOptions;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.ReduceOp;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;

/**
 * The calls into c10d's process groups: Gloo for tensors on the CPU, NCCL for those on GPUs. What is made of them, and the names
 * of peers, is in {@code org.saddlepoint.tensor.distributed}.
 *
 * <p>All processes of a group make the same calls in the same order, with tensors of the same shapes.
 */
public final class Collectives implements AutoCloseable {
    private final Backend backend;
    private boolean closed;

    private Collectives(Backend backend) {
        this.backend = backend;
        backend.retainReference();
    }

    /**
     * How others reach a process.
     *
     * @param host name or address of its machine; empty if that is not known
     * @param network interface of its machine, which is taken instead; where both are empty, the machine's own name counts
     */
    public record Reach(String host, String network) {
        private org.bytedeco.pytorch.gloo.Device device() {
            if (!network.isEmpty()) {
                return ProcessGroupGloo.createDeviceForInterface(network);
            }
            return host.isEmpty()
                    ? ProcessGroupGloo.createDefaultDevice()
                    : ProcessGroupGloo.createDeviceForHostname(host);
        }
    }

    /**
     * Joins a group through Gloo; returns when all processes of it have.
     *
     * @param store in which they find each other
     * @param reach how the others reach this process
     * @param patience for the others, and for each operation that is given none
     * @throws TensorException if the others do not come, or the host is none of this machine
     */
    public static Collectives gloo(CollectiveStore store, Reach reach, int rank, int size, Duration patience) {
        return join("join as rank " + rank, () -> {
            ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(new Milliseconds(patience.toMillis()));
            options.devices(new GlooDeviceVector(reach.device()));
            return new ProcessGroupGloo(store.store, rank, size, options);
        });
    }

    /**
     * Joins a group through NCCL, for tensors on this process's GPU. Compiled against the binding and not run yet.
     *
     * @param store in which they find each other
     * @throws TensorException if this build has no NCCL, or there is no GPU
     */
    public static Collectives nccl(CollectiveStore store, int rank, int size) {
        return join("join as rank " + rank, () -> new ProcessGroupNCCL(store.store, rank, size));
    }

    private static Collectives join(String operation, Supplier<Backend> made) {
        Native.enter();
        Engine.load();
        try (PointerScope scope = new PointerScope()) {
            return new Collectives(made.get());
        } catch (RuntimeException e) {
            throw TensorException.of(operation, e);
        } catch (LinkageError e) {
            throw new TensorException(operation + ": this build of libtorch has no such backend");
        }
    }

    /** Overwrites each tensor, on all processes, with the sum over them; sums of several tensors are under way together. */
    public void sum(List<Tensor> tensors, Duration patience) {
        wait("sum", tensors, patience, tensor -> {
            AllreduceOptions options = new AllreduceOptions();
            options.reduceOp(new ReduceOp(ReduceOp.RedOpType.SUM));
            options.timeout(new Milliseconds(patience.toMillis()));
            return backend.allreduce(new TensorVector(tensor.handle), options);
        });
    }

    /** Overwrites a tensor, on all processes, with that of one of them. */
    public void broadcast(Tensor tensor, int from, Duration patience) {
        broadcast(tensor, from, patience, new Doubt(patience, Optional::empty));
    }

    /** As {@link #broadcast(Tensor, int, Duration)}, for as long as there is no reason to wait no longer. */
    public void broadcast(Tensor tensor, int from, Duration patience, Doubt doubt) {
        wait("broadcast", List.of(tensor), patience, doubt, () -> {
            BroadcastOptions options = new BroadcastOptions();
            options.rootRank(from);
            options.timeout(new Milliseconds(patience.toMillis()));
            return List.of(backend.broadcast(new TensorVector(tensor.handle), options));
        });
    }

    /**
     * What is asked from time to time during a long wait.
     *
     * @param every how often
     * @param reason why to wait no longer; empty where there is none
     */
    public record Doubt(Duration every, Supplier<Optional<String>> reason) {}

    /** The tensors of all processes, each of this shape, as rows of one tensor, [processes, …]; in the current scope. */
    public Tensor gather(Tensor tensor, int size, Duration patience) {
        Tensor all = Tensors.zeros(
                        tensor.dtype(), size * Math.max(1, tensor.shape().elements()))
                .to(tensor.device());
        wait("gather", List.of(tensor.reshape(-1)), patience, flat -> {
            AllgatherOptions options = new AllgatherOptions();
            options.timeout(new Milliseconds(patience.toMillis()));
            return backend._allgather_base(all.handle, flat.handle, options);
        });
        return all.reshape(LongStream.concat(
                        LongStream.of(size), Arrays.stream(tensor.shape().toArray()))
                .toArray());
    }

    /** Waits until all processes have come here. */
    public void barrier(Duration patience) {
        wait("barrier", List.of(), patience, new Doubt(patience, Optional::empty), () -> {
            BarrierOptions options = new BarrierOptions();
            options.timeout(new Milliseconds(patience.toMillis()));
            return List.of(backend.barrier(options));
        });
    }

    private void wait(String operation, List<Tensor> tensors, Duration patience, Function<Tensor, Work> start) {
        wait(operation, tensors, patience, new Doubt(patience, Optional::empty), () -> tensors.stream()
                .map(start)
                .toList());
    }

    private void wait(
            String operation, List<Tensor> tensors, Duration patience, Doubt doubt, Supplier<List<Work>> start) {
        Native.enter();
        if (closed) {
            throw new TensorException(operation + ": this process has left the group");
        }
        tensors.forEach(NativeTensor::requireAlive);
        try (PointerScope scope = new PointerScope();
                Autograd.Recording off = Autograd.noGrad()) {
            long end = System.nanoTime() + patience.toNanos();
            for (Work work : start.get()) {
                while (!isDone(work, Math.min(doubt.every().toNanos(), end - System.nanoTime()))) {
                    Optional<String> reason = System.nanoTime() < end
                            ? doubt.reason().get()
                            : Optional.of("timed out after " + patience.toMillis() + " ms");
                    if (reason.isPresent()) {
                        throw new TensorException(reason.get());
                    }
                }
            }
        } catch (RuntimeException e) {
            throw TensorException.of(operation, e, tensors.toArray(NativeTensor[]::new));
        }
    }

    /** Waits for so long; fails as the work does. */
    private static boolean isDone(Work work, long nanos) {
        try {
            return work._wait(new Milliseconds(Math.max(1, nanos / 1_000_000)));
        } catch (RuntimeException lateOrFailed) {
            // Work that ends just when the wait does says at once how it ended.
            return work.isCompleted() && work._wait(new Milliseconds(1));
        }
    }

    /** Leaves the group, which ends the connections; the others notice at once if they wait for this process. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            backend.releaseReference();
        }
    }
}
