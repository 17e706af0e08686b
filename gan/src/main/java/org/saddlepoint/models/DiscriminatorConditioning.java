package org.saddlepoint.models;

import org.saddlepoint.nn.Initialization;
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
    Discriminator build(NetworkConfig family, ConditionShape condition, Shape sample, RandomGenerator random);

    /** Not at all: D(x). */
    record None() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                NetworkConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            if (!condition.equals(ConditionShape.NONE)) {
                throw new IllegalArgumentException(
                        "the condition is " + condition + " but the discriminator takes none, so nothing would make the"
                                + " generator obey; choose how it takes it with conditioning.discriminator.way");
            }
            return family.discriminator(sample, random);
        }
    }

    /**
     * As channels of the image: one a class, 1 where the class is y and 0 elsewhere; one a number of a vector, of that
     * value; or the condition image, which must be as large. Behind a point come the same numbers, once.
     */
    record Channels() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                NetworkConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            if (condition instanceof ConditionShape.Image image) {
                SampleCode code = new SampleCode.ImageChannels(image.shape(), sample);
                Shape widened = widened(sample, image.shape().size(0));
                return new ConditionedDiscriminator(condition, code, family.discriminator(widened, random));
            }
            int size = ConditionInputs.size(condition, "channels");
            SampleCode code = new SampleCode.Plain(condition, size);
            return new ConditionedDiscriminator(condition, code, family.discriminator(widened(sample, size), random));
        }
    }

    /** As one channel of the image that is learned for each class, pixel by pixel (or is a linear function of a vector). */
    record EmbeddedChannel() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                NetworkConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            if (sample.rank() != 3) {
                throw new IllegalArgumentException("a learned channel needs images [C, H, W] but the data is " + sample
                        + "; choose conditioning.discriminator.way: channels, embedding or projection");
            }
            ConditionInputs.size(condition, "a learned channel");
            Shape widened = Shape.of(sample.size(0) + 1, sample.size(1), sample.size(2));
            FeatureDiscriminator network = family.discriminator(widened, random);
            int pixels = Math.toIntExact(sample.size(1) * sample.size(2));
            SampleCode code = new SampleCode.EmbeddedChannel(ConditionInputs.embedding(condition, pixels, random));
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
            if (size < 1) {
                throw new IllegalArgumentException("size must be >= 1 but was " + size);
            }
        }

        @Override
        public Discriminator build(
                NetworkConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            if (!(family instanceof MlpConfig)) {
                throw new IllegalArgumentException(
                        "an embedding beside the sample needs a first layer that is linear, as"
                                + " in network.family: mlp; with convolutions choose conditioning.discriminator.way: channels,"
                                + " embedded-channel, projection or auxiliary-classifier");
            }
            ConditionInputs.size(condition, "an embedding");
            FeatureDiscriminator network = family.discriminator(Shape.of(sample.elements() + size), random);
            SampleCode code = new SampleCode.Embedded(ConditionInputs.embedding(condition, size, random));
            return new ConditionedDiscriminator(condition, code, network);
        }
    }

    /** By its product with the features: D(x, y) = ψ(φ(x)) + ⟨e(y), φ(x)⟩ (Miyato and Koyama 2018, equation 3). */
    record Projection() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                NetworkConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            ConditionInputs.size(condition, "projection"); // refuses images before a network is there to be freed
            FeatureDiscriminator network = family.discriminator(sample, random);
            WeightLayer embedding =
                    ConditionInputs.embedding(condition, network.featureCount(), network.headInitialization(), random);
            return new ProjectionDiscriminator(condition, network, embedding);
        }
    }

    /**
     * By telling it: the logit is D(x), and a second head on the same features says which class x seems to be of (AC-GAN;
     * Odena et al. 2017).
     */
    record AuxiliaryClassifier() implements DiscriminatorConditioning {
        @Override
        public Discriminator build(
                NetworkConfig family, ConditionShape condition, Shape sample, RandomGenerator random) {
            ConditionShape.Classes classes = ConditionInputs.requireClasses(condition, "an auxiliary classifier");
            if (classes.unlabelled()) {
                throw new IllegalArgumentException(
                        "an auxiliary classifier cannot be asked for no label, since it would"
                                + " have to tell a class where there is none; set conditioning.labelDropout: 0");
            }
            FeatureDiscriminator network = family.discriminator(sample, random);
            Initialization start = network.headInitialization();
            return new ClassifyingDiscriminator(
                    classes, network, new Linear(network.featureCount(), classes.names(), start, random));
        }
    }

    private static Shape widened(Shape sample, long by) {
        return sample.rank() == 3
                ? Shape.of(sample.size(0) + by, sample.size(1), sample.size(2))
                : Shape.of(sample.size(0) + by);
    }
}
