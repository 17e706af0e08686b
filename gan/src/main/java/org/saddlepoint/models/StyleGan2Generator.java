package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.FirResampling;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The generator of StyleGAN2 (Karras et al. 2020, "Analyzing and Improving the Image Quality of StyleGAN", configuration F): a
 * mapping network, a learned small image, two modulated convolutions at each side, and an image to which each side adds its
 * colours (figure 7 b, "skip"). Nothing bounds the image.
 *
 * <p>The first side has one convolution, each other two, of which the first doubles. Layer i has style i; colours have the style of
 * the layer behind them: two styles a side.
 *
 * <p>State: {@code mapping}, {@code w_avg} the mean style, {@code constant} [C, B, B], {@code layers} and {@code colours}.
 */
public final class StyleGan2Generator extends NeuralModule implements StyleGenerator {
    /** Share of the mean style that a pass in training keeps (Karras et al. 2019, authors' code). */
    private static final double KEPT = 0.995;

    private static final String MEAN = "w_avg";

    private final Latent latent;
    private final ConditionShape condition;
    private final StyleGan2GeneratorConfig config;
    private final RandomGenerator random;
    private final StyleMapping mapping;
    private final Parameter constant;
    private final List<StyleLayer> layers = new ArrayList<>();
    private final List<StyleColours> colours = new ArrayList<>();

    StyleGan2Generator(
            StyleGan2GeneratorConfig config,
            Latent latent,
            ConditionShape condition,
            Shape sample,
            RandomGenerator random) {
        this.latent = latent;
        this.condition = condition;
        this.config = config;
        this.random = random;
        StyleGan2 settings = config.shared();
        int sides = settings.sides(sample);
        int size = config.styleSize();
        mapping = child("mapping", new StyleMapping(latent.size(), condition, size, config.mappingLayers(), random));
        long side = sample.size(1) >> (sides - 1);
        int channels = settings.channels(side);
        try (TensorScope scope = TensorScope.open()) {
            buffer(MEAN, Tensors.zeros(size));
            constant = parameter("constant", random.normal(channels, side, side));
        }
        for (int i = 0; i < sides; i++) {
            int out = settings.channels(side);
            if (i > 0) {
                layer(new StyleLayer(size, channels, out, true, layers.size(), random));
            }
            layer(new StyleLayer(size, out, out, false, layers.size(), random));
            colours.add(child("colours." + i, new StyleColours(size, out, (int) sample.size(0), random)));
            channels = out;
            side *= 2;
        }
    }

    private void layer(StyleLayer layer) {
        layers.add(child("layers." + layers.size(), layer));
    }

    @Override
    public int styleLayers() {
        return layers.size() + 1;
    }

    @Override
    public int styleSize() {
        return config.styleSize();
    }

    @Override
    public Tensor forward(Tensor z, Conditioning conditioning) {
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(synthesize(styles(z, conditioning)));
        }
    }

    @Override
    public Tensor styles(Tensor z, Conditioning conditioning) {
        Shapes.require(z, "latent", Shapes.ANY, latent.size());
        condition.require(conditioning, z.size(0));
        try (TensorScope scratch = TensorScope.open()) {
            Tensor style = mapping.forward(z, conditioning);
            if (isTraining()) {
                moveMean(style);
            }
            Tensor all = everywhere(style, styleLayers());
            return scratch.promote(isTraining() && config.styleMixing() > 0 ? mixed(all, conditioning) : all);
        }
    }

    private static Tensor everywhere(Tensor style, long layers) {
        return style.unsqueeze(1).expand(style.size(0), layers, style.size(1));
    }

    private void moveMean(Tensor style) {
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            Tensor mean = buffer(MEAN);
            Tensor now = style.detach().mean(false, 0).to(mean.dtype());
            mean.assign(now.add(mean.sub(now).mul(KEPT)));
        }
    }

    /** With the styles of other latents from some layer on, or as they are (Karras et al. 2019, section 3.1). */
    private Tensor mixed(Tensor styles, Conditioning conditioning) {
        if (random.uniform(0, 1, 1).item() >= config.styleMixing()) {
            return styles;
        }
        long first = 1 + (long) random.integers(styleLayers() - 1L, 1).item();
        Tensor others = latent.sample(styles.size(0), random).to(styles.dtype()).to(styles.device());
        long rest = styleLayers() - first;
        return Tensors.cat(
                List.of(styles.narrow(1, 0, first), everywhere(mapping.forward(others, conditioning), rest)), 1);
    }

    @Override
    public Tensor synthesize(Tensor styles) {
        Shapes.require(styles, "styles", Shapes.ANY, styleLayers(), styleSize());
        try (TensorScope scratch = TensorScope.open()) {
            long count = styles.size(0);
            Tensor start = constant.tensor();
            Tensor features = start.unsqueeze(0).expand(count, start.size(0), start.size(1), start.size(2));
            if (ResNet.prefersChannelsLast(count)) {
                features = features.channelsLast();
            }
            Tensor image = null;
            int layer = 0;
            for (int side = 0; side < colours.size(); side++) {
                for (int convolution = side == 0 ? 1 : 0; convolution < 2; convolution++) {
                    features = layers.get(layer).forward(features, styles.select(1, layer));
                    layer++;
                }
                Tensor added = colours.get(side).forward(features, styles.select(1, layer));
                image = image == null ? added : FirResampling.up(image).add(added);
            }
            return scratch.promote(image == null ? features : image);
        }
    }

    @Override
    public Tensor meanStyle() {
        return buffer(MEAN);
    }
}
