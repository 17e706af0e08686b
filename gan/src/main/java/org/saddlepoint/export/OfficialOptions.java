package org.saddlepoint.export;

import java.util.Locale;
import java.util.Map;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.models.UNetConfig;
import org.saddlepoint.models.Upsampling;

/** How the authors' PyTorch code of pix2pix and CycleGAN is asked for the same translator. */
public final class OfficialOptions {
    private static final Map<Integer, String> UNETS = Map.of(7, "unet_128", 8, "unet_256");
    private static final Map<Integer, String> RESNETS = Map.of(6, "resnet_6blocks", 9, "resnet_9blocks");

    private OfficialOptions() {}

    /**
     * The options of that code's command line, or where these do not know the size, the constructor to call.
     *
     * @param inputChannels of the pictures that it takes
     * @param outputChannels of those that it makes
     * @return such as {@code --netG unet_256 --ngf 64 --norm batch --input_nc 3 --output_nc 3}
     */
    public static String of(TranslatorConfig config, int inputChannels, int outputChannels) {
        return network(config, inputChannels, outputChannels)
                + (config.upsampling() == Upsampling.TRANSPOSED
                        ? ""
                        : ", whose transposed convolutions are upsampling (mode "
                                + config.upsampling().name().toLowerCase(Locale.ROOT) + ") and 3x3 convolutions")
                + (config.globalSkip() ? ", whose output is added to its input and clamped to [-1, 1]" : "");
    }

    private static String network(TranslatorConfig config, int inputChannels, int outputChannels) {
        if (config instanceof UNetConfig unet) {
            String name = UNETS.get(unet.downs());
            return name == null
                    ? "UnetGenerator(" + inputChannels + ", " + outputChannels + ", " + unet.downs()
                            + keywords(unet.width(), unet.normalization(), unet.dropout()) + ")"
                    : options(name, unet.width(), unet.normalization(), unet.dropout(), inputChannels, outputChannels);
        }
        ResNetTranslatorConfig resnet = (ResNetTranslatorConfig) config;
        String name = RESNETS.get(resnet.blocks());
        return name == null
                ? "ResnetGenerator(" + inputChannels + ", " + outputChannels
                        + keywords(resnet.width(), resnet.normalization(), resnet.dropout()) + ", n_blocks="
                        + resnet.blocks() + ")"
                : options(
                        name, resnet.width(), resnet.normalization(), resnet.dropout(), inputChannels, outputChannels);
    }

    private static String options(
            String network, int width, Normalization normalization, boolean dropout, int inputs, int outputs) {
        return "--netG " + network + " --ngf " + width + " --norm " + word(normalization)
                + (dropout ? "" : " --no_dropout") + " --input_nc " + inputs + " --output_nc " + outputs;
    }

    private static String keywords(int width, Normalization normalization, boolean dropout) {
        return ", ngf=" + width + ", norm_layer=get_norm_layer('" + word(normalization) + "'), use_dropout="
                + (dropout ? "True" : "False");
    }

    private static String word(Normalization normalization) {
        return switch (normalization) {
            case BATCH -> "batch";
            case INSTANCE -> "instance";
            case NONE -> "none";
        };
    }
}
