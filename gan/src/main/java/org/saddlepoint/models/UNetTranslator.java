package org.saddlepoint.models;

import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * The U-Net of pix2pix (Isola et al. 2017, section 6.1.1), layer by layer as in the authors' PyTorch code: 4×4
 * convolutions of stride 2 with LeakyReLU on the way in, their transposes with ReLU on the way out, tanh at the end.
 *
 * <p>State: {@code model}, a {@link UNetBlock} that contains the others, under the names of that code.
 */
public final class UNetTranslator extends NeuralModule implements ImageTranslator {
    private final UNetConfig config;
    private final int inputChannels;
    private final UNetBlock model;

    UNetTranslator(UNetConfig config, int inputChannels, int outputChannels, RandomGenerator random) {
        config.requireChannels(inputChannels, outputChannels);
        this.config = config;
        this.inputChannels = inputChannels;
        UNetBlock block = UNetBlock.innermost(config, random);
        for (int halving = config.downs() - 1; halving > 1; halving--) {
            block = UNetBlock.between(config, halving, block, random);
        }
        model = child("model", UNetBlock.outermost(config, inputChannels, outputChannels, block, random));
    }

    @Override
    public Tensor translate(Tensor images) {
        return config.output(images, model.forward(config.require(images, inputChannels)));
    }
}
