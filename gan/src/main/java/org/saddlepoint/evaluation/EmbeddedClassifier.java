package org.saddlepoint.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.input.Sha256;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The extractors that come with the library: small classifiers whose 64 features are the layer before the last, after ReLU.
 * {@code digits} and {@code fashion}, which {@link ClassifierTraining} trained, see grey images of 28×28; {@code colour},
 * which {@link ColourTraining} trained, sees colour images of 32×32 of any kind and has 136 features: 64, and the means of channels
 * of the first two convolutions.
 *
 * <p>Values compare under one of them only: they are no Inception distances. Images of other sizes are resized. For a grey
 * extractor colour becomes grey by the weights of ITU-R BT.601; for a colour one grey is repeated.
 */
public final class EmbeddedClassifier implements FeatureExtractor {
    /** The extractor of colour images of any kind. */
    public static final String COLOUR = "colour";

    /** Those that know the classes of the embedded data set of their name. */
    public static final List<String> OF_CLASSES = List.of("digits", "fashion");

    /** What {@link #open} knows. */
    public static final List<String> NAMES = List.of("digits", "fashion", COLOUR);

    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    private final String name;
    private final String fingerprint;
    private final Resizing resizing;
    private final Map<String, String> notes;
    private final ClassifierNetwork network;

    private EmbeddedClassifier(
            String name, String fingerprint, Resizing resizing, Map<String, String> notes, ClassifierNetwork network) {
        this.name = name;
        this.fingerprint = fingerprint;
        this.resizing = resizing;
        this.notes = notes;
        this.network = network;
    }

    /**
     * One of {@link #NAMES}.
     *
     * @param resizing for images of another size than the extractor's
     * @throws NoSuchExtractorException if there is none of this name
     */
    public static EmbeddedClassifier open(String name, Resizing resizing) {
        if (!NAMES.contains(name)) {
            throw new NoSuchExtractorException(
                    "unknown extractor \"" + name + "\"; embedded are " + String.join(", ", NAMES));
        }
        String resource = name + ".safetensors";
        try (InputStream in = EmbeddedClassifier.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the extractor " + name + " is missing from this build");
            }
            return of(name, in.readAllBytes(), resizing);
        } catch (IOException e) {
            throw new EvaluationException("the embedded extractor " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * A classifier that {@link ClassifierTraining} or {@link ColourTraining} wrote.
     *
     * @param content of its safetensors file
     * @throws IOException if it is no whole safetensors file of such a classifier
     */
    public static EmbeddedClassifier of(String name, byte[] content, Resizing resizing) throws IOException {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator unused = new RandomGenerator(0)) {
            Map<String, Tensor> weights = SafeTensors.read(content, name);
            Tensor bias = weights.get("classes.bias");
            Tensor first = weights.get(ClassifierNetwork.FIRST_WEIGHT);
            if (bias == null || bias.shape().rank() != 1) {
                throw new IOException(name + " is no such classifier: it has no classes.bias");
            }
            boolean colour = first != null && first.shape().rank() == 4 && first.size(1) == 3;
            ClassifierNetwork.Plan plan = colour ? ClassifierNetwork.Plan.COLOUR : ClassifierNetwork.Plan.GREY;
            ClassifierNetwork network = new ClassifierNetwork(plan, Math.toIntExact(bias.size(0)), unused);
            try {
                network.loadStateDict(weights);
            } catch (IllegalArgumentException e) {
                network.close();
                throw new IOException(name + " is no such classifier: " + e.getMessage(), e);
            }
            network.train(false);
            return new EmbeddedClassifier(
                    name, Sha256.of(content), resizing, SafeTensors.notes(content, name), network);
        }
    }

    /** The share of held-out images it classifies rightly, as measured when it was trained. */
    public double heldOutAccuracy() {
        return Double.parseDouble(notes.getOrDefault(ClassifierTraining.ACCURACY, "NaN"));
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
        return network.plan().dimension();
    }

    /** Those of the embedded data of its name; of another classifier 0, 1, …; of a colour one none. */
    @Override
    public List<String> classNames() {
        if (network.plan().channels() == 3) {
            return List.of();
        }
        return OF_CLASSES.contains(name)
                ? EmbeddedDatasets.classNames(name)
                : IntStream.range(0, network.classCount())
                        .mapToObj(String::valueOf)
                        .toList();
    }

    @Override
    public Output extract(Tensor images) {
        Shapes.require(images, "images", Shapes.ANY, Shapes.ANY, Shapes.ANY, Shapes.ANY);
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            int side = network.plan().side();
            boolean colour = network.plan().channels() == 3;
            Tensor sized = resizing.resize(colour ? PixelImages.colour(images) : grey(images), side, side);
            Output output = network.forward(sized.div(127.5).sub(1));
            return new Output(scratch.promote(output.features()), scratch.promote(output.logits()));
        }
    }

    private static Tensor grey(Tensor images) {
        return images.size(1) == 1
                ? images
                : images.mul(Tensors.of(LUMA, 1, 3, 1, 1)).sum(true, 1);
    }

    @Override
    public void close() {
        network.close();
    }
}
