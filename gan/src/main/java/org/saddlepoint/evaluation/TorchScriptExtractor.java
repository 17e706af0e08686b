package org.saddlepoint.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.saddlepoint.input.Sha256;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.ScriptModule;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Any network that {@code torch.jit.save} wrote as the extractor: it is given images [N, 3, H, W] with pixel values in
 * [0, 255], float32, grey ones repeated to three channels, and does its own resizing and scaling. Its output [N, d] are
 * the features, and there are no logits ([N, 0]).
 *
 * <p>A module whose {@code forward} takes {@code return_features} and {@code no_output_bias}, as the Inception of
 * StyleGAN's metrics, has both: features with the first switched on, and with the second probabilities, whose logarithms
 * are logits. Such a file is a program: open only those of people you trust.
 */
public final class TorchScriptExtractor implements FeatureExtractor {
    private static final String FEATURES = "return_features";
    private static final String UNBIASED = "no_output_bias";

    private final String name;
    private final String fingerprint;
    private final ScriptModule module;
    private final Device device;
    private final int dimension;

    private TorchScriptExtractor(String name, String fingerprint, ScriptModule module, Device device, int dimension) {
        this.name = name;
        this.fingerprint = fingerprint;
        this.module = module;
        this.device = device;
        this.dimension = dimension;
    }

    /**
     * A module from a file, tried on one black image of 64×64 pixels.
     *
     * @throws IOException if there is no such file, it is no TorchScript module, or does not map images to features
     */
    public static TorchScriptExtractor open(Path file, Device device) throws IOException {
        ScriptModule module = ScriptModule.load(file, device);
        try (TensorScope scope = TensorScope.open()) {
            Tensor features = features(module, Tensors.zeros(1, 3, 64, 64).to(device));
            if (features.shape().rank() != 2 || features.size(0) != 1) {
                throw new IOException(file + ": expected features [1, d] of one image but was " + features.shape());
            }
            Path last = file.getFileName();
            return new TorchScriptExtractor(
                    "torchscript-" + (last == null ? file : last),
                    Sha256.of(file),
                    module,
                    device,
                    Math.toIntExact(features.size(1)));
        } catch (IOException e) {
            module.close();
            throw e;
        } catch (RuntimeException e) {
            module.close();
            throw new IOException(file + " does not take images [1, 3, 64, 64]: " + e.getMessage(), e);
        }
    }

    private static Tensor features(ScriptModule module, Tensor images) {
        return module.forward(images, module.takes(FEATURES) ? Map.of(FEATURES, true) : Map.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Output extract(Tensor images) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor colour = PixelImages.colour(images).to(device);
            Tensor logits = module.takes(FEATURES) && module.takes(UNBIASED)
                    ? module.forward(colour, Map.of(UNBIASED, true)).log()
                    : Tensors.zeros(images.size(0), 0);
            return new Output(scratch.promote(features(module, colour)), scratch.promote(logits));
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
