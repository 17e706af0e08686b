package org.saddlepoint.diagnostics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.training.RandomStreams;

/**
 * Keeps what passes through networks in training change: buffers such as running statistics and power iterations, and the random
 * streams that dropout draws from; puts it back when closed.
 */
final class Undisturbed implements AutoCloseable {
    private final Map<RandomGenerator, byte[]> streams = new LinkedHashMap<>();
    private final List<Kept> buffers = new ArrayList<>();

    private record Kept(Tensor live, Retained copy) {}

    Undisturbed(RandomStreams random, List<? extends Network> networks) {
        for (RandomGenerator stream : List.of(random.networks(), random.latents(), random.noise())) {
            streams.putIfAbsent(stream, stream.state());
        }
        networks.forEach(network -> network.module()
                .buffers()
                .values()
                .forEach(live -> buffers.add(new Kept(live, Retained.copyOf(live)))));
    }

    @Override
    public void close() {
        for (Kept each : buffers) {
            try (each.copy) {
                each.live.assign(each.copy.tensor());
            }
        }
        streams.forEach(RandomGenerator::restore);
    }
}
