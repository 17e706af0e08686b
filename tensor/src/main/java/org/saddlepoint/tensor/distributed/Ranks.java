package org.saddlepoint.tensor.distributed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Processes that share each batch, as one of them sees them: rank r of N has the examples ⌊rB/N⌋ to ⌊(r+1)B/N⌋ of a batch of B.
 * Means over the batch are means of the ranks' means, weighted by their examples:
 *
 * <pre>mean = Σ_r w_r mean_r,   w_r = examples_r / B</pre>
 */
public final class Ranks {
    /** One process alone, which has all of every batch. */
    public static final Ranks ALONE = new Ranks(Optional.empty(), 0, 1, 1, false);

    /** What is exchanged at once, in bytes: large enough that the time of a message does not count. */
    private static final long BUCKET = 25L << 20;

    private final Optional<ProcessGroup> group;
    private final int first;
    private final int examples;
    private final int batch;
    private final boolean sharesStatistics;
    private boolean inStep;

    private Ranks(Optional<ProcessGroup> group, int first, int examples, int batch, boolean sharesStatistics) {
        this.group = group;
        this.first = first;
        this.examples = examples;
        this.batch = batch;
        this.sharesStatistics = sharesStatistics;
    }

    /**
     * The processes of a group, which share batches of this size.
     *
     * @param batch B
     * @param statistics whether statistics that layers compute of a batch are to be of all of it
     * @throws IllegalArgumentException if there are more processes than examples
     */
    public static Ranks of(ProcessGroup group, int batch, boolean statistics) {
        if (group.size() > batch) {
            throw new IllegalArgumentException("a batch of " + batch + " cannot be shared by " + group.size()
                    + " processes; give a larger --batch-size, or start at most " + batch);
        }
        long begin = (long) group.rank() * batch / group.size();
        long end = (group.rank() + 1L) * batch / group.size();
        return new Ranks(Optional.of(group), (int) begin, (int) (end - begin), batch, statistics);
    }

    /** Whether there is one process only. */
    public boolean isAlone() {
        return group.isEmpty();
    }

    /** The group, unless this process is alone. */
    public Optional<ProcessGroup> group() {
        return group;
    }

    /** Whether layers compute statistics of a batch over all of it now, and not over this rank's part. */
    public boolean sharesStatistics() {
        return sharesStatistics && active().isPresent();
    }

    /** Of this process, from 0. */
    public int rank() {
        return group.map(ProcessGroup::rank).orElse(0);
    }

    /** How many processes there are. */
    public int size() {
        return group.map(ProcessGroup::size).orElse(1);
    }

    /** The place in each batch of this rank's first example. */
    public int first() {
        return first;
    }

    /** Examples of each batch that are this rank's; 1 where it is alone. */
    public int examples() {
        return examples;
    }

    /** Examples of a batch, B; 1 where this process is alone. */
    public int batch() {
        return batch;
    }

    /** All examples, of all ranks, where this rank has so many. */
    public int ofAll(int own) {
        return Math.toIntExact((long) own * batch / examples);
    }

    /** Runs a step, in which all ranks take part in the same way: only there means and sums are over all of them. */
    public <T> T step(Supplier<T> step) {
        inStep = true;
        try {
            return step.get();
        } finally {
            inStep = false;
        }
    }

    /** The group while all take part; outside of steps rank 0 does things alone, such as drawing pictures. */
    private Optional<ProcessGroup> active() {
        return inStep ? group : Optional.empty();
    }

    private double weight() {
        return (double) examples / batch;
    }

    /** The mean over all ranks' examples of something whose mean over this rank's is given. */
    public double mean(String what, double own) {
        return active().map(all -> all.sum(what, own * weight())[0]).orElse(own);
    }

    /** The {@link #mean} of each number; all ranks have the same names in the same order. */
    public Map<String, Double> mean(String what, Map<String, Double> own) {
        Optional<ProcessGroup> active = active();
        if (active.isEmpty()) {
            return own;
        }
        double[] sums = active.get()
                .sum(
                        what,
                        own.values().stream()
                                .mapToDouble(value -> value * weight())
                                .toArray());
        Map<String, Double> means = new LinkedHashMap<>();
        for (String name : own.keySet()) {
            means.put(name, sums[means.size()]);
        }
        return means;
    }

    /**
     * The {@link #mean} of each tensor, exchanged in flat buckets that are all under way together.
     *
     * @param tensors of the same shapes on all ranks
     * @return in the current scope
     */
    public List<Tensor> mean(String what, List<Tensor> tensors) {
        Optional<ProcessGroup> active = active();
        if (active.isEmpty()) {
            return tensors;
        }
        List<List<Tensor>> buckets = buckets(tensors);
        List<Tensor> flat = new ArrayList<>();
        for (List<Tensor> bucket : buckets) {
            flat.add(Tensors.cat(
                            bucket.stream()
                                    .map(tensor -> tensor.detach().reshape(-1))
                                    .toList(),
                            0)
                    .mul(weight()));
        }
        active.get().sum(what, flat);
        List<Tensor> means = new ArrayList<>();
        for (int i = 0; i < flat.size(); i++) {
            long place = 0;
            for (Tensor tensor : buckets.get(i)) {
                long count = tensor.shape().elements();
                means.add(flat.get(i)
                        .narrow(0, place, count)
                        .reshape(tensor.shape().toArray()));
                place += count;
            }
        }
        return means;
    }

    /** In order; a bucket has one type and, unless one tensor is larger, the size of a bucket at most. */
    private static List<List<Tensor>> buckets(List<Tensor> tensors) {
        List<List<Tensor>> buckets = new ArrayList<>();
        long bytes = 0;
        for (Tensor tensor : tensors) {
            long size = tensor.shape().elements() * tensor.dtype().bytes();
            List<Tensor> last = buckets.isEmpty() ? List.of() : buckets.get(buckets.size() - 1);
            if (last.isEmpty() || bytes + size > BUCKET || last.get(0).dtype() != tensor.dtype()) {
                last = new ArrayList<>();
                buckets.add(last);
                bytes = 0;
            }
            last.add(tensor);
            bytes += size;
        }
        return buckets;
    }

    /**
     * The sum over all ranks of a tensor that each of them has computed, differentiable: what the losses of all ranks say of the sum
     * flows back to each rank's part of it. The gradient is scaled so that {@link #mean} of the weights' gradients is right.
     *
     * <pre>∂L/∂s = Σ_r w_r ∂L_r/∂s;   rank q hands on (∂L/∂s) / w_q</pre>
     */
    public Tensor sum(String what, Tensor own) {
        Optional<ProcessGroup> active = active();
        if (active.isEmpty()) {
            return own;
        }
        Tensor total = own.detach().copy();
        active.get().sum(what, List.of(total));
        if (!own.requiresGrad() || !Autograd.isRecording()) {
            return total;
        }
        Tensor sum = own.sub(own.detach()).add(total); // the value is exactly that of the total
        Autograd.onGradient(sum, gradient -> {
            Tensor whole = gradient.mul(weight());
            active.get().sum("the gradient of " + what, List.of(whole));
            return whole.mul(1 / weight());
        });
        return sum;
    }
}
