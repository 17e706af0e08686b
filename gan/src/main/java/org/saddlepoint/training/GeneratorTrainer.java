package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.constraints.GeneratorRegularizer;
import org.saddlepoint.constraints.GeneratorUpdate;
import org.saddlepoint.nn.Memories;
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.distributed.Ranks;

/**
 * The generator's side of a game: one player, or the two translators of a cycle, which go down one loss together. What
 * regularizers keep between updates, and what schedules see of the loss, is here.
 *
 * @param <N> what the networks compute
 */
final class GeneratorTrainer<N extends Network> implements AutoCloseable {
    private static final String REGULARIZERS = "generator_regularizers";

    private final List<Player<N>> players;
    private final Game game;
    private final ScheduleClock clock = new ScheduleClock();
    private final Memories memories;
    private final List<Runnable> ownSteps = new ArrayList<>();
    private Engine.@Nullable Work work;

    GeneratorTrainer(List<Player<N>> players, Game game) {
        this.players = List.copyOf(players);
        this.game = game;
        this.memories = new Memories(game.regularizers().keySet());
    }

    /** Trains with other processes from now on. */
    void join(Ranks ranks) {
        players.forEach(player -> player.join(ranks));
        memories.join(ranks);
        clock.join(ranks);
    }

    void addOfRank(Set<String> names) {
        players.forEach(player -> player.addOfRank(names));
    }

    /**
     * Sets what changes during training to the step that comes next, of these players and of the discriminators, and gives the
     * cores to what their networks compute.
     *
     * @return this moment
     */
    Progress begin(TrainingState state, List<DiscriminatorTrainer> discriminators) {
        if (work == null) {
            work = work(discriminators);
        }
        Engine.favour(work);
        ownSteps.clear();
        Progress progress = clock.at(state);
        players.forEach(player -> player.schedule(progress, state.learningRateFactor()));
        discriminators.forEach(one -> one.player().schedule(progress, state.learningRateFactor()));
        return progress;
    }

    /** Networks without a kernel of convolutions, whose weights have more than two dimensions, are products of matrices. */
    private Engine.Work work(List<DiscriminatorTrainer> discriminators) {
        Stream<NeuralModule> networks = Stream.concat(
                players.stream().map(player -> player.network().module()),
                discriminators.stream().map(one -> one.player().network().module()));
        boolean convolve = networks.flatMap(network -> network.parameters().values().stream())
                .anyMatch(weight -> weight.tensor().shape().rank() > 2);
        return convolve ? Engine.Work.CONVOLUTIONS : Engine.Work.PRODUCTS;
    }

    /** A loss with the terms of all regularizers but those that have a step of their own, which follows {@link #minimize}. */
    Tensor regularized(Tensor loss, GeneratorUpdate update, Measurements measured) {
        Tensor whole = loss;
        for (Map.Entry<String, GeneratorRegularizer> regularizer :
                game.regularizers().entrySet()) {
            if (regularizer.getValue().ownStep()) {
                ownSteps.add(() -> stepAlone(regularizer, update, measured));
                continue;
            }
            Tensor penalty = penalty(regularizer, update, measured).orElse(null);
            whole = penalty == null ? whole : whole.add(penalty);
        }
        return whole;
    }

    private Optional<Tensor> penalty(
            Map.Entry<String, GeneratorRegularizer> regularizer, GeneratorUpdate update, Measurements measured) {
        String name = regularizer.getKey();
        Optional<Tensor> penalty = regularizer.getValue().penalty(update, memories.of(name));
        penalty.ifPresent(value -> measured.add("regularizer." + name, value));
        return penalty;
    }

    private void stepAlone(
            Map.Entry<String, GeneratorRegularizer> regularizer, GeneratorUpdate update, Measurements measured) {
        try (TensorScope scope = TensorScope.open()) {
            penalty(regularizer, update, measured).ifPresent(loss -> Player.minimize(loss, players));
            measured.read();
        }
    }

    /**
     * One step of all players down a loss, and those of regularizers that have their own.
     *
     * @param watched what schedules that wait for a plateau watch
     */
    void minimize(Tensor loss, double watched, TrainingState state) {
        clock.observe(state, watched);
        Player.minimize(loss, players);
        ownSteps.forEach(Runnable::run);
        ownSteps.clear();
    }

    /** Takes the weights that the step made into the moving averages. */
    void updateAverages(Progress progress) {
        players.forEach(player -> player.updateAverage(progress));
    }

    /** Adds the players' parts, and what regularizers and schedules keep. */
    void addTo(Map<String, Map<String, Tensor>> parts) {
        players.forEach(player -> player.addTo(parts));
        Map<String, Tensor> kept = memories.state();
        if (!kept.isEmpty()) {
            parts.put(REGULARIZERS, kept);
        }
        clock.addTo(parts);
    }

    /** @throws IllegalArgumentException if a part is missing or does not fit */
    void load(SavedParts saved) {
        players.forEach(player -> player.load(saved));
        memories.load(saved.poll(REGULARIZERS).orElse(Map.of()));
        clock.load(saved);
    }

    @Override
    public void close() {
        clock.close();
        memories.close();
        players.forEach(Player::close);
    }
}
