package org.saddlepoint.training;

import java.util.Collection;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.NetworkConditioning;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/**
 * The two players of a GAN. Whoever has networks makes players of them, under the constraints already; whoever has settings
 * lets {@link #build} do it.
 *
 * @param generator G, with its moving average if there is one
 * @param discriminator D, under all constraints
 * @param condition what samples can be conditioned on
 */
public record AdversarialPlayers(
        Player<Generator> generator, Player<Discriminator> discriminator, ConditionShape condition) {
    private static final String GENERATOR = "generator";
    private static final String DISCRIMINATOR = "discriminator";

    /**
     * What the players' networks are.
     *
     * @param generator the family of generators and its settings
     * @param discriminator the family of discriminators and its settings
     * @param conditioning what both are conditioned on, and how they take it
     * @param latent the prior of the generator
     * @param constraints of the discriminator, in this order
     */
    public record Networks(
            GeneratorConfig generator,
            DiscriminatorConfig discriminator,
            NetworkConditioning conditioning,
            Latent latent,
            Collection<Constraint> constraints) {
        /** Networks without a condition. */
        public static Networks of(
                GeneratorConfig generator,
                DiscriminatorConfig discriminator,
                Latent latent,
                Collection<Constraint> constraints) {
            return new Networks(generator, discriminator, NetworkConditioning.NONE, latent, constraints);
        }
    }

    /**
     * How the players learn.
     *
     * @param generator the generator's optimizer
     * @param discriminator the discriminator's optimizer
     * @param average the generator's moving average
     */
    public record Learning(OptimizerConfig generator, OptimizerConfig discriminator, AverageConfig average) {
        /** Without a moving average. */
        public static Learning of(OptimizerConfig generator, OptimizerConfig discriminator) {
            return new Learning(generator, discriminator, AverageConfig.NONE);
        }
    }

    /** Players of these networks, without a condition and without a moving average. */
    public static AdversarialPlayers of(Generator generator, Discriminator discriminator, Learning learning) {
        return new AdversarialPlayers(
                new Player<>(GENERATOR, generator, learning.generator()),
                new Player<>(DISCRIMINATOR, discriminator, learning.discriminator()),
                ConditionShape.none());
    }

    /**
     * Builds players on a device.
     *
     * @param sample shape of one example
     * @param random draws the initial weights and, in training, dropout
     * @throws IllegalArgumentException if a constraint cannot work with the discriminator, or a condition with a network;
     *     names layer and reason
     */
    public static AdversarialPlayers build(
            Networks networks, Learning learning, Shape sample, Device device, RandomGenerator random) {
        NetworkConditioning conditioning = networks.conditioning();
        Generator generator = conditioning.generator(networks.generator(), networks.latent(), sample, random);
        Discriminator discriminator;
        try {
            discriminator = Constraint.applyAll(
                    networks.constraints(),
                    conditioning.discriminator(networks.discriminator(), sample, random),
                    sample,
                    random);
        } catch (RuntimeException refused) {
            generator.close();
            throw refused;
        }
        generator.to(device);
        discriminator.to(device);
        Player<Generator> player = new Player<>(GENERATOR, generator, learning.generator());
        player.averaged(learning.average(), () -> copy(networks, sample, device));
        return new AdversarialPlayers(
                player, new Player<>(DISCRIMINATOR, discriminator, learning.discriminator()), conditioning.condition());
    }

    /** A generator of the same structure; its weights do not matter. */
    private static Generator copy(Networks networks, Shape sample, Device device) {
        try (RandomGenerator unused = new RandomGenerator(0)) {
            Generator copy = networks.conditioning().generator(networks.generator(), networks.latent(), sample, unused);
            copy.to(device);
            return copy;
        }
    }

    /** Where the networks are. */
    public Device device() {
        return generator.device();
    }

    /** {@link #sample(Tensor, Conditioning)} of networks without a condition. */
    public Tensor sample(Tensor latents) {
        return sample(latents, Conditioning.none());
    }

    /**
     * What the finished product gives for these latents and conditions: the moving average if there is one, not in training.
     * On the training thread only.
     */
    public Tensor sample(Tensor latents, Conditioning conditioning) {
        return generator.use(network -> network.forward(latents.to(device()), conditioning.to(device())));
    }

    /** Whether {@link #sample} uses a moving average. */
    public boolean hasAverage() {
        return generator.hasAverage();
    }

    /** Frees both players. */
    void close() {
        generator.close();
        discriminator.close();
    }
}
