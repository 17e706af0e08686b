package org.saddlepoint.evaluation;

import java.util.Optional;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The numbers by which pictures are compared: those of an extractor, or pixels, where larger pictures are reduced to at most
 * {@link #SIDE} × {@link #SIDE}. Pictures are rounded to 8 bits first, as files are.
 */
public final class PictureFeatures {
    /** The longest side at which pixels are compared. */
    public static final int SIDE = 32;

    private final Optional<FeatureExtractor> extractor;

    private PictureFeatures(Optional<FeatureExtractor> extractor) {
        this.extractor = extractor;
    }

    /** Pixels, 0 … 255. */
    public static PictureFeatures pixels() {
        return new PictureFeatures(Optional.empty());
    }

    /** The features of an extractor, which stays the caller's. */
    public static PictureFeatures of(FeatureExtractor extractor) {
        return new PictureFeatures(Optional.of(extractor));
    }

    /** Such as {@code digits} or {@code pixels}. */
    public String name() {
        return extractor.map(FeatureExtractor::name).orElse("pixels");
    }

    /**
     * The features of pictures, in the current scope.
     *
     * @param pictures [N, C, H, W] in [−1, 1]
     * @return [N, d], float32
     */
    public Tensor of(Tensor pictures) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor levels = Pixels.of(pictures.to(DType.FLOAT32), true);
            if (extractor.isPresent()) {
                return scratch.promote(extractor.get().extract(levels).features());
            }
            int height = Math.toIntExact(Math.min(SIDE, levels.size(2)));
            int width = Math.toIntExact(Math.min(SIDE, levels.size(3)));
            Tensor small = Resizing.CLEAN.resize(levels, height, width);
            return scratch.promote(small.reshape(pictures.size(0), -1));
        }
    }
}
