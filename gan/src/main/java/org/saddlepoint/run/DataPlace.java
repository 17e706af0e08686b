package org.saddlepoint.run;

import java.util.List;

/**
 * How the data of a run is found again, beside {@link RunManifest.Data#spec()}.
 *
 * @param fromRun the paths in that source in order, relative to the folder of the run, so that a run is found with its data
 *     when both were moved; none for data that lies in no file, and in runs of earlier releases
 * @param followLinks whether all links in folders of images are followed
 */
public record DataPlace(List<String> fromRun, boolean followLinks) {
    /** Of data that lies in no file. */
    public static final DataPlace NONE = new DataPlace(List.of(), false);

    /** Copies the list. */
    public DataPlace {
        fromRun = List.copyOf(fromRun);
    }
}
