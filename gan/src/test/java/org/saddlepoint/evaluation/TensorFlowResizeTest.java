package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Closed forms of source pixel i · in / out. */
@ExtendWith(LeakCheck.class)
class TensorFlowResizeTest {
    @Test
    void outputPixelsLookAtTheSourceWithoutAHalfPixelsOffset() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor row = Tensors.of(new float[] {0, 10, 40}, 1, 1, 1, 3);
            assertThat(TensorFlowResize.resize(row, 1, 6).toFloatArray()).containsExactly(0, 5, 10, 25, 40, 40);
            Tensor column = row.transpose(2, 3);
            assertThat(TensorFlowResize.resize(column, 6, 1).toFloatArray()).containsExactly(0, 5, 10, 25, 40, 40);
            Tensor four = Tensors.of(new float[] {1, 2, 3, 4}, 1, 1, 1, 4);
            assertThat(TensorFlowResize.resize(four, 1, 2).toFloatArray()).containsExactly(1, 3);
        }
    }

    @Test
    void imagesOfTheSizeStayAsTheyAre() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor images = Tensors.arange(24).to(DType.FLOAT32).reshape(1, 2, 3, 4);
            assertThat(TensorFlowResize.resize(images, 3, 4).toFloatArray()).isEqualTo(images.toFloatArray());
        }
    }
}
