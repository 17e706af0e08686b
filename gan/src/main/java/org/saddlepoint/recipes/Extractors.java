package org.saddlepoint.recipes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.synthetic.StackedDigits;
import org.saddlepoint.evaluation.EmbeddedClassifier;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.InceptionV3;
import org.saddlepoint.evaluation.NoSuchExtractorException;
import org.saddlepoint.evaluation.ResizedExtractor;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.evaluation.StackedClassifier;
import org.saddlepoint.evaluation.TorchScriptExtractor;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.tensor.Device;

/** Turns the words of {@code --extractor} into extractors; the one place that knows them. */
public final class Extractors {
    /** How the words are written, for help texts. */
    public static final String USAGE =
            "digits|fashion|colour|stacked-digits|inception:FILE|inception-other:FILE|torchscript:FILE";

    private static final String INCEPTION = "inception:";

    /** Other weights than the official ones, or these in another format. */
    private static final String OTHER_INCEPTION = "inception-other:";

    private static final String TORCHSCRIPT = "torchscript:";

    private static final int COLOURS = 3;

    /** The file, where its authors put it, and its hash. */
    private static final String INCEPTION_ADVICE = INCEPTION + "FILE with " + InceptionV3.OFFICIAL_FILE + " from "
            + InceptionV3.OFFICIAL_ADDRESS + " (SHA-256 " + InceptionV3.OFFICIAL_SHA256 + ")";

    private Extractors() {}

    /**
     * Opens what the user calls {@code spec}.
     *
     * @param resizing for images that do not have the extractor's size
     * @throws NoSuchExtractorException if there is none of this name, or its file cannot be used
     */
    public static FeatureExtractor open(String spec, Resizing resizing) {
        if (EmbeddedClassifier.NAMES.contains(spec)) {
            return EmbeddedClassifier.open(spec, resizing);
        }
        if (spec.equals(StackedDigits.NAME)) {
            return new StackedClassifier(spec, EmbeddedClassifier.open("digits", resizing));
        }
        try {
            if (spec.startsWith(INCEPTION)) {
                return new ResizedExtractor(InceptionV3.open(file(spec)), resizing, InceptionV3.SIDE);
            }
            if (spec.startsWith(OTHER_INCEPTION)) {
                return new ResizedExtractor(InceptionV3.open(file(spec), true), resizing, InceptionV3.SIDE);
            }
            if (spec.startsWith(TORCHSCRIPT)) {
                if (resizing != Resizing.OWN) {
                    throw new NoSuchExtractorException("a TorchScript module resizes images itself, if at all; leave"
                            + " --resizing " + resizing + " out");
                }
                return TorchScriptExtractor.open(file(spec), Device.CPU);
            }
        } catch (IOException e) {
            throw new NoSuchExtractorException("the extractor " + spec + ": " + IoReasons.of(e), e);
        }
        throw new NoSuchExtractorException("unknown extractor \"" + spec + "\"; expected " + USAGE);
    }

    /** How images get the extractor's size unless the user says otherwise: Inception's and modules' own way, else clean. */
    public static Resizing resizing(String spec) {
        if (spec.startsWith(TORCHSCRIPT)) {
            return Resizing.OWN;
        }
        return isEmbedded(spec) || spec.isEmpty() ? Resizing.CLEAN : Resizing.TF1_BILINEAR;
    }

    private static boolean isEmbedded(String spec) {
        return EmbeddedClassifier.NAMES.contains(spec) || spec.equals(StackedDigits.NAME);
    }

    /** The word with the path of its file as it is found from any working directory. */
    static String absolute(String spec) {
        int colon = spec.indexOf(':');
        return colon < 0 ? spec : spec.substring(0, colon + 1) + file(spec).toAbsolutePath();
    }

    private static Path file(String spec) {
        return Path.of(spec.substring(spec.indexOf(':') + 1));
    }

    /**
     * The embedded extractor for images: that of the data's name, or of colour.
     *
     * @throws NoSuchExtractorException for other grey data; says where an extractor comes from
     */
    public static String standard(Dataset data) {
        if (EmbeddedClassifier.OF_CLASSES.contains(data.name()) || data.name().equals(StackedDigits.NAME)) {
            return data.name();
        }
        List<ImageShape> shapes = data.shape().images();
        if (shapes.stream().anyMatch(shape -> shape.channels() == COLOURS)) {
            return EmbeddedClassifier.COLOUR;
        }
        throw new NoSuchExtractorException("there is no embedded extractor for " + data.name()
                + "; give one by --extractor: digits or fashion for small grey pictures of that kind, colour for others, or "
                + INCEPTION_ADVICE + "; --metrics patch-swd needs none");
    }

    /** What to do for values that compare with published ones, where the word is of an embedded extractor; else empty. */
    public static Optional<String> advice(String spec) {
        return spec.equals(EmbeddedClassifier.COLOUR)
                ? Optional.of(
                        "features are of the embedded extractor colour, whose values compare with one another alone;"
                                + " for published ones give --extractor " + INCEPTION_ADVICE)
                : Optional.empty();
    }
}
