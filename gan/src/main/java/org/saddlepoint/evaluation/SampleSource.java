package org.saddlepoint.evaluation;

import org.saddlepoint.tensor.Tensor;

/** Generated samples that come in batches, in an order that means nothing, each once. */
public interface SampleSource {
    /** What the samples are called in messages. */
    String name();

    /** Sizes of one sample's axes: [C, H, W], or [D] for points. */
    int[] shape();

    /** How many there are at most. */
    int available();

    /** Whose samples: {@code moving average}, {@code last} or {@code files}. */
    String weights();

    /** The next samples, [count, …], images in [−1, 1]; in the current scope. */
    Tensor next(int count);
}
