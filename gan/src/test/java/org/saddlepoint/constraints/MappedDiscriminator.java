package org.saddlepoint.constraints;

import java.util.List;
import java.util.Optional;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.FeatureDiscriminator;
import org.saddlepoint.models.FeatureMaps;
import org.saddlepoint.models.MapDecoder;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/** A small discriminator of images [1, 16, 16] with a map of side 16, of which quadrants are decoded, and one of side 8. */
final class MappedDiscriminator extends FeatureDiscriminator implements FeatureMaps {
    private static final int SIDE = 16;

    private final Conv2d first;
    private final Conv2d second;
    private final Linear linear;

    private MappedDiscriminator(RandomGenerator random) {
        first = child("first", new Conv2d(ConvConfig.of(1, 2, 3).strided(1, 1), Initialization.DCGAN, random));
        second = child("second", new Conv2d(ConvConfig.of(2, 1, 4).strided(2, 1), Initialization.DCGAN, random));
        linear = child("linear", new Linear(featureCount(), 1, Initialization.DCGAN, random));
    }

    /** Its family. */
    record Config() implements DiscriminatorConfig {
        @Override
        public Discriminator create(Shape sample, RandomGenerator random) {
            return new MappedDiscriminator(random);
        }
    }

    @Override
    public Tensor features(Tensor samples) {
        return maps(samples).get(1).flatten(1);
    }

    @Override
    public Tensor logits(Tensor features) {
        return linear.forward(features).squeeze(1);
    }

    @Override
    public int featureCount() {
        return SIDE / 2 * (SIDE / 2);
    }

    @Override
    public Initialization headInitialization() {
        return Initialization.DCGAN;
    }

    @Override
    public Optional<FeatureMaps> featureMaps() {
        return Optional.of(this);
    }

    @Override
    public List<Tensor> maps(Tensor samples) {
        Tensor large = first.forward(samples).relu();
        return List.of(large, second.forward(large));
    }

    @Override
    public List<MapDecoder> decoders(int side, RandomGenerator random) {
        return List.of(new MapDecoder(List.of(2), 1, false, random), new MapDecoder(List.of(1), 1, false, random));
    }
}
