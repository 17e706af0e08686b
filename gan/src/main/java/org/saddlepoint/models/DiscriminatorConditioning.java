package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/** How a discriminator takes its condition y. */
public sealed interface DiscriminatorConditioning {
    /**
     * A discriminator of this family that takes such a condition so.
     *
     * @param condition what it is to be asked for
     * @param sample [C, H, W] of an image, or [D] of a point
     * @throws IllegalArgumentException if the family or the condition does not fit; names the reason
     */
    Discriminator build(DiscriminatorConfig family, ConditionShape condition, Shape sample, RandomGenerator random);

    /** Not at all: D(x). */
    record None() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                DiscriminatorConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            if (!condition.isNone()) {
                throw new IllegalArgumentException(
                        "the condition is " + condition + " but the discriminator takes none, so nothing would make the"
                                + " generator obey; choose how it takes it with conditioning.discriminator.way");
            }
            return family.create(sample, random);
        }
    }

    /**
     * As channels of the image: one a class, 1 where the class is y and 0 elsewhere; one a number of a vector, of that
     * value; or the condition image, which must be as large. Behind a point come the same numbers, once.
     */
    record Channels() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                DiscriminatorConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            if (condition.image().isPresent()) {
                Shape image = condition.image().get().shape();
                ConditionedSample code = new ConditionedSample.ImageChannels(image, sample);
                Shape widened = widened(sample, image.size(0));
                return new ConditionedDiscriminator(condition, code, family.create(widened, random));
            }
            int size = condition.size("channels");
            ConditionedSample code = new ConditionedSample.Plain(condition, size);
            return new ConditionedDiscriminator(condition, code, family.create(widened(sample, size), random));
        }
    }

    /** As one channel of the image that is learned for each class, pixel by pixel (or is a linear function of a vector). */
    record EmbeddedChannel() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                DiscriminatorConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            if (sample.rank() != 3) {
                throw new IllegalArgumentException("a learned channel needs images [C, H, W] but the data is " + sample
                        + "; choose conditioning.discriminator.way: channels, embedding or projection");
            }
            condition.size("a learned channel");
            Shape widened = Shape.of(sample.size(0) + 1, sample.size(1), sample.size(2));
            Discriminator network = family.create(widened, random);
            int pixels = Math.toIntExact(sample.size(1) * sample.size(2));
            ConditionedSample code = new ConditionedSample.EmbeddedChannel(condition.embedding(pixels, random));
            return new ConditionedDiscriminator(condition, code, network);
        }
    }

    /**
     * As a learned vector e(y) beside the sample, into the first linear layer (Mirza and Osindero 2014); for fully connected
     * networks.
     *
     * @param size numbers of e(y)
     */
    record Embedded(int size) implements DiscriminatorConditioning {
        public Embedded {
            Require.atLeast(1, "size", size);
        }

        @Override
        public Discriminator build(
                DiscriminatorConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            if (!family.takesVectors()) {
                throw new IllegalArgumentException(
                        "an embedding beside the sample needs a first layer that is linear, as"
                                + " in discriminator.family: mlp; with convolutions choose conditioning.discriminator.way: channels,"
                                + " embedded-channel, projection or auxiliary-classifier");
            }
            condition.size("an embedding");
            Discriminator network = family.create(Shape.of(sample.elements() + size), random);
            ConditionedSample code = new ConditionedSample.Embedded(condition.embedding(size, random));
            return new ConditionedDiscriminator(condition, code, network);
        }
    }

    /** By its product with the features: D(x, y) = ψ(φ(x)) + ⟨e(y), φ(x)⟩ (Miyato and Koyama 2018, equation 3). */
    record Projection() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                DiscriminatorConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            condition.size("projection"); // refuses images before a network is there to be freed
            Discriminator network = family.create(sample, random);
            Features features = requireOpen(network, "projection");
            WeightLayer embedding = condition.embedding(features.featureCount(), features.headInitialization(), random);
            return new ProjectionDiscriminator(condition, network, features, embedding);
        }
    }

    /**
     * By its product with what a mapping network makes of the condition (Karras et al. 2020, "Training Generative Adversarial
     * Networks with Limited Data", authors' code).
     *
     * <pre>D(x, y) = ⟨ψ(φ(x)), m(y)⟩ / √n,   n numbers of each</pre>
     */
    record Mapped() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                DiscriminatorConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            condition.size("a mapping network");
            return family.createMapped(condition, sample, random);
        }
    }

    /**
     * By telling it: the logit is D(x), and a second head on the same features says which class x seems to be of (AC-GAN;
     * Odena et al. 2017).
     */
    record AuxiliaryClassifier() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                DiscriminatorConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            ConditionShape.Classes classes = condition.requireClasses("an auxiliary classifier");
            if (classes.unlabelled()) {
                throw new IllegalArgumentException(
                        "an auxiliary classifier cannot be asked for no label, since it would"
                                + " have to tell a class where there is none; set conditioning.labelDropout: 0");
            }
            Discriminator network = family.create(sample, random);
            Features features = requireOpen(network, "an auxiliary classifier");
            Linear head = new Linear(features.featureCount(), classes.names(), features.headInitialization(), random);
            return new ClassifyingDiscriminator(classes, network, features, head);
        }
    }

    /** The features of a network, which a head is put on; a closed network is freed and refused. */
    private static Features requireOpen(Discriminator network, String way) {
        return network.parts().orElseThrow(() -> {
            network.close();
            return new IllegalArgumentException(way + " needs the features of the discriminator, and "
                    + network.getClass().getSimpleName() + " is closed: it shows none; implement parts(), or choose"
                    + " conditioning.discriminator.way: channels or embedded-channel");
        });
    }

    private static Shape widened(Shape sample, long by) {
        return sample.rank() == 3
                ? Shape.of(sample.size(0) + by, sample.size(1), sample.size(2))
                : Shape.of(sample.size(0) + by);
    }
}
