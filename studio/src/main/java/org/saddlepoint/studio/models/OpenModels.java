package org.saddlepoint.studio.models;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.studio.server.RefusedException;

/**
 * The models that were used last, opened. A run that has a newer checkpoint since is opened again. One request at a time uses
 * them: more at once would only take each other's cores.
 *
 * @param <M> what is opened
 */
final class OpenModels<M extends AutoCloseable> {
    private static final int MOST = 3;

    private final int most;
    private final Function<RunFolder, M> opener;
    private final Map<Object, M> models = new LinkedHashMap<>(MOST, 0.75f, true);

    OpenModels(Function<RunFolder, M> opener) {
        this(MOST, opener);
    }

    /** @param most that are open at a time */
    OpenModels(int most, Function<RunFolder, M> opener) {
        this.most = most;
        this.opener = opener;
    }

    /**
     * Does something with the model of a run.
     *
     * @throws RefusedException if it has no checkpoint yet
     */
    synchronized <T> T use(RunFolder run, Function<M, T> work) {
        List<StepPath> checkpoints = run.checkpoints();
        if (checkpoints.isEmpty()) {
            throw RefusedException.conflict(run.name() + " has no checkpoint yet; wait until it has written one");
        }
        Object key = List.of(
                run.path(),
                checkpoints.get(checkpoints.size() - 1).step(),
                run.manifestFile().toFile().lastModified());
        M model = models.get(key);
        if (model == null) {
            model = opener.apply(run);
            models.put(key, model);
            Iterator<M> eldest = models.values().iterator();
            if (models.size() > most) {
                close(eldest.next());
                eldest.remove();
            }
        }
        return work.apply(model);
    }

    private static void close(AutoCloseable model) {
        try {
            model.close();
        } catch (Exception e) {
            throw new IllegalStateException("a model cannot be closed", e);
        }
    }

    synchronized void close() {
        models.values().forEach(OpenModels::close);
        models.clear();
    }
}
