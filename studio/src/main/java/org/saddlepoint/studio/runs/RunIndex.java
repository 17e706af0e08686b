package org.saddlepoint.studio.runs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.studio.server.RefusedException;

/** All runs of a folder, looked at again when they are asked for, at most once a second. Thread-safe. */
public final class RunIndex {
    private static final long NANOS_BETWEEN_LOOKS = 900_000_000L;

    private final RunsFolder folder;
    private final Map<String, RunReader> readers = new HashMap<>();
    private Map<String, RunSummary> known = Map.of();
    private long looked = System.nanoTime() - NANOS_BETWEEN_LOOKS;

    /** An index of this folder. */
    public RunIndex(RunsFolder folder) {
        this.folder = folder;
    }

    /** The runs as they are, by name. */
    synchronized Map<String, RunSummary> runs() {
        long now = System.nanoTime();
        if (now - looked >= NANOS_BETWEEN_LOOKS) {
            known = look();
            looked = System.nanoTime();
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
        looked = System.nanoTime() - NANOS_BETWEEN_LOOKS;
    }
}
