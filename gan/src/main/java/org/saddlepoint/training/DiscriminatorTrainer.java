package org.saddlepoint.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.DiscriminatorUpdate;
import org.saddlepoint.constraints.PenaltyPoints;
import org.saddlepoint.constraints.ShownPass;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorOutput;
import org.saddlepoint.nn.Coupling;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.tensor.distributed.Ranks;
import org.saddlepoint.views.Sight;
import org.saddlepoint.views.Views;

/**
 * Both sides of a discriminator, or critic: its updates between real and generated samples, the inner loop of Algorithm 1
 * (Goodfellow et al. 2014), and what the generator's update hears of it; under any {@link Game}.
 */
public final class DiscriminatorTrainer implements AutoCloseable {
    private static final String POOL = "_pool";
    private static final String VIEWS = "_views";

    private final Player<Discriminator> player;
    private final Discriminator discriminator;
    private final Game game;
    private final Views views;
    private final ImagePool pool;

    /**
     * Trains this player, which it owns from now on.
     *
     * @param player its network is under the game's constraints already
     */
    public DiscriminatorTrainer(Player<Discriminator> player, Game game) {
        this.player = player;
        this.discriminator = player.network();
        this.game = game;
        this.views = new Views(game.views());
        this.pool = new ImagePool(game.pool());
    }

    /** Trains with other processes from now on. */
    void join(Ranks ranks) {
        player.join(ranks);
        views.join(ranks);
    }

    /** Adds what each of several processes has of its own: its pool of images, too. */
    void addOfRank(Set<String> names) {
        player.addOfRank(names);
        names.add(player.name() + POOL + "/");
    }

    /** What learns. */
    public Player<Discriminator> player() {
        return player;
    }

    /** Samples as the discriminator sees them, which {@link #update} and {@link #generatorLoss} take. */
    public Tensor see(Tensor samples, Sight.Origin origin, Progress progress, RandomGenerator random) {
        return views.apply(samples, origin, progress, random);
    }

    /** What the discriminator is shown in place of these generated samples: of a pool, maybe older ones. */
    Tensor pooled(Tensor fake, RandomGenerator random) {
        return pool.query(fake.detach(), random);
    }

    /**
     * One update.
     *
     * @param real what the discriminator sees of the data, [N, …]
     * @param fake what it sees of the generator, [N, …]; no gradient flows through it
     * @param conditioning of both, N
     * @param random where penalties draw from
     * @param index how many updates came before
     * @return the objective's loss before its weight, the mean logits, what the loss shows of the divergence, the classifier's
     *     loss and the penalties
     */
    public StepReport update(
            Tensor real,
            Tensor fake,
            Conditioning conditioning,
            Progress progress,
            RandomGenerator random,
            long index) {
        Measurements measured = new Measurements();
        try (TensorScope scope = TensorScope.open()) {
            DiscriminatorOutput ofReal;
            DiscriminatorOutput ofFake;
            Optional<ShownPass> shown = Optional.empty();
            if (discriminator.coupling() == Coupling.NONE) {
                Tensor samples = Tensors.cat(List.of(real, fake), 0);
                if (penaltiesShare(progress, index)) {
                    shown = Optional.of(new ShownPass(samples, it -> discriminate(it, conditioning.twice())));
                }
                DiscriminatorOutput both =
                        shown.map(ShownPass::output).orElseGet(() -> discriminate(samples, conditioning.twice()));
                ofReal = both.narrow(0, real.size(0));
                ofFake = both.narrow(real.size(0), fake.size(0));
            } else {
                ofReal = discriminate(real, conditioning);
                ofFake = discriminate(fake, conditioning);
            }
            Tensor realLogits = ofReal.logits();
            Tensor fakeLogits = ofFake.logits();
            views.observe(realLogits, progress, random);
            views.measures().forEach(measured::add);
            Tensor loss = game.objective().discriminatorLoss(realLogits, fakeLogits);
            measured.add(MetricsRow.DISCRIMINATOR_LOSS, loss);
            measured.add("realLogit", realLogits.mean());
            measured.add("fakeLogit", fakeLogits.mean());
            measured.add("divergenceBound", loss, game.objective()::divergenceBound);
            loss = weighted(loss, game.weights().discriminator());
            Tensor realClasses = ofReal.classLogits();
            Tensor fakeClasses = ofFake.classLogits();
            if (realClasses != null && fakeClasses != null) {
                Tensor classes =
                        game.classification().discriminatorLoss(realClasses, fakeClasses, conditioning.input());
                measured.add("classLoss", classes);
                loss = loss.add(classes);
            }

            DiscriminatorUpdate update = new DiscriminatorUpdate(
                    discriminator, real, fake, realLogits, conditioning, random, progress, index, shown);
            for (Map.Entry<String, Constraint> constraint : game.constraints().entrySet()) {
                if (!constraint.getValue().ownStep()) {
                    Tensor penalty = penalty(constraint, update, measured).orElse(null);
                    loss = penalty == null ? loss : loss.add(penalty);
                }
            }
            minimize(loss);
            for (Map.Entry<String, Constraint> constraint : game.constraints().entrySet()) {
                if (constraint.getValue().ownStep()) {
                    penalty(constraint, update, measured).ifPresent(this::minimize);
                }
            }
            return measured.report();
        }
    }

    /**
     * Whether penalties take their gradients from the pass of the loss: where there are some at real and some at generated samples, as
     * R1 and R2. Of one alone, half of such gradients would be for nothing. In less than float32 they have a pass of their own.
     */
    private boolean penaltiesShare(Progress progress, long index) {
        Set<PenaltyPoints> points = game.constraints().values().stream()
                .flatMap(constraint -> constraint.shownPoints(progress, index).stream())
                .collect(Collectors.toSet());
        return game.precision() == Precision.FLOAT32
                && points.containsAll(Set.of(new PenaltyPoints.Real(), new PenaltyPoints.Fake()));
    }

    private static Optional<Tensor> penalty(
            Map.Entry<String, Constraint> constraint, DiscriminatorUpdate update, Measurements measured) {
        Optional<Tensor> penalty = constraint.getValue().penalty(update);
        penalty.ifPresent(value -> measured.add("penalty." + constraint.getKey(), value));
        return penalty;
    }

    private void minimize(Tensor loss) {
        player.optimizer().minimize(loss);
        game.constraints().values().forEach(constraint -> constraint.project(discriminator));
    }

    /**
     * What the generator pays for samples that are told from real ones, with its weight, and for classes that are mistaken.
     *
     * @param real gives what the discriminator sees of as many real samples; asked only where the objective compares
     * @param fake what it sees of generated samples, differentiable
     * @param conditioning of both
     * @param measured takes the objective's loss under this name, before its weight, where it is not empty
     */
    Tensor generatorLoss(
            Supplier<Tensor> real, Tensor fake, Conditioning conditioning, String name, Measurements measured) {
        DiscriminatorOutput ofFake = game.precision()
                .discriminate(fake.device(), () -> discriminator.discriminateForGenerator(fake, conditioning));
        Tensor loss = game.objective().generatorLoss(() -> realLogits(real, conditioning), ofFake.logits());
        if (!name.isEmpty()) {
            measured.add(name, loss);
        }
        loss = weighted(loss, game.weights().generator());
        Tensor classLogits = ofFake.classLogits();
        if (classLogits != null) {
            Tensor classes = game.classification().generatorLoss(classLogits, conditioning.input());
            measured.add("generatorClassLoss", classes);
            loss = loss.add(classes);
        }
        return loss;
    }

    private Tensor realLogits(Supplier<Tensor> real, Conditioning conditioning) {
        Tensor samples = real.get();
        try (Autograd.Recording off = Autograd.noGrad()) {
            return game.precision().forward(samples.device(), () -> discriminator.forward(samples, conditioning));
        }
    }

    private DiscriminatorOutput discriminate(Tensor samples, Conditioning conditioning) {
        return game.precision().discriminate(samples.device(), () -> discriminator.discriminate(samples, conditioning));
    }

    private static Tensor weighted(Tensor loss, double weight) {
        return weight == 1 ? loss : loss.mul(weight);
    }

    /** Adds the player's parts, and what pool and views keep. */
    void addTo(Map<String, Map<String, Tensor>> parts) {
        player.addTo(parts);
        if (game.pool() > 0) {
            parts.put(player.name() + POOL, pool.state());
        }
        Map<String, Tensor> kept = views.state();
        if (!kept.isEmpty()) {
            parts.put(player.name() + VIEWS, kept);
        }
    }

    /** @throws IllegalArgumentException if a part is missing or does not fit */
    void load(SavedParts saved) {
        player.load(saved);
        pool.load(saved.poll(player.name() + POOL).orElse(Map.of()));
        views.load(saved.poll(player.name() + VIEWS).orElse(Map.of()));
    }

    /** Frees the player, the pool and what views keep. */
    @Override
    public void close() {
        views.close();
        pool.close();
        player.close();
    }
}
