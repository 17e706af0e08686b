package org.saddlepoint.recipes;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.saddlepoint.clustering.ClusterConfig;
import org.saddlepoint.clustering.Clusters;
import org.saddlepoint.clustering.PictureClusters;
import org.saddlepoint.data.DataChecks;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;

/**
 * Finds the clusters that a recipe is conditioned on.
 *
 * @param recipe its name, for messages
 * @param data pictures
 */
record ClusterSearch(String recipe, Dataset data) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_BETWEEN_NOTES = 2;

    /**
     * Finds them.
     *
     * @throws RecipeException if the data is no pictures, or too few; says what to do
     * @throws DataException if pictures cannot be used
     */
    PreparedData prepare(long seed, Consumer<String> notes) {
        requirePictures();
        DataChecks.requireUsable(data);
        long start = System.nanoTime();
        Clusters found = PictureClusters.of(data, ClusterConfig.STANDARD, seed, new Notes(notes, start));
        List<Integer> sizes = found.sizes();
        notes.accept(String.format(
                Locale.ROOT,
                "clusters: %d, of %,d to %,d pictures, found in %.1f s",
                sizes.size(),
                Collections.min(sizes),
                Collections.max(sizes),
                (System.nanoTime() - start) / (double) NANOS_PER_SECOND));
        return PreparedData.of(data, found);
    }

    private void requirePictures() {
        if (data.shape().images().size() != 1) {
            throw new RecipeException("the recipe " + recipe + " makes clusters of pictures, but " + data.name()
                    + " has "
                    + (data.hasPairs() || !data.shape().images().isEmpty() ? "pairs of pictures" : "points")
                    + "; give single pictures, such as digits or a folder, or train a recipe for this data, such as "
                    + (data.shape().images().isEmpty() ? Recipes.DEFAULT_FOR_POINTS : Recipes.DEFAULT_FOR_PAIRS));
        }
        if (data.size() < ClusterConfig.FEWEST_PICTURES) {
            throw new RecipeException(String.format(
                    Locale.ROOT,
                    "the recipe %s makes clusters of pictures, which make sense from about %d pictures on, but %s has %,d;"
                            + " give more pictures, or train a recipe without a condition, such as dcgan-quick",
                    recipe,
                    ClusterConfig.FEWEST_PICTURES,
                    data.name(),
                    data.size()));
        }
    }

    /** Tells how far it is every few seconds, on the thread that began. */
    private static final class Notes implements PictureClusters.Progress {
        private final Consumer<String> notes;
        private final Thread thread = Thread.currentThread();
        private long last;

        Notes(Consumer<String> notes, long start) {
            this.notes = notes;
            this.last = start;
        }

        @Override
        public void done(String task, long done, long all) {
            if (Thread.currentThread().equals(thread)
                    && System.nanoTime() - last >= SECONDS_BETWEEN_NOTES * NANOS_PER_SECOND) {
                last = System.nanoTime();
                notes.accept(String.format(Locale.ROOT, "finding clusters: %s, %,d of %,d", task, done, all));
            }
        }
    }
}
