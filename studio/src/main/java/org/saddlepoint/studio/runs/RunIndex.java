package org.saddlepoint.studio.runs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.studio.server.RefusedException;

/**
 * All runs of a folder, looked at again when they are asked for: about once a second, less often where a look takes long, since it
 * shares the processor with trainings. Thread-safe.
 */
public final class RunIndex {
    private static final long LEAST_NANOS_BETWEEN_LOOKS = 900_000_000L;
    private static final long MOST_NANOS_BETWEEN_LOOKS = 10_000_000_000L;

    /** A look that takes a second is repeated after so many. */
    private static final int REST = 30;

    private final RunsFolder folder;
    private final Map<String, RunReader> readers = new HashMap<>();
    private Map<String, RunSummary> known = Map.of();
    private long next = System.nanoTime();

    /** An index of this folder. */
    public RunIndex(RunsFolder folder) {
        this.folder = folder;
    }

    /** The runs as they are, by name. */
    synchronized Map<String, RunSummary> runs() {
        long before = System.nanoTime();
        if (before - next >= 0) {
            known = look();
            long after = System.nanoTime();
            next = after
                    + Math.min(MOST_NANOS_BETWEEN_LOOKS, Math.max(LEAST_NANOS_BETWEEN_LOOKS, REST * (after - before)));
        }
        return known;
    }

    private Map<String, RunSummary> look() {
        List<String> names = folder.names();
        readers.keySet().retainAll(new HashSet<>(names));
        Map<String, RunSummary> found = new LinkedHashMap<>();
        for (String name : names) {
            try {
                found.put(
                        name,
                        readers.computeIfAbsent(name, id -> new RunReader(folder, id))
                                .read());
            } catch (RefusedException refused) { // gone a moment ago, or it holds a link that leads out
                readers.remove(name);
                found.put(name, RunSummary.damaged(name, 0, String.valueOf(refused.getMessage())));
            }
        }
        return found;
    }

    /** Looks again the next time, whenever that is: something was changed. */
    synchronized void forget() {
        next = System.nanoTime();
    }
}
