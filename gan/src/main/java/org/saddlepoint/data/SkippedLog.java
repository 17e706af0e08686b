package org.saddlepoint.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what was left out of one data set and logs each file or example once. May be used from many threads. */
public final class SkippedLog {
    private static final Logger LOG = LoggerFactory.getLogger(SkippedLog.class);

    private final String dataset;
    private final List<Skipped> all;
    private final Map<Integer, Skipped> byIndex = new ConcurrentHashMap<>();

    /**
     * @param dataset the name of the data set, for the log
     * @param atOpening what was left out before the first example was read
     */
    public SkippedLog(String dataset, List<Skipped> atOpening) {
        this.dataset = dataset;
        this.all = new ArrayList<>(atOpening);
        atOpening.stream().filter(Skipped::isFault).forEach(this::log);
    }

    /**
     * Checks that example {@code index} is not known to be damaged.
     *
     * @throws DamagedExampleException if it is
     */
    public void check(int index) throws DamagedExampleException {
        Skipped known = byIndex.get(index);
        if (known != null) {
            throw new DamagedExampleException(known);
        }
    }

    /** Records that example {@code index} is damaged and returns the exception to throw. */
    public DamagedExampleException damaged(int index, Skipped skipped) {
        if (byIndex.putIfAbsent(index, skipped) == null) {
            synchronized (all) {
                all.add(skipped);
            }
            log(skipped);
        }
        return new DamagedExampleException(skipped);
    }

    /** What was left out so far, in the order in which it was found. */
    public List<Skipped> list() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    private void log(Skipped skipped) {
        LOG.warn("{}: skipped {}", dataset, skipped);
    }
}
