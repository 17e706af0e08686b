package org.saddlepoint.data;

/**
 * One picture in colour, cropped and resized as training sees it, with what its file says of it.
 *
 * @param fileWidth columns of the upright picture before cropping and resizing
 * @param fileHeight rows of it
 * @param transparent whether a pixel that training sees was transparent; it was put on white
 * @param width columns of the samples
 * @param height rows of the samples
 * @param samples the red, the green and the blue plane, row by row, unsigned; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record SourcePicture(int fileWidth, int fileHeight, boolean transparent, int width, int height, byte[] samples) {

    /** @throws IllegalArgumentException when the samples do not fit the size */
    public SourcePicture {
        if (samples.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "a picture of " + width + "x" + height + " pixels was given " + samples.length + " samples");
        }
    }
}
