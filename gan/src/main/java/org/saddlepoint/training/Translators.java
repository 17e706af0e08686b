package org.saddlepoint.training;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Translators in use, from A to B and, with cycles, back. They never train: use may draw random numbers and change statistics,
 * of which training must not notice.
 */
public final class Translators implements SavedNetworks, AutoCloseable {
    private static final String AVERAGE = "_ema";

    private final Map<Direction, ImageTranslator> translators;
    private final TranslatorConfig config;
    private final Device device;
    private final boolean random;
    private boolean average;

    /**
     * Builds translators on a device, whose weights are still to be loaded.
     *
     * @param inference how they are used
     * @param random draws weights, which are replaced, and dropout where it is in use
     */
    public Translators(
            TranslationPlayers.Networks networks, Inference inference, Device device, RandomGenerator random) {
        this.config = networks.translator();
        this.device = device;
        this.random = inference == Inference.TRAINING;
        this.translators = new EnumMap<>(networks.create(device, random));
        translators.values().forEach(network -> network.train(inference == Inference.TRAINING));
        if (networks.method().oneTranslator()) {
            translators.put(Direction.B2A, Objects.requireNonNull(translators.get(Direction.A2B)));
        }
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
     * Translates.
     *
     * @param images [N, C, H, W] in [−1, 1], sides as {@link #config} has them
     * @return [N, C', H, W] in [−1, 1]
     * @throws IllegalArgumentException if there is no such direction
     */
    public Tensor translate(Tensor images, Direction direction) {
        ImageTranslator translator = translators.get(direction);
        if (translator == null) {
            throw new IllegalArgumentException("this translates only from A to B, not from B to A");
        }
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            return scratch.promote(translator.translate(images.to(device)));
        }
    }

    /** Whether translations may draw random numbers, as dropout does where it is in use. */
    public boolean areRandom() {
        return random;
    }

    /** Whether the loaded weights are a moving average. */
    public boolean hasAverage() {
        return average;
    }

    /** Takes over the weights of a checkpoint's parts: the moving averages where there are such. */
    @Override
    public void load(Map<String, Map<String, Tensor>> parts) {
        translators.forEach((direction, translator) -> {
            String name = part(direction);
            if (translator != translators.get(Direction.A2B) || direction == Direction.A2B) {
                average = parts.containsKey(name + AVERAGE);
                translator.loadStateDict(SavedNetworks.part(parts, average ? name + AVERAGE : name));
            }
        });
    }

    /** The part of a checkpoint that holds a direction's network. */
    public static String part(Direction direction) {
        return "translator_" + direction.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        translators.values().forEach(ImageTranslator::close);
    }
}
