package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** The translators of one method as players: from A to B and, with cycles, back; one network may do both. */
public final class TranslationPlayers {
    private final Map<Direction, Player<ImageTranslator>> players = new EnumMap<>(Direction.class);

    /**
     * Which translators there are.
     *
     * @param translator the family and its settings
     * @param method which ways there are
     * @param channelsA 1 or 3, of pictures of A
     * @param channelsB 1 or 3, of pictures of B
     */
    public record Networks(TranslatorConfig translator, TranslationMethod method, int channelsA, int channelsB) {
        /** @throws IllegalArgumentException if the method cannot work with such channels */
        public Networks {
            method.requireChannels(channelsA, channelsB);
        }

        /** The networks, each once, by the first direction that it translates in. */
        Map<Direction, ImageTranslator> create(Device device, RandomGenerator random) {
            Map<Direction, ImageTranslator> networks = new EnumMap<>(Direction.class);
            networks.put(Direction.A2B, create(Direction.A2B, device, random));
            if (method.bothWays() && !method.oneTranslator()) {
                networks.put(Direction.B2A, create(Direction.B2A, device, random));
            }
            return networks;
        }

        private ImageTranslator create(Direction direction, Device device, RandomGenerator random) {
            ImageTranslator network = direction == Direction.A2B
                    ? translator.create(channelsA, channelsB, random)
                    : translator.create(channelsB, channelsA, random);
            network.to(device);
            return network;
        }
    }

    /**
     * Builds players on a device.
     *
     * @param optimizer how the translators learn
     * @param average their moving averages
     * @param random draws the initial weights and, in training, dropout
     */
    public static TranslationPlayers build(
            Networks networks,
            OptimizerConfig optimizer,
            AverageConfig average,
            Device device,
            RandomGenerator random) {
        TranslationPlayers built = new TranslationPlayers();
        networks.create(device, random).forEach((direction, network) -> {
            Player<ImageTranslator> player = new Player<>(Translators.part(direction), network, optimizer);
            player.averaged(average, () -> copy(networks, direction, device));
            built.players.put(direction, player);
        });
        if (networks.method().oneTranslator()) {
            built.players.put(Direction.B2A, Objects.requireNonNull(built.players.get(Direction.A2B)));
        }
        return built;
    }

    private static ImageTranslator copy(Networks networks, Direction direction, Device device) {
        try (RandomGenerator unused = new RandomGenerator(0)) {
            return networks.create(direction, device, unused);
        }
    }

    /** Which ways there are. */
    public Set<Direction> directions() {
        return players.keySet();
    }

    /** Each player once. */
    public List<Player<ImageTranslator>> all() {
        return new ArrayList<>(new LinkedHashSet<>(players.values()));
    }

    /**
     * The network of a direction, in training.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ImageTranslator get(Direction direction) {
        Player<ImageTranslator> player = players.get(direction);
        if (player == null) {
            throw new IllegalArgumentException("this translates only from A to B, not from B to A");
        }
        return player.network();
    }

    /** Where the translators are. */
    public Device device() {
        return all().get(0).device();
    }

    /** How many numbers are trained. */
    public long parameterCount() {
        return all().stream()
                .mapToLong(player -> player.network().parameterCount())
                .sum();
    }

    /** The weights that are used, of moving averages where there are such, by the parts of checkpoints. */
    public Map<String, Map<String, Tensor>> bestParts() {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        all().forEach(player -> parts.put(player.name(), player.bestState()));
        return parts;
    }

    /** Frees all players. */
    public void close() {
        all().forEach(Player::close);
    }
}
