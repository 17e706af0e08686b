package org.saddlepoint.studio.serve;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model of a run's newest checkpoint. A newer one replaces it as soon as it is open; the older one is freed when nobody
 * uses it any more.
 *
 * @param <M> the model
 */
final class ReloadingModel<M extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadingModel.class);

    private final RunFolder run;
    private final Function<RunFolder, M> opener;
    private Version<M> current;
    private Object newest;
    private @Nullable String trouble;

    /** Opens the newest checkpoint; fails as the opener does. */
    ReloadingModel(RunFolder run, Function<RunFolder, M> opener) {
        this.run = run;
        this.opener = opener;
        this.newest = newest(run);
        this.current = new Version<>(opener.apply(run));
    }

    /** What is open, with those who use it: the users, and this class until another one replaces it. */
    private static final class Version<M extends AutoCloseable> {
        final M model;
        private int users = 1;

        Version(M model) {
            this.model = model;
        }

        synchronized void use() {
            users++;
        }

        synchronized void leave() {
            users--;
            if (users == 0) {
                try {
                    model.close();
                } catch (Exception e) {
                    throw new IllegalStateException("a model cannot be closed", e);
                }
            }
        }
    }

    /** The newest model that is open. */
    synchronized Lease<M> lease() {
        Version<M> version = current;
        version.use();
        AtomicBoolean open = new AtomicBoolean(true);
        return new Lease<>() {
            @Override
            public M model() {
                return version.model;
            }

            @Override
            public void close() {
                if (open.getAndSet(false)) {
                    version.leave();
                }
            }
        };
    }

    /** The newest checkpoint, and when it was written, since another training may have replaced it. */
    private static Object newest(RunFolder run) {
        List<StepPath> all = run.checkpoints();
        return all.isEmpty()
                ? List.of()
                : List.of(
                        all.get(all.size() - 1).step(),
                        all.get(all.size() - 1).path().toFile().lastModified());
    }

    /** Opens a newer checkpoint if there is one. If that fails, the model stays, and the next call tries again. */
    boolean refresh() {
        try {
            Object found = newest(run);
            if (found.equals(List.of()) || found.equals(newest)) {
                return false;
            }
            Version<M> opened = new Version<>(opener.apply(run));
            replace(opened).leave();
            newest = found;
            trouble = null;
            return true;
        } catch (RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(trouble)) {
                LOG.warn("{}: the newer checkpoint cannot be opened, the older one is served: {}", run.path(), message);
            }
            trouble = message;
            return false;
        }
    }

    private synchronized Version<M> replace(Version<M> next) {
        Version<M> before = current;
        current = next;
        return before;
    }

    /** Frees the model once nobody uses it. */
    @Override
    public void close() {
        current.leave();
    }
}
