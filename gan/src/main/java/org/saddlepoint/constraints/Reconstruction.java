package org.saddlepoint.constraints;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.FeatureMaps;
import org.saddlepoint.models.MapDecoder;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Self-supervised discriminator (FastGAN; Liu et al. 2021, section 3.2): small decoders, trained with D, make real images again from D's
 * maps, so that D has to see all of an image, which keeps it from learning few pictures by heart.
 *
 * <pre>λ Σ E[mean (decode(map(x)) − T(x))²]</pre>
 *
 * <p>T halves an image as often as the decoder needs: to half its side, and to 128 pixels at most. Of a map of twice the decoder's side a random quadrant of each
 * image is decoded, and compared with that quadrant of the image (the authors' code draws one for the batch). The article measures the distance by LPIPS, which needs a trained
 * network; squared error stands in its place, as in other programs that have this method.
 *
 * @param weight λ, >= 0; 1 in the article, of LPIPS
 */
public record Reconstruction(Schedule weight) implements Constraint {
    private static final int LARGEST = 128;

    public Reconstruction {
        weight.requireNotNegative("weight");
    }

    /** Reconstruction whose weight does not change. */
    public Reconstruction(double weight) {
        this(Schedule.of(weight));
    }

    @Override
    public Discriminator apply(Discriminator discriminator, Shape sample, RandomGenerator random) {
        if (!decoders(discriminator).isEmpty()) {
            throw new IllegalArgumentException("reconstruction is there already; name it once");
        }
        FeatureMaps maps = discriminator
                .featureMaps()
                .orElseThrow(() -> new IllegalArgumentException("reconstruction decodes maps of the discriminator, but "
                        + discriminator.getClass().getSimpleName()
                        + " has none to decode; set discriminator.family: fastgan, without a condition"));
        List<MapDecoder> decoders = maps.decoders(target(sample), random);
        for (int i = 0; i < decoders.size(); i++) {
            discriminator.module().attach("decoders." + i, decoders.get(i));
        }
        return discriminator;
    }

    private static List<MapDecoder> decoders(Discriminator discriminator) {
        return discriminator.module().attached().values().stream()
                .filter(MapDecoder.class::isInstance)
                .map(MapDecoder.class::cast)
                .toList();
    }

    private static int target(Shape sample) {
        return (int) Math.min(LARGEST, sample.size(1) / 2);
    }

    @Override
    public Optional<Tensor> penalty(DiscriminatorUpdate update) {
        Discriminator discriminator = update.discriminator();
        Tensor real = update.real();
        try (TensorScope scratch = TensorScope.open()) {
            List<Tensor> maps = discriminator.featureMaps().orElseThrow().maps(real);
            List<MapDecoder> decoders = decoders(discriminator);
            List<Tensor> errors = new ArrayList<>();
            for (int i = 0; i < maps.size(); i++) {
                errors.add(error(decoders.get(i), maps.get(i), real, update.random()));
            }
            Tensor error = errors.stream().reduce(Tensor::add).orElseThrow();
            // decoders have no other gradient, so the term is there whatever its weight
            return Optional.of(scratch.promote(error.mul(weight.at(update.progress()))));
        }
    }

    private static Tensor error(MapDecoder decoder, Tensor map, Tensor real, RandomGenerator random) {
        long parts = map.size(2) / MapDecoder.SIDE;
        Tensor seen = map;
        Tensor wanted = real;
        if (parts > 1) {
            Tensor places = random.integers(parts * parts, real.size(0));
            seen = part(map, parts, places);
            wanted = part(real, parts, places);
        }
        Tensor decoded = decoder.forward(seen);
        long factor = wanted.size(2) / decoded.size(2);
        if (factor > 1) {
            wanted = Functional.avgPool2d(wanted, (int) factor, (int) factor, 0, false);
        }
        return decoded.sub(wanted).square().mean();
    }

    /** Of each image the part of this number, row by row. */
    private static Tensor part(Tensor images, long parts, Tensor places) {
        long count = images.size(0);
        long side = images.size(2) / parts;
        List<Tensor> all = new ArrayList<>();
        for (long part = 0; part < parts * parts; part++) {
            all.add(images.narrow(2, part / parts * side, side).narrow(3, part % parts * side, side));
        }
        long[] rows = places.toLongArray();
        for (int image = 0; image < rows.length; image++) {
            rows[image] = rows[image] * count + image;
        }
        return Tensors.cat(all, 0).indexSelect(0, Tensors.of(rows, rows.length).to(images.device()));
    }
}
