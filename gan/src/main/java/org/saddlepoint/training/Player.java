package org.saddlepoint.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Network;
import org.saddlepoint.optim.MeanOverRanks;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.distributed.Ranks;

/**
 * A network that learns, with what belongs to it: its optimizer, its moving average if it has one, and the names under which
 * checkpoints save all three. A step is written over players.
 *
 * @param <N> what the network computes
 */
public final class Player<N extends Network> implements AutoCloseable {
    private static final String AVERAGE = "_ema";
    private static final String OPTIMIZER = "_optimizer";

    /** Where format 1 kept what the one optimizer of several translators remembered, under names that begin with theirs. */
    private static final String JOINT_OPTIMIZER = "generator_optimizer";

    private final String name;
    private final N network;
    private final Optimizer optimizer;
    private @Nullable N average;
    private @Nullable ExponentialMovingAverage following;

    /**
     * A player, which owns the network from now on.
     *
     * @param name of the parts of checkpoints, such as {@code generator}
     * @param optimizer how it learns
     */
    public Player(String name, N network, OptimizerConfig optimizer) {
        this.name = name;
        this.network = network;
        this.optimizer = optimizer.create(network.parameters());
    }

    /**
     * Follows the weights with a moving average, unless the settings say that there is none.
     *
     * @param another builds a network of the same structure, whose weights become the average
     */
    public Player<N> averaged(AverageConfig config, Supplier<N> another) {
        if (!config.isNone()) {
            N copy = another.get();
            average = copy;
            following = new ExponentialMovingAverage(network, copy, config);
        }
        return this;
    }

    /** The name of its parts in checkpoints. */
    public String name() {
        return name;
    }

    /** The network, in training. */
    public N network() {
        return network;
    }

    /** What changes its weights. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** Where the network is. */
    public Device device() {
        return network.weights().get(0).device();
    }

    /** Whether there is a moving average, which is then what is used. */
    public boolean hasAverage() {
        return average != null;
    }

    /** The weights and buffers that are used: of the moving average if there is one. */
    public Map<String, Tensor> bestState() {
        return average == null ? network.stateDict() : average.stateDict();
    }

    /**
     * A pass through what is used, the moving average if there is one, outside of training and without a graph. On the
     * training thread only, since a network without an average leaves training for it; see {@code TrainedGenerator} for
     * others.
     */
    public Tensor use(Function<N, Tensor> pass) {
        N used = average == null ? network : average;
        used.train(false);
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            return scratch.promote(pass.apply(used));
        } finally {
            used.train(average == null);
        }
    }

    /**
     * One step of these players down a loss.
     *
     * @throws org.saddlepoint.optim.NonFiniteException if the loss, a gradient or a weight is infinite or NaN
     */
    static void minimize(Tensor loss, List<? extends Player<?>> players) {
        Optimizer.minimize(
                loss, players.stream().<Optimizer>map(Player::optimizer).toList());
    }

    /** Trains with other processes from now on: all step along the mean of their gradients. */
    void join(Ranks ranks) {
        optimizer.transformFirst(new MeanOverRanks(ranks));
        network.module().joinAll(ranks);
    }

    /** Adds what each of several processes has of its own: buffers, of which those of rank 0 count. */
    void addOfRank(Set<String> names) {
        network.module().buffers().keySet().forEach(buffer -> names.add(name + "/" + buffer));
        if (average != null) {
            average.module().buffers().keySet().forEach(buffer -> names.add(name + AVERAGE + "/" + buffer));
        }
    }

    /** Sets what changes during training to this moment. */
    void schedule(Progress progress, double learningRateFactor) {
        optimizer.at(progress, learningRateFactor);
    }

    /** Takes the weights that were just updated into the average; the progress is that before the update. */
    void updateAverage(Progress progress) {
        if (following != null) {
            following.update(progress);
        }
    }

    /** Adds the live tensors of network, average and optimizer. */
    void addTo(Map<String, Map<String, Tensor>> parts) {
        parts.put(name, network.stateDict());
        if (average != null) {
            parts.put(name + AVERAGE, average.stateDict());
        }
        parts.put(name + OPTIMIZER, optimizer.state());
    }

    /** @throws IllegalArgumentException if a part is missing or does not fit */
    void load(SavedParts saved) {
        network.loadStateDict(saved.take(name));
        if (average != null) {
            average.loadStateDict(saved.take(name + AVERAGE));
        }
        optimizer.load(
                saved.poll(name + OPTIMIZER).or(() -> ofJoint(saved)).orElseGet(() -> saved.take(name + OPTIMIZER)));
    }

    private Optional<Map<String, Tensor>> ofJoint(SavedParts saved) {
        return saved.poll(JOINT_OPTIMIZER).map(joint -> {
            Map<String, Tensor> own = new HashMap<>();
            joint.forEach((parameter, value) -> {
                if (parameter.startsWith(name + ".")) {
                    own.put(parameter.substring(name.length() + 1), value);
                }
            });
            return own;
        });
    }

    /** Frees network, average and optimizer. */
    @Override
    public void close() {
        optimizer.close();
        network.close();
        if (average != null) {
            average.close();
        }
    }
}
