package org.saddlepoint.models;

import java.util.List;
import java.util.function.Supplier;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.ConvTranspose2d;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.tensor.RandomGenerator;

/** How a network doubles the side of what it makes: by convolutions that are transposed, or that follow an interpolation. */
public enum Upsampling {
    /** By a transposed convolution of stride 2, as in most papers. It tends to leave a checkerboard. */
    TRANSPOSED,
    /** Each pixel becomes four, then a 3×3 convolution: no checkerboard (Odena et al. 2016). */
    NEAREST,
    /** Interpolation between the centres of pixels, then a 3×3 convolution (Odena et al. 2016). */
    BILINEAR;

    /** Layers from [N, in, S, S] to [N, out, 2S, 2S]; a transposed convolution is 4×4, as DCGAN's and pix2pix's. */
    List<Layer> doubling(int in, int out, boolean biased, Initialization initialization, RandomGenerator random) {
        ConvConfig doubling = biased(ConvConfig.of(in, out, 4).strided(2, 1), biased);
        return doubling(
                in, out, biased, initialization, random, () -> new ConvTranspose2d(doubling, initialization, random));
    }

    /** As the other, with another transposed convolution. */
    List<Layer> doubling(
            int in,
            int out,
            boolean biased,
            Initialization initialization,
            RandomGenerator random,
            Supplier<ConvTranspose2d> transposed) {
        if (this == TRANSPOSED) {
            return List.of(transposed.get());
        }
        ResNet.Upsampling twice = this == NEAREST ? ResNet.Upsampling.NEAREST : ResNet.Upsampling.BILINEAR;
        return List.of(
                Activation.of("upsampling", true, twice::twice),
                new Conv2d(biased(ConvConfig.of(in, out, 3).strided(1, 1), biased), initialization, random));
    }

    private static ConvConfig biased(ConvConfig convolution, boolean biased) {
        return biased ? convolution : convolution.withoutBias();
    }
}
