package org.saddlepoint.training;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.NetworkConditioning;
import org.saddlepoint.models.NetworkConfig;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** The networks of one GAN: generator, discriminator and, if any, the generator's moving average. */
public final class AdversarialPair implements SavedNetworks, AutoCloseable {
    private static final String GENERATOR = "generator";
    private static final String DISCRIMINATOR = "discriminator";
    private static final String AVERAGE = "generator_ema";

    private final Generator generator;
    private final Discriminator discriminator;
    private final @Nullable Generator averaged;
    private final @Nullable ExponentialMovingAverage average;
    private final Device device;
    private final ConditionShape condition;

    /** Networks without a condition. */
    public AdversarialPair(
            NetworkConfig config,
            Latent latent,
            Shape sample,
            Collection<Constraint> constraints,
            AverageConfig averaging,
            Device device,
            RandomGenerator random) {
        this(config, NetworkConditioning.NONE, latent, sample, constraints, averaging, device, random);
    }

    /**
     * Builds the networks on a device.
     *
     * @param conditioning what the networks can be asked for, and how they take it
     * @param sample shape of one example
     * @param constraints of the discriminator, in this order
     * @param averaging settings of the moving average
     * @param random draws the initial weights and, in training, dropout
     * @throws IllegalArgumentException if a constraint cannot work with the discriminator, or a condition with a network;
     *     names layer and reason
     */
    public AdversarialPair(
            NetworkConfig config,
            NetworkConditioning conditioning,
            Latent latent,
            Shape sample,
            Collection<Constraint> constraints,
            AverageConfig averaging,
            Device device,
            RandomGenerator random) {
        this.device = device;
        this.condition = conditioning.condition();
        generator = conditioning.generator(config, latent, sample, random);
        try {
            discriminator = Constraint.applyAll(
                    constraints, conditioning.discriminator(config, sample, random), sample, random);
        } catch (RuntimeException refused) {
            generator.close();
            throw refused;
        }
        generator.to(device);
        discriminator.to(device);
        if (averaging.decay() > 0) {
            Generator copy;
            try (RandomGenerator unused = new RandomGenerator(0)) {
                copy = conditioning.generator(config, latent, sample, unused);
            }
            copy.to(device);
            averaged = copy;
            average = new ExponentialMovingAverage(generator, copy, averaging);
        } else {
            averaged = null;
            average = null;
        }
    }

    /** G, in training. */
    public Generator generator() {
        return generator;
    }

    /** D, in training. */
    public Discriminator discriminator() {
        return discriminator;
    }

    /** Where the networks are. */
    public Device device() {
        return device;
    }

    void updateAverage(long updates) {
        if (average != null) {
            average.update(updates);
        }
    }

    /** What samples can be asked for. */
    public ConditionShape condition() {
        return condition;
    }

    /** {@link #sample(Tensor, Conditioning)} of networks without a condition. */
    public Tensor sample(Tensor latents) {
        return sample(latents, Conditioning.NONE);
    }

    /** What the finished product gives for these latents and conditions: the moving average if there is one, in use and not training. */
    public Tensor sample(Tensor latents, Conditioning conditioning) {
        Generator best = averaged == null ? generator : averaged;
        best.train(false);
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            return scratch.promote(best.forward(latents.to(device), Conditioning.to(conditioning, device)));
        } finally {
            best.train(best == generator);
        }
    }

    /** Whether {@link #sample} draws from a moving average. */
    public boolean hasAverage() {
        return averaged != null;
    }

    Map<String, Map<String, Tensor>> parts() {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        parts.put(GENERATOR, generator.stateDict());
        parts.put(DISCRIMINATOR, discriminator.stateDict());
        if (averaged != null) {
            parts.put(AVERAGE, averaged.stateDict());
        }
        return parts;
    }

    @Override
    public void load(Map<String, Map<String, Tensor>> parts) {
        generator.loadStateDict(SavedNetworks.part(parts, GENERATOR));
        discriminator.loadStateDict(SavedNetworks.part(parts, DISCRIMINATOR));
        if (averaged != null) {
            averaged.loadStateDict(SavedNetworks.part(parts, AVERAGE));
        }
    }

    @Override
    public void close() {
        generator.close();
        discriminator.close();
        if (averaged != null) {
            averaged.close();
        }
    }
}
