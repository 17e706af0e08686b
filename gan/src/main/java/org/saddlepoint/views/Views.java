package org.saddlepoint.views;

import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.nn.Memories;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.distributed.Ranks;

/** Views one after another, with what they keep between updates. */
public final class Views implements AutoCloseable {
    private final Map<String, View> views;
    private final Memories memories;

    /** These views in this order, by names that checkpoints show; nothing kept yet. */
    public Views(Map<String, View> views) {
        this.views = new LinkedHashMap<>(views);
        this.memories = new Memories(views.keySet());
    }

    /** Samples as the discriminator sees them. */
    public Tensor apply(Tensor samples, Sight.Origin origin, Progress progress, RandomGenerator random) {
        Tensor seen = samples;
        for (Map.Entry<String, View> view : views.entrySet()) {
            seen = view.getValue().apply(seen, new Sight(origin, progress, random, memories.of(view.getKey())));
        }
        return seen;
    }

    /** From now on several processes see parts of the same batches. */
    public void join(Ranks ranks) {
        memories.join(ranks);
    }

    /** Shows all views the logits of real samples. */
    public void observe(Tensor realLogits, Progress progress, RandomGenerator random) {
        if (views.isEmpty()) {
            return;
        }
        Tensor logits = realLogits.detach();
        views.forEach((name, view) ->
                view.observe(logits, new Sight(Sight.Origin.REAL, progress, random, memories.of(name))));
    }

    /** Numbers that metrics show, by name. */
    public Map<String, Double> measures() {
        Map<String, Double> all = new LinkedHashMap<>();
        views.forEach((name, view) ->
                view.measures(memories.of(name)).forEach((what, value) -> all.put("view." + name + "." + what, value)));
        return all;
    }

    /** What is saved, by view and name; empty where no view keeps anything. */
    public Map<String, Tensor> state() {
        return memories.state();
    }

    /** Goes on with what was saved. */
    public void load(Map<String, Tensor> state) {
        memories.load(state);
    }

    @Override
    public void close() {
        memories.close();
    }
}
