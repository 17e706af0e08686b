package org.saddlepoint.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Weights of a generator that was trained with the authors' PyTorch code of pix2pix and CycleGAN, such as {@code
 * latest_net_G.pth}: names and shapes tell which network it is.
 *
 * <p>Three things differ between versions of that code and are made equal: a prefix {@code module.} of training on several
 * GPUs is dropped; running statistics of instance normalization, which it saved before PyTorch 0.4, are dropped, as the
 * code itself does; batch normalization without a count of batches gets one of 0.
 *
 * <p>Whether a U-Net has dropout the weights do not tell. It counts as on with batch normalization, pix2pix's choice, and
 * off otherwise; in use it makes no difference.
 *
 * @param config the network
 * @param inputChannels channels that it takes
 * @param outputChannels channels that it makes
 * @param state its weights and buffers, by the names of both; in the caller's scope
 */
public record OfficialWeights(
        TranslatorConfig config, int inputChannels, int outputChannels, Map<String, Tensor> state) {
    private static final InitialWeights START = new InitialWeights.Normal(0.02);
    private static final String PARALLEL = "module.";
    private static final String EXPECTED =
            "; expected a generator of the official pix2pix and CycleGAN code, a U-Net or a residual network,"
                    + " as in latest_net_G.pth";

    public OfficialWeights {
        state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    }

    /**
     * Recognizes the network of a state dict.
     *
     * @throws IllegalArgumentException if it is no such generator; the message says what it lacks
     */
    public static OfficialWeights of(Map<String, Tensor> stateDict) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        boolean parallel =
                !stateDict.isEmpty() && stateDict.keySet().stream().allMatch(name -> name.startsWith(PARALLEL));
        stateDict.forEach((name, value) -> state.put(parallel ? name.substring(PARALLEL.length()) : name, value));
        OfficialWeights recognized;
        if (state.containsKey("model.model.0.weight")) {
            recognized = unet(state);
        } else if (state.containsKey("model.1.weight")) {
            recognized = resnet(state);
        } else {
            boolean discriminator = state.containsKey("model.0.weight") || state.containsKey("net.0.weight");
            throw new IllegalArgumentException(described(state)
                    + (discriminator ? ", it seems, of a discriminator; give latest_net_G.pth" : "")
                    + EXPECTED);
        }
        return recognized.complete();
    }

    /**
     * The network with these weights.
     *
     * @param random the initial weights, which are overwritten, and in training the dropout
     * @throws IllegalArgumentException if a name or shape is not that of the network; names it
     */
    public ImageTranslator create(RandomGenerator random) {
        ImageTranslator translator = config.create(inputChannels, outputChannels, random);
        try {
            translator.loadStateDict(state);
            return translator;
        } catch (IllegalArgumentException refused) {
            translator.close();
            String kind = config instanceof UNetConfig unet
                    ? "a U-Net of " + unet.downs() + " halvings"
                    : "a residual translator of " + ((ResNetTranslatorConfig) config).blocks() + " blocks";
            throw new IllegalArgumentException(
                    "the state dict seems to be of " + kind + ", but " + refused.getMessage() + EXPECTED, refused);
        }
    }

    private static OfficialWeights unet(Map<String, Tensor> state) {
        int downs = 1;
        String inner = "model.model.1.";
        while (state.containsKey(inner + "model.1.weight")) {
            downs++;
            inner += "model.3.";
        }
        Shape first = shape(state, "model.model.0.weight");
        Shape last = shape(state, "model.model.3.weight");
        Normalization normalization = normalization(state, "model.model.1.model.2.", "model.model.0.bias");
        UNetConfig config = new UNetConfig(
                downs, (int) first.size(0), normalization, normalization == Normalization.BATCH, false, START);
        return new OfficialWeights(config, (int) first.size(1), (int) last.size(1), state);
    }

    private static OfficialWeights resnet(Map<String, Tensor> state) {
        int blocks = 0;
        while (state.containsKey(block(blocks) + "1.weight")) {
            blocks++;
        }
        Shape first = shape(state, "model.1.weight");
        boolean dropout = blocks > 0 && !state.containsKey(block(0) + "5.weight"); // it moves the layers behind by one
        Normalization normalization = normalization(state, "model.2.", "model.1.bias");
        ResNetTranslatorConfig config =
                new ResNetTranslatorConfig(blocks, (int) first.size(0), normalization, dropout, false, START);
        Shape last = shape(state, "model." + (blocks + 17) + ".weight");
        return new OfficialWeights(config, (int) first.size(1), (int) last.size(0), state);
    }

    private static String block(int number) {
        return "model." + (10 + number) + ".conv_block.";
    }

    private static Shape shape(Map<String, Tensor> state, String name) {
        Tensor weight = state.get(name);
        if (weight == null || weight.shape().rank() != 4) {
            throw new IllegalArgumentException(described(state) + ", and " + name
                    + (weight == null ? " is not among them" : " is no convolution but " + weight.shape()) + EXPECTED);
        }
        return weight.shape();
    }

    /** From the layer behind a convolution, and that convolution's bias, which it has with instance normalization only. */
    private static Normalization normalization(Map<String, Tensor> state, String layer, String bias) {
        if (state.containsKey(layer + "weight")) {
            return Normalization.BATCH;
        }
        return state.containsKey(bias) ? Normalization.INSTANCE : Normalization.NONE;
    }

    private static String described(Map<String, Tensor> state) {
        return "a state dict with the names " + state.keySet().stream().limit(4).toList()
                + (state.size() > 4 ? " and " + (state.size() - 4) + " more" : "");
    }

    /** The same with the names that the network has. */
    private OfficialWeights complete() {
        Map<String, Tensor> completed = new LinkedHashMap<>(state);
        state.forEach((name, value) -> {
            String layer = name.substring(0, name.lastIndexOf('.') + 1);
            if (!state.containsKey(layer + "weight")) { // instance normalization
                completed.remove(layer + "running_mean");
                completed.remove(layer + "running_var");
                completed.remove(layer + "num_batches_tracked");
            } else if (state.containsKey(layer + "running_mean")) {
                completed.putIfAbsent(layer + "num_batches_tracked", Tensors.zeros(DType.INT64));
            }
        });
        return new OfficialWeights(config, inputChannels, outputChannels, completed);
    }
}
