package org.saddlepoint.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/** The tensors of {@code golden_half.py}, whatever format they come from. */
final class HalfPrecision {
    /** 1, -2.5, 1/3, 2^-24 (the least above 0), 65504 (the largest), -0, infinity and 1e-4, rounded to float16. */
    private static final float[] HALF = {
        1, -2.5f, 0x1.554p-2f, 0x1p-24f, 65504, -0f, Float.POSITIVE_INFINITY, 0x1.a38p-14f
    };

    /** The same, rounded to bfloat16. */
    private static final float[] BRAIN = {
        1, -2.5f, 0x1.56p-2f, 0x1p-24f, 65536, -0f, Float.POSITIVE_INFINITY, 0x1.a4p-14f
    };

    private HalfPrecision() {}

    static void require(Map<String, Tensor> read) {
        assertThat(read.keySet()).containsExactlyInAnyOrder("half", "turned", "brain", "single");
        Tensor half = read.get("half");
        assertThat(half.dtype()).isEqualTo(DType.FLOAT16);
        assertThat(half.shape()).isEqualTo(Shape.of(2, 4));
        assertThat(half.toFloatArray()).containsExactly(HALF);
        Tensor turned = read.get("turned");
        assertThat(turned.shape()).isEqualTo(Shape.of(3, 2));
        assertThat(turned.toFloatArray()).containsExactly(HALF[0], HALF[3], HALF[1], HALF[4], HALF[2], HALF[5]);
        assertThat(read.get("brain").dtype()).isEqualTo(DType.BFLOAT16);
        assertThat(read.get("brain").toFloatArray()).containsExactly(BRAIN);
        assertThat(read.get("single").toFloatArray()).containsExactly(1 / 3f);
    }
}
