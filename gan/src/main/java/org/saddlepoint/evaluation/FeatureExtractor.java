package org.saddlepoint.evaluation;

import java.util.List;
import org.saddlepoint.tensor.Tensor;

/** Turns images into the numbers by which metrics compare them. */
public interface FeatureExtractor extends AutoCloseable {
    /** Such as inception-2015-12-05 or digits. */
    String name();

    /** SHA-256 of the weights. */
    String fingerprint();

    /** Numbers a feature vector has. */
    int dimension();

    /** The classes that its logits stand for, where these are classes that data may have; empty where they are not. */
    default List<String> classNames() {
        return List.of();
    }

    /** Features and logits of images [N, C, H, W] with pixel values 0 … 255, float32; in the current scope. */
    Output extract(Tensor images);

    /**
     * What an extractor sees in a batch.
     *
     * @param features [N, dimension]
     * @param logits [N, classes], before softmax (for IS: without bias where the extractor says so)
     */
    record Output(Tensor features, Tensor logits) {}

    @Override
    void close();
}
