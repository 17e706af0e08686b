package org.saddlepoint.clustering;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataFile;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SourcePictures;

/** Pictures whose classes are clusters, whatever labels they have; closing it leaves the pictures open. */
public final class ClusteredDataset implements Dataset {
    private final Dataset pictures;
    private final Clusters clusters;

    /**
     * Data with other labels.
     *
     * @throws IllegalArgumentException if there is not one label for each picture
     */
    public ClusteredDataset(Dataset pictures, Clusters clusters) {
        if (clusters.pictures() != pictures.size()) {
            throw new IllegalArgumentException("expected the clusters of " + pictures.size() + " pictures, as "
                    + pictures.name() + " has, but they are of " + clusters.pictures());
        }
        this.pictures = pictures;
        this.clusters = clusters;
    }

    @Override
    public String name() {
        return pictures.name();
    }

    @Override
    public int size() {
        return pictures.size();
    }

    @Override
    public ExampleShape shape() {
        return pictures.shape();
    }

    @Override
    public void read(int index, float[] target, int offset) throws DamagedExampleException {
        pictures.read(index, target, offset);
    }

    @Override
    public void read(int index, long draw, float[] target, int offset) throws DamagedExampleException {
        pictures.read(index, draw, target, offset);
    }

    @Override
    public OptionalInt label(int index) {
        return OptionalInt.of(clusters.label(Objects.checkIndex(index, size())));
    }

    @Override
    public List<String> classNames() {
        return clusters.names();
    }

    @Override
    public List<String> notes() {
        return pictures.notes();
    }

    @Override
    public List<SourcePictures> pictures() {
        return pictures.pictures();
    }

    @Override
    public List<String> warnings() {
        return pictures.warnings();
    }

    /** That of the pictures, which clusters are made of. */
    @Override
    public String fingerprint() {
        return pictures.fingerprint();
    }

    @Override
    public List<DataFile> files() {
        return pictures.files();
    }

    @Override
    public List<Skipped> skipped() {
        return pictures.skipped();
    }

    @Override
    public void close() {}
}
