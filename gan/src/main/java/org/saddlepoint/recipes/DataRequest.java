package org.saddlepoint.recipes;

import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.images.Links;

/**
 * Data as the user asks for it.
 *
 * @param spec what {@link DataSources#open} takes, such as {@code digits} or a folder
 * @param links which are followed in folders of images
 */
public record DataRequest(String spec, Links links) {
    /** Data in which no link out of a folder is followed. */
    public static DataRequest of(String spec) {
        return new DataRequest(spec, Links.INSIDE);
    }

    /**
     * Opens it.
     *
     * @param options all but the links
     * @throws NoSuchDataException when it is unknown or missing
     * @throws DataException when it cannot be used
     */
    public Dataset open(DataOptions options) {
        return DataSources.open(spec, options.withLinks(links));
    }
}
