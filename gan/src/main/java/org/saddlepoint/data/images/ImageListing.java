package org.saddlepoint.data.images;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A list of image files, with what it says of each image.
 *
 * @param title what messages call it, such as {@code csv:table.csv}
 * @param vectorNames names of the numbers that describe an image; empty where there are none
 * @param images the images in order; all with a label, or none
 */
public record ImageListing(String title, List<String> vectorNames, List<Image> images) {

    /**
     * One image of a list.
     *
     * @param path of the file as the list writes it, relative to the folder of the list, with forward slashes and without
     *     {@code .} and {@code ..}
     * @param file where it is
     * @param bytes the file's length
     * @param label the name of its class; empty where there is none
     * @param vector the numbers that describe it, as many as the list has names for; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    public record Image(String path, Path file, long bytes, Optional<String> label, float[] vector) {}

    /** Copies the lists. */
    public ImageListing {
        vectorNames = List.copyOf(vectorNames);
        images = List.copyOf(images);
    }
}
