package org.saddlepoint.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what was left out of one dataset, and logs each once. */
final class SkippedLog {
    private static final Logger LOG = LoggerFactory.getLogger(SkippedLog.class);

    private final String dataset;
    private final List<Skipped> all;
    private final Map<Integer, Skipped> byIndex = new ConcurrentHashMap<>();

    SkippedLog(String dataset, List<Skipped> atOpening) {
        this.dataset = dataset;
        this.all = new ArrayList<>(atOpening);
        atOpening.forEach(this::log);
    }

    /** Fails when {@code index} is known to be damaged. */
    void check(int index) throws DamagedExampleException {
        Skipped known = byIndex.get(index);
        if (known != null) {
            throw new DamagedExampleException(known);
        }
    }

    /** Notes that {@code index} is damaged, and gives the exception to throw. */
    DamagedExampleException damaged(int index, Skipped skipped) {
        if (byIndex.putIfAbsent(index, skipped) == null) {
            synchronized (all) {
                all.add(skipped);
            }
            log(skipped);
        }
        return new DamagedExampleException(skipped);
    }

    List<Skipped> list() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    private void log(Skipped skipped) {
        LOG.warn("{}: skipped {}", dataset, skipped);
    }
}
