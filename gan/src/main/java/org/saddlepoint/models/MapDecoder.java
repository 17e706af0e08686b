package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.BatchNorm;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * The small decoder of FastGAN (Liu et al. 2021, section 3.2; details of the authors' code): an 8×8 map of a discriminator becomes
 * an image by doublings with nearest neighbours, a 3×3 convolution, batch normalization and a gated linear unit; a convolution and
 * tanh end it.
 *
 * <p>State: {@code layers.N}.
 */
public final class MapDecoder extends Layer {
    /** Side of the map that it takes. */
    public static final int SIDE = 8;

    private final Sequential layers;

    /**
     * A decoder with new weights, which doubles the side of its map once for each of the channels behind the first.
     *
     * @param channels of the map, and after each doubling
     * @param colours of the image
     * @param spectral whether weights are under spectral normalization
     */
    public MapDecoder(List<Integer> channels, int colours, boolean spectral, RandomGenerator random) {
        List<Layer> stack = new ArrayList<>();
        int in = channels.get(0);
        for (int out : channels.subList(1, channels.size())) {
            stack.add(Activation.of("upsampling", true, ResNet.Upsampling.NEAREST::twice));
            stack.add(convolution(in, 2 * out, random));
            stack.add(new BatchNorm(2 * out, Initialization.DCGAN, random));
            stack.add(FastGanGenerator.gated());
            in = out;
        }
        stack.add(convolution(in, colours, random));
        stack.add(Activation.tanh());
        layers = child("layers", new Sequential(stack));
        if (spectral) {
            Spectral.normalize(this, random);
        }
    }

    private static Conv2d convolution(int in, int out, RandomGenerator random) {
        return new Conv2d(ConvConfig.of(in, out, 3).strided(1, 1).withoutBias(), Initialization.DCGAN, random);
    }

    /**
     * An image.
     *
     * @param map [N, channels, 8, 8]
     * @return [N, colours, S, S] in (−1, 1)
     */
    @Override
    public Tensor forward(Tensor map) {
        return layers.forward(map);
    }

    @Override
    public boolean isPiecewiseLinear() {
        return false;
    }
}
