package org.saddlepoint.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.saddlepoint.metrics.LaplacianPyramid;
import org.saddlepoint.metrics.PatchDescriptors;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Tensor;

/** Takes patches of a batch of images. */
final class PatchReader {
    private PatchReader() {}

    /**
     * Adds the patches of each image.
     *
     * @param images [N, C, H, W] in [−1, 1]
     * @param quantised whether they are rounded to 8 bits first
     * @param places the number of each image; images with none, below 0 or beyond the room, are left out
     */
    static void add(PatchDescriptors patches, Tensor images, boolean quantised, IntStream places) {
        float[] pixels = Pixels.of(images.to(DType.FLOAT32), quantised).toFloatArray();
        int channels = Math.toIntExact(images.size(1));
        int height = Math.toIntExact(images.size(2));
        int width = Math.toIntExact(images.size(3));
        int elements = channels * height * width;
        int[] numbers = places.toArray();
        for (int i = 0; i < numbers.length; i++) {
            if (patches.holds(numbers[i])) {
                float[] image = Arrays.copyOfRange(pixels, i * elements, (i + 1) * elements);
                patches.add(numbers[i], new LaplacianPyramid.Level(image, channels, height, width));
            }
        }
    }
}
