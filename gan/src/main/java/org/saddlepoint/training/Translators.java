package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The translators of one method: from A to B and, with cycles, back; one network may do both. Each may have a moving average,
 * which is then what translates when it does not train.
 */
public final class Translators implements SavedNetworks, AutoCloseable {
    private static final String AVERAGE = "_ema";

    private final Map<Direction, ImageTranslator> translators;
    private final Map<Direction, ImageTranslator> averaged;
    private final List<ExponentialMovingAverage> averages = new ArrayList<>();
    private final TranslatorConfig config;
    private final Device device;

    /**
     * Builds translators on a device.
     *
     * @param channelsA 1 or 3, of pictures of A
     * @param channelsB 1 or 3, of pictures of B
     * @param averaging settings of the moving averages
     * @param random draws the initial weights and, as long as the translators are used, dropout
     * @throws IllegalArgumentException if channels differ and one translator is to translate both ways, identity counts, or the
     *     input is added to the output
     */
    public Translators(
            TranslatorConfig config,
            TranslationMethod method,
            int channelsA,
            int channelsB,
            AverageConfig averaging,
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
        translators = networks(method, one, channelsA, channelsB, random);
        if (averaging.decay() > 0) {
            averaged = networks(method, one, channelsA, channelsB, random); // whose dropout it draws, too
            Map<String, ImageTranslator> trained = distinct(translators);
            distinct(averaged)
                    .forEach((part, average) -> averages.add(new ExponentialMovingAverage(
                            Objects.requireNonNull(trained.get(part)), average, averaging)));
        } else {
            averaged = Map.of();
        }
    }

    private Map<Direction, ImageTranslator> networks(
            TranslationMethod method, boolean one, int channelsA, int channelsB, RandomGenerator random) {
        Map<Direction, ImageTranslator> networks = new EnumMap<>(Direction.class);
        ImageTranslator forth = config.create(channelsA, channelsB, random);
        networks.put(Direction.A2B, forth);
        if (one) {
            networks.put(Direction.B2A, forth);
        } else if (method.bothWays()) {
            networks.put(Direction.B2A, config.create(channelsB, channelsA, random));
        }
        networks.values().forEach(network -> network.to(device));
        return networks;
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
     * The network of a direction, in training.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ImageTranslator get(Direction direction) {
        return get(translators, direction);
    }

    private static ImageTranslator get(Map<Direction, ImageTranslator> from, Direction direction) {
        ImageTranslator translator = from.get(direction);
        if (translator == null) {
            throw new IllegalArgumentException("this translates only from A to B, not from B to A");
        }
        return translator;
    }

    /**
     * Translates without training, by the moving average if there is one.
     *
     * @param images [N, C, H, W] in [−1, 1], sides as {@link #config} has them
     * @return [N, C', H, W] in [−1, 1]
     */
    public Tensor translate(Tensor images, Direction direction, Inference inference) {
        ImageTranslator translator = get(hasAverage() ? averaged : translators, direction);
        translator.train(inference == Inference.TRAINING);
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            return scratch.promote(translator.translate(images.to(device)));
        } finally {
            translator.train(!hasAverage());
        }
    }

    /** Whether {@link #translate} uses a moving average. */
    public boolean hasAverage() {
        return !averages.isEmpty();
    }

    /**
     * Takes the weights that were just updated into the moving averages.
     *
     * @param updates how many updates came before
     */
    void updateAverages(long updates) {
        averages.forEach(average -> average.update(updates));
    }

    /** The weights of all translators, by part and name. */
    Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        distinct(translators)
                .forEach((part, translator) ->
                        translator.parameters().forEach((name, value) -> all.put(part + "." + name, value)));
        return all;
    }

    /** How many numbers are trained. */
    public long parameterCount() {
        return distinct(translators).values().stream()
                .mapToLong(ImageTranslator::parameterCount)
                .sum();
    }

    /** The live tensors of each network, by part and name. */
    public Map<String, Map<String, Tensor>> parts() {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        distinct(translators).forEach((part, translator) -> parts.put(part, translator.stateDict()));
        distinct(averaged).forEach((part, average) -> parts.put(part + AVERAGE, average.stateDict()));
        return parts;
    }

    @Override
    public void load(Map<String, Map<String, Tensor>> parts) {
        distinct(translators).forEach((part, translator) -> translator.loadStateDict(SavedNetworks.part(parts, part)));
        distinct(averaged).forEach((part, average) -> average.loadStateDict(SavedNetworks.part(parts, part + AVERAGE)));
    }

    /** The part of a checkpoint that holds a direction's network. */
    public static String part(Direction direction) {
        return "translator_" + direction.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, ImageTranslator> distinct(Map<Direction, ImageTranslator> translators) {
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
        distinct(translators).values().forEach(ImageTranslator::close);
        distinct(averaged).values().forEach(ImageTranslator::close);
    }
}
