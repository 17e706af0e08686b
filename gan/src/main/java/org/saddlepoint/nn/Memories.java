package org.saddlepoint.nn;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.distributed.Ranks;

/** The {@link Memory} of several things by their names, which is saved as one part of a checkpoint. */
public final class Memories implements AutoCloseable {
    private final Map<String, Memory> memories = new LinkedHashMap<>();

    /** Empty memories of these names. */
    public Memories(Collection<String> names) {
        names.forEach(name -> memories.put(name, new Memory()));
    }

    /**
     * The memory of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Memory of(String name) {
        Memory memory = memories.get(name);
        if (memory == null) {
            throw new IllegalArgumentException("there is no memory of " + name + "; there are " + memories.keySet());
        }
        return memory;
    }

    /** From now on several processes keep the same numbers, see {@link Memory#meanOverBatch}. */
    public void join(Ranks ranks) {
        memories.values().forEach(memory -> memory.join(ranks));
    }

    /** What is saved, under names joined by a dot; empty where nothing was kept. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        memories.forEach(
                (owner, memory) -> memory.state().forEach((name, number) -> state.put(owner + "." + name, number)));
        return state;
    }

    /**
     * Restores saved numbers.
     *
     * @throws IllegalArgumentException if a saved number belongs to none of these names; nothing is changed then
     */
    public void load(Map<String, Tensor> state) {
        for (String name : state.keySet()) {
            if (memories.keySet().stream().noneMatch(owner -> name.startsWith(owner + "."))) {
                throw new IllegalArgumentException(
                        "there is no memory that keeps " + name + "; there are " + memories.keySet());
            }
        }
        memories.forEach((owner, memory) -> {
            Map<String, Tensor> own = new LinkedHashMap<>();
            state.forEach((name, number) -> {
                if (name.startsWith(owner + ".")) {
                    own.put(name.substring(owner.length() + 1), number);
                }
            });
            memory.load(own);
        });
    }

    @Override
    public void close() {
        memories.values().forEach(Memory::close);
    }
}
