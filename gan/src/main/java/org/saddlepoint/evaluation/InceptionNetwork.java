package org.saddlepoint.evaluation;

import static org.saddlepoint.evaluation.ConvolutionUnit.Window.same;
import static org.saddlepoint.evaluation.ConvolutionUnit.Window.valid;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.evaluation.ConvolutionUnit.Window;
import org.saddlepoint.evaluation.InceptionV3.Feature;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Inception-v3 (Szegedy et al. 2016) as TensorFlow's graph of 2015-12-05 has it, from pixels in [−1, 1] of 299×299
 * images to 1,008 logits. Modules have PyTorch's names.
 */
final class InceptionNetwork extends NeuralModule {
    private static final Initialization ZERO =
            new Initialization(Initializer.constant(0), Initializer.constant(0), Initializer.constant(0));

    private final Map<String, InceptionBlock> blocks = new LinkedHashMap<>();
    private final ConvolutionUnit conv1a = unit("Conv2d_1a_3x3", 3, 32, valid(3, 2));
    private final ConvolutionUnit conv2a = unit("Conv2d_2a_3x3", 32, 32, valid(3, 1));
    private final ConvolutionUnit conv2b = unit("Conv2d_2b_3x3", 32, 64, same(3, 3));
    private final ConvolutionUnit conv3b = unit("Conv2d_3b_1x1", 64, 80, same(1, 1));
    private final ConvolutionUnit conv4a = unit("Conv2d_4a_3x3", 80, 192, valid(3, 1));
    private final Linear classes;

    /** Weights 0: they are to be loaded, and then {@link #fold folded}. */
    InceptionNetwork() {
        block("Mixed_5b", InceptionBlock.a(192, 32));
        block("Mixed_5c", InceptionBlock.a(256, 64));
        block("Mixed_5d", InceptionBlock.a(288, 64));
        block("Mixed_6a", InceptionBlock.b(288));
        block("Mixed_6b", InceptionBlock.c(768, 128));
        block("Mixed_6c", InceptionBlock.c(768, 160));
        block("Mixed_6d", InceptionBlock.c(768, 160));
        block("Mixed_6e", InceptionBlock.c(768, 192));
        block("Mixed_7a", InceptionBlock.d(768));
        block("Mixed_7b", InceptionBlock.e(1280, false));
        block("Mixed_7c", InceptionBlock.e(2048, true));
        try (RandomGenerator unused = new RandomGenerator(0)) {
            classes = child("fc", new Linear(2048, 1008, ZERO, unused));
        }
    }

    private ConvolutionUnit unit(String name, int in, int out, Window window) {
        return child(name, new ConvolutionUnit(in, out, window));
    }

    private void block(String name, InceptionBlock block) {
        blocks.put(name, child(name, block));
    }

    /** Merges each batch normalization into its convolution; once, after loading. */
    void fold() {
        modules().values().forEach(module -> {
            if (module instanceof ConvolutionUnit unit) {
                unit.fold();
            }
        });
    }

    /** The features asked for, in the current scope; layers behind the last of them are left out. */
    Map<Feature, Tensor> forward(Tensor images, Set<Feature> wanted) {
        Feature last = wanted.stream().max(Feature::compareTo).orElseThrow();
        Map<Feature, Tensor> found = new EnumMap<>(Feature.class);
        try (TensorScope scratch = TensorScope.open()) {
            Tensor maps = stem(images);
            keep(Feature.POOL_64, maps, found);
            if (last.compareTo(Feature.POOL_64) > 0) {
                maps = neck(maps);
                keep(Feature.POOL_192, maps, found);
            }
            if (last.compareTo(Feature.POOL_192) > 0) {
                maps = through(maps, "Mixed_5b", "Mixed_6e");
                keep(Feature.POOL_768, maps, found);
            }
            if (last.compareTo(Feature.POOL_768) > 0) {
                Tensor features = through(maps, "Mixed_7a", "Mixed_7c").mean(false, 2, 3);
                found.put(Feature.POOL_2048, features);
                if (wanted.contains(Feature.LOGITS_UNBIASED)) {
                    found.put(Feature.LOGITS_UNBIASED, Functional.linear(features, classes.weight(), null));
                }
                if (wanted.contains(Feature.LOGITS)) {
                    found.put(Feature.LOGITS, classes.forward(features));
                }
            }
            found.keySet().retainAll(wanted);
            found.values().forEach(scratch::promote);
            return found;
        }
    }

    private static void keep(Feature feature, Tensor maps, Map<Feature, Tensor> found) {
        found.put(feature, maps.mean(false, 2, 3));
    }

    private Tensor stem(Tensor images) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor maps = conv2b.forward(conv2a.forward(conv1a.forward(images)));
            return scratch.promote(Functional.maxPool2d(maps, 3, 2, 0));
        }
    }

    private Tensor neck(Tensor maps) {
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(Functional.maxPool2d(conv4a.forward(conv3b.forward(maps)), 3, 2, 0));
        }
    }

    private Tensor through(Tensor maps, String first, String last) {
        Tensor output = maps;
        for (Map.Entry<String, InceptionBlock> entry : blocks.entrySet()) {
            if (entry.getKey().compareTo(first) >= 0 && entry.getKey().compareTo(last) <= 0) {
                try (TensorScope scratch = TensorScope.open()) {
                    output = scratch.promote(entry.getValue().forward(output));
                }
            }
        }
        return output;
    }
}
