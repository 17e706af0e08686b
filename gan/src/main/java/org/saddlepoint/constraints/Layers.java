package org.saddlepoint.constraints;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.Coupling;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.nn.Parametrization;
import org.saddlepoint.nn.WeightLayer;

/** Requirements of constraints on the layers of a discriminator, with their error messages. */
final class Layers {
    private Layers() {}

    /**
     * Refuses a discriminator whose logits depend more on the other samples of the batch than the constraint permits.
     *
     * @param most the strongest coupling that it works with
     */
    static void requireCoupling(Coupling most, Discriminator discriminator, String constraint) {
        if (discriminator.coupling().compareTo(most) <= 0) {
            return;
        }
        String layer = discriminator.modules().entrySet().stream()
                .filter(module -> module.getValue().ownCoupling() == discriminator.coupling())
                .map(Layers::describe)
                .findFirst()
                .orElse("a layer that looks at the whole batch");
        if (discriminator.coupling() == Coupling.STATISTICS) {
            throw new IllegalArgumentException(constraint + " cannot work with " + layer
                    + ": it needs each sample's own logit, and there a statistic of the whole batch is part of it; build the"
                    + " discriminator without that layer");
        }
        throw new IllegalArgumentException(constraint + " cannot work with " + layer
                + ": it needs the gradient of each sample's own logit, and there a logit depends on the whole batch;"
                + " build the discriminator without batch normalization (discriminator.normalization: instance"
                + " or none)");
    }

    /** Refuses a discriminator that has a map of logits a sample. */
    static void requireOneLogit(Discriminator discriminator, String constraint) {
        if (discriminator.hasPatchLogits()) {
            throw new IllegalArgumentException(constraint + " cannot work with "
                    + discriminator.getClass().getSimpleName()
                    + ", which has a logit for each patch of a sample: it needs one logit a sample; leave it out, or use a"
                    + " gradient penalty, spectral normalization or weight clipping");
        }
    }

    /** Refuses a discriminator that is not piecewise linear in its samples. */
    static void requirePiecewiseLinear(Discriminator discriminator, String constraint, String remedy) {
        for (Map.Entry<String, NeuralModule> module : discriminator.modules().entrySet()) {
            // The innermost of those that bend, which the others contain.
            if (bends(module.getValue())
                    && module.getValue().modules().values().stream().noneMatch(Layers::bends)) {
                throw new IllegalArgumentException(constraint + " cannot work with " + describe(module)
                        + ": it is exact only where the discriminator is piecewise linear, as with ReLU, LeakyReLU and"
                        + " maxout; " + remedy);
            }
        }
    }

    private static boolean bends(NeuralModule module) {
        return module instanceof Layer layer && !layer.isPiecewiseLinear();
    }

    private static boolean isGate(NeuralModule module) {
        return module instanceof Layer layer && layer.isGate();
    }

    /** All layers with a weight in matrix form; refuses a trained layer that has none. */
    static List<WeightLayer> requireMatrices(Discriminator discriminator, String constraint) {
        List<WeightLayer> layers = new ArrayList<>();
        requireNoOwn(discriminator, constraint);
        for (Map.Entry<String, NeuralModule> module : discriminator.modules().entrySet()) {
            if (module.getValue() instanceof WeightLayer layer) {
                layers.add(layer);
            } else if (!(module.getValue() instanceof Parametrization)
                    && !isGate(module.getValue())
                    && !ownParameters(module.getValue()).isEmpty()) {
                throw new IllegalArgumentException(constraint + " cannot work with " + describe(module)
                        + ": its weights have no matrix form, so the layer would stay unconstrained; build the"
                        + " discriminator without it (batch normalization: discriminator.normalization: none)");
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

    /** Rejects weights outside of layers, since constraints cannot reach them. */
    private static void requireNoOwn(Discriminator discriminator, String constraint) {
        List<Parameter> beside = ownParameters(discriminator.module());
        if (!beside.isEmpty()) {
            List<String> names = discriminator.module().parameters().entrySet().stream()
                    .filter(entry -> beside.contains(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            throw new IllegalArgumentException(constraint + " cannot work with "
                    + discriminator.module().getClass().getSimpleName() + ": its own weights "
                    + String.join(", ", names)
                    + " are those of no layer, so they would stay unconstrained; put them into layers such as Linear");
        }
    }

    /** The parameters of the module itself, without those of modules below it. */
    private static List<Parameter> ownParameters(NeuralModule layer) {
        List<Parameter> own = new ArrayList<>(layer.parameters().values());
        layer.attached()
                .values()
                .forEach(apart -> own.removeAll(apart.parameters().values()));
        layer.modules()
                .values()
                .forEach(below -> own.removeAll(below.parameters().values()));
        return own;
    }

    private static String describe(Map.Entry<String, NeuralModule> module) {
        NeuralModule value = module.getValue();
        String kind = value.getClass().getSimpleName();
        return "the layer " + module.getKey() + " (" + (kind.equals("Activation") ? value : kind) + ")";
    }
}
