package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** Maps inside of a discriminator, from which its images can be decoded: what it needs to learn as an encoder too. */
public interface FeatureMaps {
    /**
     * The maps of images.
     *
     * @param samples [N, C, S, S]
     * @return of each map [N, channels, side, side], where the side is that of its decoder's input or a multiple
     */
    List<Tensor> maps(Tensor samples);

    /**
     * New decoders, one a map.
     *
     * @param side of the images that they make, a power of two times that of their input
     */
    List<MapDecoder> decoders(int side, RandomGenerator random);
}
