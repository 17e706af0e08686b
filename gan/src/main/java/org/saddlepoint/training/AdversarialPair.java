package org.saddlepoint.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.NetworkConfig;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** The networks of one GAN: generator, discriminator and, if any, the generator's moving average. */
public final class AdversarialPair implements AutoCloseable {
    private static final String GENERATOR = "generator";
    private static final String DISCRIMINATOR = "discriminator";
    private static final String AVERAGE = "generator_ema";

    private final Generator generator;
    private final Discriminator discriminator;
    private final @Nullable Generator averaged;
    private final @Nullable ExponentialMovingAverage average;
    private final Device device;

    /**
     * Builds the networks on a device.
     *
     * @param sample shape of one example
     * @param averageDecay decay of the moving average, 0 for none
     * @param random draws the initial weights and, in training, dropout
     */
    public AdversarialPair(
            NetworkConfig config,
            Latent latent,
            Shape sample,
            double averageDecay,
            Device device,
            RandomGenerator random) {
        this.device = device;
        generator = config.generator(latent, sample, random);
        discriminator = config.discriminator(sample, random);
        generator.to(device);
        discriminator.to(device);
        if (averageDecay > 0) {
            Generator copy;
            try (RandomGenerator unused = new RandomGenerator(0)) {
                copy = config.generator(latent, sample, unused);
            }
            copy.to(device);
            averaged = copy;
            average = new ExponentialMovingAverage(generator, copy, averageDecay);
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

    /** What the finished product gives for these latents: the moving average if there is one, in use and not training. */
    public Tensor sample(Tensor latents) {
        Generator best = averaged == null ? generator : averaged;
        best.train(false);
        try (TensorScope scratch = TensorScope.open();
                Autograd.NoGrad off = Autograd.noGrad()) {
            return scratch.promote(best.forward(latents.to(device), Conditioning.NONE));
        } finally {
            best.train(best == generator);
        }
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

    /**
     * Overwrites the networks with saved values; other parts are left alone.
     *
     * @throws IllegalArgumentException if a network's part is missing or does not fit
     */
    public void load(Map<String, Map<String, Tensor>> parts) {
        generator.loadStateDict(part(parts, GENERATOR));
        discriminator.loadStateDict(part(parts, DISCRIMINATOR));
        if (averaged != null) {
            averaged.loadStateDict(part(parts, AVERAGE));
        }
    }

    static Map<String, Tensor> part(Map<String, Map<String, Tensor>> parts, String name) {
        Map<String, Tensor> part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("there is no part " + name + " among " + parts.keySet());
        }
        return part;
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
