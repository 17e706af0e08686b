package org.saddlepoint.training;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** The translators of one method: from A to B and, with cycles, back; one network may do both. */
public final class Translators implements SavedNetworks, AutoCloseable {
    private final Map<Direction, ImageTranslator> translators = new EnumMap<>(Direction.class);
    private final TranslatorConfig config;
    private final Device device;

    /**
     * Builds translators on a device.
     *
     * @param channelsA 1 or 3, of pictures of A
     * @param channelsB 1 or 3, of pictures of B
     * @param random draws the initial weights and, as long as the translators are used, dropout
     * @throws IllegalArgumentException if channels differ and one translator is to translate both ways, or identity counts
     */
    public Translators(
            TranslatorConfig config,
            TranslationMethod method,
            int channelsA,
            int channelsB,
            Device device,
            RandomGenerator random) {
        boolean one = false;
        if (method instanceof TranslationMethod.Cycle cycle) {
            one = cycle.oneTranslator();
            if (channelsA != channelsB && (one || cycle.identityWeight() > 0)) {
                throw new IllegalArgumentException((one ? "oneTranslator" : "identityWeight")
                        + " needs A and B with the same channels but they have " + channelsA + " and " + channelsB
                        + "; set images.channelsA and images.channelsB to the same, or "
                        + (one ? "oneTranslator to false" : "identityWeight to 0"));
            }
        }
        this.device = device;
        this.config = config;
        translators.put(Direction.A2B, config.create(channelsA, channelsB, random));
        if (one) {
            translators.put(Direction.B2A, get(Direction.A2B));
        } else if (method.bothWays()) {
            translators.put(Direction.B2A, config.create(channelsB, channelsA, random));
        }
        distinct().forEach((name, translator) -> translator.to(device));
    }

    /** Which ways there are. */
    public Set<Direction> directions() {
        return Collections.unmodifiableSet(translators.keySet());
    }

    /** What they are, and which sides they can take. */
    public TranslatorConfig config() {
        return config;
    }

    /** Where the translators are. */
    public Device device() {
        return device;
    }

    /**
     * The network of a direction.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ImageTranslator get(Direction direction) {
        ImageTranslator translator = translators.get(direction);
        if (translator == null) {
            throw new IllegalArgumentException("this translates only from A to B, not from B to A");
        }
        return translator;
    }

    /**
     * Translates without training.
     *
     * @param images [N, C, H, W] in [−1, 1], sides as {@link #config} has them
     * @return [N, C', H, W] in [−1, 1]
     */
    public Tensor translate(Tensor images, Direction direction, Inference inference) {
        ImageTranslator translator = get(direction);
        translator.train(inference == Inference.TRAINING);
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            return scratch.promote(translator.translate(images.to(device)));
        } finally {
            translator.train(true);
        }
    }

    /** The weights of all translators, by part and name. */
    Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        distinct()
                .forEach((part, translator) ->
                        translator.parameters().forEach((name, value) -> all.put(part + "." + name, value)));
        return all;
    }

    /** How many numbers are trained. */
    public long parameterCount() {
        return distinct().values().stream()
                .mapToLong(ImageTranslator::parameterCount)
                .sum();
    }

    /** The live tensors of each network, by part and name. */
    public Map<String, Map<String, Tensor>> parts() {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        distinct().forEach((part, translator) -> parts.put(part, translator.stateDict()));
        return parts;
    }

    @Override
    public void load(Map<String, Map<String, Tensor>> parts) {
        distinct().forEach((part, translator) -> translator.loadStateDict(SavedNetworks.part(parts, part)));
    }

    /** The part of a checkpoint that holds a direction's network. */
    public static String part(Direction direction) {
        return "translator_" + direction.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, ImageTranslator> distinct() {
        Map<String, ImageTranslator> distinct = new LinkedHashMap<>();
        Set<ImageTranslator> seen = new LinkedHashSet<>();
        translators.forEach((direction, translator) -> {
            if (seen.add(translator)) {
                distinct.put(part(direction), translator);
            }
        });
        return distinct;
    }

    @Override
    public void close() {
        distinct().values().forEach(ImageTranslator::close);
    }
}
