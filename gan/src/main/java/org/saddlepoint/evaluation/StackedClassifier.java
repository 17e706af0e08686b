package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * A classifier of grey pictures that looks at each channel of a colour picture on its own, for stacked digits (Metz et al. 2017, "Unrolled
 * Generative Adversarial Networks", section 3.3.1). Its K³ classes are the triples of classes, with the channels' probabilities multiplied:
 *
 * <pre>log p(a, b, c) = log p₁(a) + log p₂(b) + log p₃(c)        class aK² + bK + c</pre>
 *
 * Its features are those of the three channels, one behind the other.
 */
public final class StackedClassifier implements FeatureExtractor {
    private static final int CHANNELS = 3;

    private final String name;
    private final FeatureExtractor each;

    /** Owns the classifier from now on. */
    public StackedClassifier(String name, FeatureExtractor each) {
        this.name = name;
        this.each = each;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint() {
        return each.fingerprint();
    }

    @Override
    public int dimension() {
        return CHANNELS * each.dimension();
    }

    /** Names of triples, such as {@code 0-7-7}. */
    @Override
    public List<String> classNames() {
        List<String> names = new ArrayList<>();
        for (String first : each.classNames()) {
            for (String second : each.classNames()) {
                for (String third : each.classNames()) {
                    names.add(first + "-" + second + "-" + third);
                }
            }
        }
        return names;
    }

    /** @throws EvaluationException if the images do not have three channels */
    @Override
    public Output extract(Tensor images) {
        if (images.size(1) != CHANNELS) {
            throw new EvaluationException(
                    "the extractor " + name + " tells what is in each of three channels, but the pictures" + " have "
                            + images.size(1) + "; use --extractor " + each.name());
        }
        try (TensorScope scratch = TensorScope.open()) {
            List<Tensor> features = new ArrayList<>();
            List<Tensor> logs = new ArrayList<>();
            for (int channel = 0; channel < CHANNELS; channel++) {
                Output output = each.extract(images.narrow(1, channel, 1));
                features.add(output.features());
                logs.add(Functional.logSoftmax(output.logits(), 1));
            }
            long count = images.size(0);
            long classes = logs.get(0).size(1);
            Tensor joint = logs.get(0)
                    .reshape(count, classes, 1, 1)
                    .add(logs.get(1).reshape(count, 1, classes, 1))
                    .add(logs.get(2).reshape(count, 1, 1, classes))
                    .reshape(count, classes * classes * classes);
            return new Output(scratch.promote(Tensors.cat(features, 1)), scratch.promote(joint));
        }
    }

    @Override
    public void close() {
        each.close();
    }
}
