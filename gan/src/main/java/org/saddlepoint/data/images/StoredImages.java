package org.saddlepoint.data.images;

import java.util.Objects;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.SampleConversion;

/**
 * Images of one size held in memory, in the shape that an {@link ImageFormat} asks for. Data sets that read whole files of
 * images keep them in it.
 */
public final class StoredImages {
    private final ImageShape stored;
    private final ImageShape shape;
    private final byte[] samples;

    private StoredImages(ImageShape stored, ImageShape shape, byte[] samples) {
        this.stored = stored;
        this.shape = shape;
        this.samples = samples;
    }

    /**
     * Converts images to the shape that the format asks for; where that is their own the samples are kept and not copied.
     *
     * @param name what messages call the images
     * @param samples unsigned samples, one image after the other, CHW each
     * @param stored the shape of each image
     * @throws DataException when the format asks for larger images and does not allow upscaling, or they need 2 GiB or more
     */
    public static StoredImages of(String name, byte[] samples, ImageShape stored, ImageFormat format) {
        StoredSamples given = new StoredSamples(name, samples, samples.length / stored.elements(), stored);
        ImageShape shape = given.shape(format);
        return new StoredImages(stored, shape, given.convert(shape));
    }

    /** The shape of each image. */
    public ImageShape shape() {
        return shape;
    }

    /** The shape of each image before conversion. */
    public ImageShape stored() {
        return stored;
    }

    /** Number of images. */
    public int size() {
        return samples.length / shape.elements();
    }

    /** Adds shape and samples of all images. */
    public void addTo(Digest digest) {
        digest.add(shape.channels()).add(shape.height()).add(shape.width()).add(samples);
    }

    /**
     * Writes image {@code index}, in [-1, 1], to {@code target[offset .. offset + shape().elements())}.
     *
     * @throws IndexOutOfBoundsException when {@code index} is not in [0, size()), or the target is too short
     */
    public void read(int index, float[] target, int offset) {
        Objects.checkIndex(index, size());
        SampleConversion.toSigned(samples, index * shape.elements(), shape.elements(), target, offset);
    }
}
