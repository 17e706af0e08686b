package org.saddlepoint.diagnostics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.HeldOut;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Features;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.AdversarialPlayers;
import org.saddlepoint.training.AdversarialStep;
import org.saddlepoint.training.TrainingState;

/**
 * Measures all signals of a generator from latents and its discriminator: on the same latents and the same real examples each
 * time, so that readings differ by the networks alone. Its randomness is its own.
 */
public final class GanProbe implements Probe {
    private static final int POINTS = 256;
    private static final int PICTURES = 64;
    private static final int LARGE_PICTURES = 32;
    private static final int LARGE = 3 * 64 * 64;
    private static final int BANK = 4096;
    private static final long BANK_ELEMENTS = 1L << 23;
    private static final int COPYING_EVERY = 3;

    private final AdversarialPlayers players;
    private final AdversarialStep step;
    private final int chunk;
    private final GradientRecorder generatorGradients;
    private final GradientRecorder discriminatorGradients;
    private final Latent latent;
    private final HeldOut parts;
    private final Dataset data;
    private final long seed;
    private final Optional<GaussianMixture> mixture;
    private @Nullable RealSide real;
    private @Nullable Retained latents;
    private Optional<HeldOutSide> heldOut = Optional.empty();
    private float @Nullable [] before;
    private long readings;

    /**
     * A probe of this training, which stays the caller's.
     *
     * @param batchSize of the training: networks that normalize by the batch see as many at once
     * @param parts what is learned from, and what is not
     * @param seed of latents, and of the choice of examples
     */
    public GanProbe(
            AdversarialPlayers players, AdversarialStep step, Latent latent, int batchSize, HeldOut parts, long seed) {
        this.players = players;
        this.step = step;
        this.latent = latent;
        this.chunk = batchSize;
        this.parts = parts;
        this.data = parts.training();
        this.seed = seed;
        this.mixture = data.mixture();
        generatorGradients = GradientRecorder.on(
                players.generator().network(), players.generator().optimizer());
        discriminatorGradients = GradientRecorder.on(
                players.discriminator().network(), players.discriminator().optimizer());
    }

    @Override
    public void arm() {
        generatorGradients.arm();
        discriminatorGradients.arm();
    }

    @Override
    public Map<Signal, Double> measure(TrainingState state) {
        EnumMap<Signal, Double> values = new EnumMap<>(Signal.class);
        generatorGradients.take(Signal.G_GRADIENT, Signal.G_DEAD, values);
        discriminatorGradients.take(Signal.D_GRADIENT, Signal.D_DEAD, values);
        Generator generator = players.generator().network();
        Discriminator discriminator = players.discriminator().network();
        try (TensorScope scope = TensorScope.open();
                Undisturbed kept = new Undisturbed(state.random(), List.of(generator, discriminator));
                Autograd.Recording off = Autograd.noGrad()) {
            RealSide reals = reals();
            if (readings == 0) {
                reals.describe(values);
            }
            Tensor z = reals.latents();
            Conditioning conditions = reals.conditions();
            Tensor fake = inChunks(z, conditions, generator::forward);
            if (fake.countNonFinite() == 0) {
                samples(values, reals, fake);
                averages(values, reals, z, conditions);
                labels(values, reals, z, fake);
                try (RandomGenerator random = new RandomGenerator(seed ^ state.step())) {
                    new LogitSignals(step, discriminator, chunk, random, heldOut)
                            .measure(reals.samples(), fake, conditions, state, values);
                }
            }
            weights(values, generator, discriminator);
        }
        readings++;
        return values;
    }

    private RealSide reals() {
        RealSide known = real;
        if (known == null) {
            int elements = data.shape().elements();
            boolean pictures = !data.shape().images().isEmpty();
            int wanted = !pictures ? POINTS : elements > LARGE ? LARGE_PICTURES : PICTURES;
            int count = whole(wanted);
            Retained drawn = latents(count);
            latents = drawn;
            known = new RealSide(data, players, ReferenceSet.of(data, count, seed), seed)
                    .withLatents(drawn, BANK, BANK_ELEMENTS);
            real = known;
            heldOut = parts.heldOut().map(examples -> {
                int most = Math.min(count, examples.size());
                return new HeldOutSide(examples, whole(most), players.condition(), players.device(), seed);
            });
            if (heldOut.isPresent()) {
                known.withHeldOut(heldOut.get().samples());
            }
        }
        return known;
    }

    private Retained latents(int count) {
        try (TensorScope scratch = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed ^ 0x5ade)) {
            return Retained.copyOf(latent.sample(count, random));
        }
    }

    /** At most so many, in whole batches: a network that normalizes by its batch sees no smaller one. */
    private int whole(int wanted) {
        return wanted <= chunk ? wanted : wanted / chunk * chunk;
    }

    private void samples(Map<Signal, Double> values, RealSide reals, Tensor fake) {
        Tensor rows = fake.flatten(1);
        Cloud cloud = Cloud.of(rows);
        values.put(Signal.DIVERSITY, cloud.spread() / reals.cloud().spread());
        values.put(Signal.RANK, cloud.rank() / reals.cloud().rank());
        double nearness = reals.cloud().nearness();
        values.put(Signal.DUPLICATES, cloud.duplicates(nearness));
        values.put(Signal.SUPPORT, cloud.support(nearness));
        values.put(Signal.COVERAGE, reals.cloud().coverage(Cloud.distances(reals.rows(), rows)));
        values.put(Signal.DISTANCE, reals.distance().of(rows));
        reals.addCopying(values, rows, readings % COPYING_EVERY == 0);
        features().ifPresent(features -> {
            double ofReal = Cloud.of(features(features, reals.samples())).spread();
            double ofFake = Cloud.of(features(features, fake)).spread();
            values.put(Signal.FEATURE_DIVERSITY, ofFake / ofReal);
        });
        float[] now = rows.toFloatArray();
        reals.addTraits(values, now);
        mixture.ifPresent(known -> ModeSignals.measure(known, now, values));
        float[] earlier = before;
        if (earlier != null && earlier.length == now.length) {
            values.put(Signal.MOVEMENT, reals.movement(earlier, now));
        }
        before = now;
    }

    private void averages(Map<Signal, Double> values, RealSide reals, Tensor z, Conditioning conditions) {
        Generator generator = players.generator().network();
        if (players.hasAverage()) {
            values.put(
                    Signal.AVERAGE_DISTANCE,
                    reals.distance().of(players.sample(z, conditions).flatten(1)));
            values.put(
                    Signal.AVERAGE_LAG,
                    lag(generator.stateDict(), players.generator().bestState()));
        }
        if (!generator.module().buffers().isEmpty()) {
            generator.train(false);
            try {
                Tensor used = generator.forward(z, conditions);
                values.put(Signal.EVALUATION_DISTANCE, reals.distance().of(used.flatten(1)));
            } finally {
                generator.train(true);
            }
        }
    }

    private double lag(Map<String, Tensor> weights, Map<String, Tensor> average) {
        List<Tensor> differences = new ArrayList<>();
        List<Tensor> sizes = new ArrayList<>();
        for (String name : players.generator().network().parameters().keySet()) {
            Tensor weight = weights.get(name);
            Tensor mean = average.get(name);
            if (weight != null && mean != null) {
                differences.add(weight.detach().sub(mean.detach()).square().sum());
                sizes.add(weight.detach().square().sum());
            }
        }
        double difference = Tensors.stack(differences, 0).sum().item();
        double size = Tensors.stack(sizes, 0).sum().item();
        return size > 0 ? Math.sqrt(difference / size) : 0;
    }

    private void labels(Map<Signal, Double> values, RealSide reals, Tensor z, Tensor fake) {
        if (!reals.hasLabels()) {
            return;
        }
        Tensor other = inChunks(z, reals.rotatedLabels(), players.generator().network()::forward);
        reals.addLabelEffects(values, fake.flatten(1), other.flatten(1));
    }

    private void weights(Map<Signal, Double> values, Generator generator, Discriminator discriminator) {
        WeightSpectrum discriminatorWeights = WeightSpectrum.of(discriminator);
        values.put(Signal.G_SIGMA, WeightSpectrum.of(generator).largest());
        values.put(Signal.D_SIGMA, discriminatorWeights.largest());
        values.put(Signal.D_STABLE_RANK, discriminatorWeights.leastStableRank());
    }

    /** D's features of plain samples, where it has them: where labels are joined to samples it has none of samples alone. */
    private Optional<Features> features() {
        Discriminator discriminator = players.discriminator().network();
        Optional<Features> parts = discriminator.parts();
        if (parts.isPresent() || !players.condition().isNone()) {
            return parts;
        }
        return discriminator.modules(Features.class).values().stream().findFirst();
    }

    private Tensor features(Features features, Tensor samples) {
        return inChunks(samples, Conditioning.none(), (rows, none) -> features.features(rows))
                .flatten(1);
    }

    /** Of as many samples at once as in training. */
    private Tensor inChunks(Tensor rows, Conditioning conditions, Pass pass) {
        return inChunks(rows.to(players.device()), conditions.to(players.device()), chunk, pass);
    }

    /** What is computed of a batch. */
    interface Pass {
        Tensor of(Tensor rows, Conditioning conditions);
    }

    static Tensor inChunks(Tensor rows, Conditioning conditions, int chunk, Pass pass) {
        long count = rows.size(0);
        if (count <= chunk) {
            return pass.of(rows, conditions);
        }
        List<Tensor> parts = new ArrayList<>();
        for (long start = 0; start < count; start += chunk) {
            long length = Math.min(chunk, count - start);
            parts.add(pass.of(rows.narrow(0, start, length), conditions.narrow(start, length)));
        }
        return Tensors.cat(parts, 0);
    }

    /** The shape of pictures; empty for points. */
    static Optional<ImageShape> picture(Dataset data) {
        return data.shape().images().stream().findFirst();
    }

    @Override
    public void close() {
        if (latents != null) {
            latents.close();
        }
        if (real != null) {
            real.close();
        }
        heldOut.ifPresent(HeldOutSide::close);
    }
}
