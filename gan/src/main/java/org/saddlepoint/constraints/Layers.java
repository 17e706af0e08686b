package org.saddlepoint.constraints;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.BatchNorm;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Module;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.nn.Parametrization;
import org.saddlepoint.nn.WeightLayer;

/** What constraints ask of a discriminator's layers, and how they refuse. */
final class Layers {
    private Layers() {}

    /** Refuses a discriminator whose logits depend on the other samples of the batch. */
    static void requirePerSample(Discriminator discriminator, String constraint) {
        if (!discriminator.dependsOnBatch()) {
            return;
        }
        String layer = discriminator.modules().entrySet().stream()
                .filter(module -> module.getValue() instanceof BatchNorm)
                .map(Layers::describe)
                .findFirst()
                .orElse("a layer that looks at the whole batch");
        throw new IllegalArgumentException(constraint + " cannot work with " + layer
                + ": it needs the gradient of each sample's own logit, and there a logit depends on the whole batch;"
                + " build the discriminator without batch normalization (network.normalizeDiscriminator: false; of a"
                + " PatchGAN: instance normalization or none)");
    }

    /** Refuses a discriminator that has a map of logits a sample. */
    static void requireOneLogit(Discriminator discriminator, String constraint) {
        if (discriminator.judgesPatches()) {
            throw new IllegalArgumentException(constraint + " cannot work with "
                    + discriminator.getClass().getSimpleName()
                    + ", which has a logit for each patch of a sample: it needs one logit a sample; leave it out, or use a"
                    + " gradient penalty, spectral normalization or weight clipping");
        }
    }

    /** Refuses a discriminator that is not piecewise linear in its samples. */
    static void requirePiecewiseLinear(Discriminator discriminator, String constraint, String remedy) {
        for (Map.Entry<String, Module> module : discriminator.modules().entrySet()) {
            // The innermost of those that bend, which the others contain.
            if (bends(module.getValue())
                    && module.getValue().modules().values().stream().noneMatch(Layers::bends)) {
                throw new IllegalArgumentException(constraint + " cannot work with " + describe(module)
                        + ": it is exact only where the discriminator is piecewise linear, as with ReLU, LeakyReLU and"
                        + " maxout; " + remedy);
            }
        }
    }

    private static boolean bends(Module module) {
        return module instanceof Layer layer && !layer.isPiecewiseLinear();
    }

    /** All layers with a weight in matrix form; refuses a trained layer that has none. */
    static List<WeightLayer> requireMatrices(Discriminator discriminator, String constraint) {
        List<WeightLayer> layers = new ArrayList<>();
        for (Map.Entry<String, Module> module : discriminator.modules().entrySet()) {
            if (module.getValue() instanceof WeightLayer layer) {
                layers.add(layer);
            } else if (module.getValue() instanceof Layer layer
                    && !ownParameters(layer).isEmpty()) {
                throw new IllegalArgumentException(constraint + " cannot work with " + describe(module)
                        + ": its weights have no matrix form, so the layer would stay unconstrained; build the"
                        + " discriminator without it (batch normalization: network.normalizeDiscriminator: false)");
            }
        }
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(constraint + " found no layer with a weight in this discriminator");
        }
        return layers;
    }

    /**
     * Computes the weight of every layer from now on; refuses a trained layer without a matrix form, and one whose weight
     * is computed already.
     */
    static void parametrize(Discriminator discriminator, String constraint, WeightLayer.Factory factory) {
        List<WeightLayer> layers = requireMatrices(discriminator, constraint);
        discriminator.modules().forEach((name, module) -> {
            if (module instanceof Parametrization) {
                throw new IllegalArgumentException(constraint + " cannot work with the layer "
                        + name.replace(".parametrizations.weight", "") + ": its weight is computed already, by "
                        + module.getClass().getSimpleName() + "; leave one of the two out");
            }
        });
        layers.forEach(layer -> layer.parametrize(factory));
    }

    /** The parameters of the layer itself, without those of modules below it. */
    private static List<Parameter> ownParameters(Layer layer) {
        List<Parameter> own = new ArrayList<>(layer.parameters().values());
        layer.modules()
                .values()
                .forEach(below -> own.removeAll(below.parameters().values()));
        return own;
    }

    private static String describe(Map.Entry<String, Module> module) {
        Module value = module.getValue();
        String kind = value.getClass().getSimpleName();
        return "the layer " + module.getKey() + " (" + (kind.equals("Activation") ? value : kind) + ")";
    }
}
