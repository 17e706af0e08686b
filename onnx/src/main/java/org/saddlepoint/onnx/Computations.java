package org.saddlepoint.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.StyleGenerator;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** Trained networks as functions of tensors, with names for what goes in and comes out. */
final class Computations {
    /** z, [batch, latent size]. */
    static final String LATENTS = "latents";

    /** Classes, int64 [batch]. */
    static final String LABELS = "labels";

    /** Numbers that are asked for, [batch, k]. */
    static final String VECTORS = "vectors";

    /** ψ, a scalar; 1 for none. */
    static final String TRUNCATION = "truncation";

    /** What a generator makes. */
    static final String SAMPLES = "samples";

    /** What a translator is given. */
    static final String IMAGES = "images";

    /** What it makes of them. */
    static final String TRANSLATED = "translated";

    private static final Dimension BATCH = Dimension.chosen(Free.BATCH.name());

    private Computations() {}

    /** G(z, y), and where it has styles, ψ. */
    static Computation of(Generator generator, Latent latent, ConditionShape condition, boolean drawsAreInputs) {
        List<Port> ports = new ArrayList<>();
        ports.add(new Port(
                LATENTS,
                DType.FLOAT32,
                List.of(BATCH, Dimension.of(latent.size())),
                (random, shape) -> latent.sample(shape[0], random)));
        Optional<Port> asked = condition(condition);
        asked.ifPresent(ports::add);
        Optional<StyleGenerator> styles = generator.byStyles();
        if (styles.isPresent()) {
            ports.add(new Port(TRUNCATION, DType.FLOAT32, List.of(), (random, shape) -> random.uniform(0.5, 1, shape)));
        }
        return new Computation(
                ports,
                List.of(Free.BATCH),
                SAMPLES,
                drawsAreInputs,
                inputs -> generate(generator, inputs, asked.map(port -> conditioning(port.name(), inputs))));
    }

    private static Optional<Port> condition(ConditionShape condition) {
        if (condition.isNone()) {
            return Optional.empty();
        }
        int size = condition.size("an exported generator");
        return Optional.of(
                condition.classes().isPresent()
                        ? new Port(LABELS, DType.INT64, List.of(BATCH), (random, shape) -> random.integers(size, shape))
                        : new Port(
                                VECTORS,
                                DType.FLOAT32,
                                List.of(BATCH, Dimension.of(size)),
                                (random, shape) -> random.normal(shape)));
    }

    /** What a model is given to draw samples without truncation, by its ports. */
    static Map<String, Tensor> inputs(Computation computation, Tensor latents, Conditioning conditioning) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Port port : computation.ports()) {
            inputs.put(
                    port.name(),
                    switch (port.name()) {
                        case LATENTS -> latents;
                        case TRUNCATION -> Tensors.ones();
                        default -> condition(conditioning);
                    });
        }
        return inputs;
    }

    private static Tensor condition(Conditioning conditioning) {
        if (conditioning instanceof Conditioning.Labels labels) {
            return labels.classes();
        }
        if (conditioning instanceof Conditioning.Vectors vectors) {
            return vectors.numbers();
        }
        throw new IllegalArgumentException("expected labels or vectors but was given " + conditioning);
    }

    private static Conditioning conditioning(String port, Map<String, Tensor> inputs) {
        Tensor given = input(inputs, port);
        return port.equals(LABELS) ? new Conditioning.Labels(given) : new Conditioning.Vectors(given);
    }

    private static Tensor generate(
            Generator generator, Map<String, Tensor> inputs, Optional<Conditioning> conditioning) {
        Tensor latents = input(inputs, LATENTS);
        Conditioning asked = conditioning.orElseGet(Conditioning::none);
        return generator
                .byStyles()
                .map(styles ->
                        styles.synthesize(styles.truncated(styles.styles(latents, asked), input(inputs, TRUNCATION))))
                .orElseGet(() -> generator.forward(latents, asked));
    }

    /**
     * A translation. With batch statistics in use, and dropout, it is of one image at a time, as the program translates.
     *
     * @param pictures that it is recorded on
     * @param single whether the network is in the mode of training
     */
    static Computation of(ImageTranslator translator, Pictures pictures, boolean single, boolean drawsAreInputs) {
        Dimension count = single ? Dimension.of(1) : BATCH;
        Free height = pictures.height();
        Free width = pictures.width();
        Port images = new Port(
                IMAGES,
                DType.FLOAT32,
                List.of(
                        count,
                        Dimension.of(pictures.channels()),
                        Dimension.chosen(height.name()),
                        Dimension.chosen(width.name())),
                pictures.examples());
        return new Computation(
                List.of(images),
                single ? List.of(height, width) : List.of(Free.BATCH, height, width),
                TRANSLATED,
                drawsAreInputs || single,
                inputs -> translator.translate(input(inputs, IMAGES)));
    }

    private static Tensor input(Map<String, Tensor> inputs, String name) {
        Tensor given = inputs.get(name);
        if (given == null) {
            throw new IllegalArgumentException("there is no input " + name + " among " + inputs.keySet());
        }
        return given;
    }
}
