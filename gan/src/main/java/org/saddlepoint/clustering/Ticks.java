package org.saddlepoint.clustering;

import java.util.concurrent.atomic.AtomicLong;
import org.saddlepoint.clustering.PictureClusters.Progress;

/** Counts what several threads have done of one task. */
final class Ticks {
    /** Counts for nobody. */
    static final Ticks NONE = new Ticks(Progress.NONE, "", 0);

    private final Progress progress;
    private final String task;
    private final long all;
    private final AtomicLong done = new AtomicLong();

    /** @param task in a few words, such as {@code comparing pictures} */
    Ticks(Progress progress, String task, long all) {
        this.progress = progress;
        this.task = task;
        this.all = all;
    }

    void add(long count) {
        progress.done(task, done.addAndGet(count), all);
    }
}
