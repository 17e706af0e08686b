package org.saddlepoint.models;

import java.util.List;
import java.util.Map;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.SelfAttention;
import org.saddlepoint.tensor.RandomGenerator;

/** Where a network has self-attention: the setting {@code attention}, sides of feature maps in pixels. */
final class Attention {
    private Attention() {}

    /** Checks the setting itself. */
    static List<Integer> requireSides(List<Integer> attention) {
        attention.forEach(side -> Require.atLeast(2, "attention", side));
        if (attention.stream().distinct().count() != attention.size()) {
            throw new IllegalArgumentException("attention must name each side once but was " + attention);
        }
        return List.copyOf(attention);
    }

    /**
     * Checks that a network has features of these sides, of channels that attention can work with; before there are layers.
     *
     * @param channels of the features by their side
     * @throws IllegalArgumentException naming the sides that it has, or the channels
     */
    static void requirePresent(List<Integer> attention, Map<Integer, Integer> channels) {
        for (int side : attention) {
            Integer there = channels.get(side);
            if (there == null) {
                throw new IllegalArgumentException("attention was to be at the side " + side
                        + " but this network for this size of images has features of the sides " + channels.keySet()
                        + "; choose one of these");
            }
            SelfAttention.requireChannels(there);
        }
    }

    /** Adds the layer at this side, if it is to be there. */
    static void addTo(
            List<Layer> stack,
            List<Integer> attention,
            int side,
            int channels,
            Initialization initialization,
            RandomGenerator random) {
        if (attention.contains(side)) {
            stack.add(new SelfAttention(channels, initialization, random));
        }
    }
}
