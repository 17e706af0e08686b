package org.saddlepoint.recipes;

import java.util.Optional;
import org.saddlepoint.clustering.ClusteredDataset;
import org.saddlepoint.clustering.Clusters;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;

/**
 * What a recipe makes of data before it learns from it ({@link Recipe#prepare}). Closing is for the owner of the data.
 *
 * @param dataset to learn from; has the fingerprint of the data that it was made of
 * @param clusters that are its classes, if any
 */
public record PreparedData(Dataset dataset, Optional<Clusters> clusters) {
    /** Nothing is made of it. */
    static PreparedData asItIs(Dataset data) {
        return new PreparedData(data, Optional.empty());
    }

    /** Pictures with their clusters as labels. */
    static PreparedData of(Dataset data, Clusters clusters) {
        return new PreparedData(new ClusteredDataset(data, clusters), Optional.of(clusters));
    }

    /**
     * What the manifest says of the data: its clusters, too.
     *
     * @param data what it says of the data as it was
     */
    public RunManifest.Data describe(RunManifest.Data data) {
        return clusters.map(found -> data.withClusters(found.names(), found.sizes()))
                .orElse(data);
    }

    /**
     * Writes beside the manifest what {@link Recipe#prepared} reads, if there is anything.
     *
     * @throws RunException if it cannot be written
     */
    public void write(RunFolder run) {
        clusters.ifPresent(found -> SavedClusters.write(run, dataset.fingerprint(), found));
    }
}
