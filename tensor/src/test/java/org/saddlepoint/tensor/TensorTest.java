package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values in and out, and the operations that no gradient flows through. */
@ExtendWith(LeakCheck.class)
class TensorTest {
    @ParameterizedTest
    @EnumSource(DType.class)
    void bytesOfEveryTypeComeBackAsTheyWent(DType dtype) {
        try (TensorScope scope = TensorScope.open()) {
            double[] values = dtype == DType.BOOL ? new double[] {1, 0, 0, 1, 1, 0} : new double[] {0, 1, 2, 3, 100, 5};
            Tensor tensor = Tensors.of(values, 3, 2).to(dtype);
            assertThat(tensor.dtype()).isEqualTo(dtype);
            byte[] bytes = tensor.toByteArray();
            assertThat(bytes).hasSize(6 * dtype.bytes());

            Tensor back = Tensors.ofBytes(dtype, bytes, 3, 2);
            assertThat(back.dtype()).isEqualTo(dtype);
            assertThat(back.shape()).isEqualTo(Shape.of(3, 2));
            assertThat(back.toDoubleArray()).containsExactly(values);
            assertThat(back.toByteArray()).isEqualTo(bytes);
            assertThat(Tensors.ofBytes(dtype, new byte[0], 0, 4).toByteArray()).isEmpty();

            // Row by row, whatever the order in memory.
            Tensor turned = tensor.transpose(0, 1);
            assertThat(Tensors.ofBytes(dtype, turned.toByteArray(), 2, 3)
                            .transpose(0, 1)
                            .toDoubleArray())
                    .containsExactly(values);
        }
    }

    @Test
    void theBytesAreThoseOfTheFormats() {
        try (TensorScope scope = TensorScope.open()) {
            java.nio.ByteBuffer floats = java.nio.ByteBuffer.wrap(
                            Tensors.of(new float[] {1.5f, -0.25f}, 2).toByteArray())
                    .order(java.nio.ByteOrder.nativeOrder());
            assertThat(floats.getFloat()).isEqualTo(1.5f);
            assertThat(floats.getFloat()).isEqualTo(-0.25f);
            short bfloat16 = java.nio.ByteBuffer.wrap(
                            Tensors.full(-1.5, DType.BFLOAT16, 1).toByteArray())
                    .order(java.nio.ByteOrder.nativeOrder())
                    .getShort();
            assertThat(bfloat16).isEqualTo((short) (Float.floatToIntBits(-1.5f) >>> 16));
            assertThat(Tensors.of(new byte[] {-1, 127}, 2).toLongArray()).containsExactly(255, 127);
        }
    }

    @Test
    void onlyFloatingPointTypesTakeGradients() {
        try (TensorScope scope = TensorScope.open()) {
            for (DType dtype : DType.values()) {
                Tensor tensor = Tensors.zeros(dtype, 2);
                if (dtype.isFloatingPoint()) {
                    assertThat(tensor.withGrad(true).requiresGrad()).isTrue();
                } else {
                    assertThatThrownBy(() -> tensor.withGrad(true)).isInstanceOf(TensorException.class);
                }
            }
        }
    }

    @Test
    void valuesGoInAndOutLastAxisFastest() {
        try (TensorScope scope = TensorScope.open()) {
            float[] values = {1, 2, 3, 4, 5, 6};
            Tensor tensor = Tensors.of(values, 2, 3);
            values[0] = 99;
            assertThat(tensor.toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(tensor.transpose(0, 1).toFloatArray()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(tensor.narrow(1, 1, 2).toDoubleArray()).containsExactly(2, 3, 5, 6);
            assertThat(tensor.mul(0.6).toLongArray()).containsExactly(0, 1, 1, 2, 3, 3);
            assertThat(Tensors.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 2)
                            .toLongArray())
                    .containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
            assertThat(Tensors.of(new double[] {Math.PI}, 1).toDoubleArray()).containsExactly(Math.PI);
            assertThat(tensor.size(-1)).isEqualTo(3);
            assertThatThrownBy(() -> tensor.size(2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void valuesThatDoNotFillTheShapeAreRefused() {
        try (TensorScope scope = TensorScope.open()) {
            assertThatThrownBy(() -> Tensors.of(new float[] {1, 2, 3}, 2, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("3 values do not fill a tensor of shape [2, 2]");
            assertThatThrownBy(() -> Tensors.ofBytes(DType.FLOAT32, new byte[6], 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("6 bytes are not a whole number of FLOAT32 elements of 4");
            assertThatThrownBy(() -> Tensors.ofBytes(DType.FLOAT32, new byte[8], 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("2 values do not fill a tensor of shape [1]");
        }
    }

    @Test
    void emptyTensorsHaveNoValues() {
        try (TensorScope scope = TensorScope.open()) {
            assertThat(Tensors.zeros(0, 3).toFloatArray()).isEmpty();
            assertThat(Tensors.zeros(3, 0).toDoubleArray()).isEmpty();
            assertThat(Tensors.of(new long[0], 0).toLongArray()).isEmpty();
            assertThat(Tensors.of(new float[0], 2, 0).sum().item()).isZero();
        }
    }

    @Test
    void factoriesMakeWhatTheySay() {
        try (TensorScope scope = TensorScope.open()) {
            assertThat(Tensors.zeros(2).toFloatArray()).containsExactly(0, 0);
            assertThat(Tensors.ones(2).toFloatArray()).containsExactly(1, 1);
            assertThat(Tensors.full(-3, DType.INT64, 2).toLongArray()).containsExactly(-3, -3);
            assertThat(Tensors.eye(2, DType.FLOAT64).toDoubleArray()).containsExactly(1, 0, 0, 1);
            assertThat(Tensors.arange(4).toLongArray()).containsExactly(0, 1, 2, 3);
            assertThat(Tensors.arange(4).dtype()).isEqualTo(DType.INT64);
            assertThat(Tensors.scalar(0.5).shape()).isEqualTo(Shape.of());
            Tensor other = Tensors.full(9, DType.FLOAT64, 2, 3, 4, 4).channelsLast();
            for (Tensor like : List.of(Tensors.zerosLike(other), Tensors.onesLike(other))) {
                assertThat(like.shape()).isEqualTo(other.shape());
                assertThat(like.dtype()).isEqualTo(DType.FLOAT64);
                assertThat(like.handle.stride(1)).isEqualTo(1);
            }
            assertThat(Tensors.zerosLike(other).sum().item()).isZero();
            assertThat(Tensors.onesLike(other).sum().item()).isEqualTo(96);
        }
    }

    @Test
    void comparisonsAreOfTypeBool() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.of(new float[] {-1, 0, 2}, 3);
            assertThat(x.gt(0).dtype()).isEqualTo(DType.BOOL);
            assertThat(x.gt(0).toLongArray()).containsExactly(0, 0, 1);
            assertThat(x.ge(0).toLongArray()).containsExactly(0, 1, 1);
            assertThat(x.lt(0).toLongArray()).containsExactly(1, 0, 0);
            assertThat(x.le(0).toLongArray()).containsExactly(1, 1, 0);
            assertThat(x.eq(0).toLongArray()).containsExactly(0, 1, 0);
            assertThat(x.eq(x.abs()).toLongArray()).containsExactly(0, 1, 1);
            assertThat(x.sign().toFloatArray()).containsExactly(-1, 0, 1);
            assertThat(x.le(2).all().item()).isEqualTo(1);
            assertThat(x.lt(2).all().item()).isZero();
        }
    }

    @Test
    void isFiniteFindsInfinitiesAndNaN() {
        try (TensorScope scope = TensorScope.open()) {
            float[] values = {1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE};
            assertThat(Tensors.of(values, 5).isFinite().toLongArray()).containsExactly(1, 0, 0, 0, 1);
        }
    }

    @Test
    void argmaxIsTheIndexAlongTheAxis() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.of(new float[] {1, 9, 3, 7, 5, 8}, 2, 3);
            assertThat(x.argmax(1).toLongArray()).containsExactly(1, 2);
            assertThat(x.argmax(0).toLongArray()).containsExactly(1, 0, 1);
            assertThat(x.argmax(-1).dtype()).isEqualTo(DType.INT64);
        }
    }

    @Test
    void viewsShareMemoryAndCopiesDoNot() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.zeros(2, 2);
            Tensor copy = x.copy();
            x.select(0, 1).assign(Tensors.full(5, DType.FLOAT64, 1));
            assertThat(x.toFloatArray()).containsExactly(0, 0, 5, 5);
            x.detach().scaleInPlace(2);
            x.narrow(1, 0, 1).clampInPlace(0, 1);
            assertThat(x.toFloatArray()).containsExactly(0, 0, 1, 10);
            assertThat(copy.toFloatArray()).containsOnly(0);
        }
    }

    @Test
    void operationsLeaveTheirOperands() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor a = Tensors.of(new float[] {-1, 2}, 2);
            Tensor b = Tensors.of(new float[] {3, 4}, 2);
            List<Tensor> results = List.of(a.add(b), a.mul(b), a.relu(), a.neg(), a.clamp(0, 1), a.sub(b), a.exp());
            assertThat(results).hasSize(7);
            assertThat(a.toFloatArray()).containsExactly(-1, 2);
            assertThat(b.toFloatArray()).containsExactly(3, 4);
        }
    }

    @Test
    void channelsLastChangesMemoryAndNotValues() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.arange(24).to(DType.FLOAT32).reshape(1, 2, 3, 4);
            Tensor last = x.channelsLast();
            assertThat(last.shape()).isEqualTo(x.shape());
            assertThat(last.handle.stride(1)).isEqualTo(1);
            assertThat(last.toFloatArray()).containsExactly(x.toFloatArray());
            assertThat(last.contiguous().handle.stride(3)).isEqualTo(1);
        }
    }
}
