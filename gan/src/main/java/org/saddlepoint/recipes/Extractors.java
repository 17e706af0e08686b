package org.saddlepoint.recipes;

import org.saddlepoint.evaluation.EmbeddedClassifier;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.NoSuchExtractorException;
import org.saddlepoint.evaluation.Resizing;

/** Turns the words of {@code --extractor} into extractors; the one place that knows them. */
public final class Extractors {
    /** How the words are written, for help texts. */
    public static final String USAGE = "digits|fashion|inception:FILE|torchscript:FILE";

    private static final String INCEPTION = "inception:";
    private static final String TORCHSCRIPT = "torchscript:";

    private Extractors() {}

    /**
     * Opens what the user calls {@code spec}.
     *
     * @param resizing for images that do not have the extractor's size
     * @throws NoSuchExtractorException if there is none of this name
     */
    public static FeatureExtractor open(String spec, Resizing resizing) {
        if (EmbeddedClassifier.NAMES.contains(spec)) {
            return EmbeddedClassifier.open(spec, resizing);
        }
        if (spec.startsWith(INCEPTION)) {
            throw absent(spec); // the Inception of 2015 goes here
        }
        if (spec.startsWith(TORCHSCRIPT)) {
            throw absent(spec); // TorchScript modules go here
        }
        throw new NoSuchExtractorException("unknown extractor \"" + spec + "\"; expected " + USAGE);
    }

    /** The embedded extractor for data of this name, or the advice where an extractor comes from. */
    public static String standard(String data) {
        if (EmbeddedClassifier.NAMES.contains(data)) {
            return data;
        }
        throw new NoSuchExtractorException("there is no embedded extractor for " + data + "; give one by --extractor:"
                + " inception:FILE with weights-inception-2015-12-05-6726825d.pth, a file of torch-fidelity's release"
                + " v0.2.0 on GitHub, or digits or fashion for small grey pictures of that kind");
    }

    private static NoSuchExtractorException absent(String spec) {
        return new NoSuchExtractorException(
                "the extractor " + spec + " is not in this build; embedded are digits and" + " fashion");
    }
}
