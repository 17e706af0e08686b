package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LeakCheck.class)
class TensorExceptionTest {
    static Stream<Arguments> refused() {
        return Stream.of(
                refused("add(float32[2], float32[3])", () -> Tensors.ones(2).add(Tensors.ones(3))),
                refused("matmul(float32[2, 3], float32[2, 3])", () -> Tensors.ones(2, 3)
                        .matmul(Tensors.ones(2, 3))),
                refused("matmul(float32[2, 3], float64[3, 2])", () -> Tensors.ones(2, 3)
                        .matmul(Tensors.zeros(DType.FLOAT64, 3, 2))),
                refused("reshape(float32[4])", () -> Tensors.ones(4).reshape(3)),
                refused("select(float32[4])", () -> Tensors.ones(4).select(0, 4)),
                refused("squeeze(float32[4])", () -> Tensors.ones(4).squeeze(2)),
                refused("mean(int64[3])", () -> Tensors.arange(3).mean()),
                refused("max(float32[0])", () -> Tensors.zeros(0).max()),
                refused("gather(float32[2], float32[2])", () -> Tensors.ones(2).gather(0, Tensors.ones(2))),
                refused("setRequiresGrad(int64[3])", () -> Tensors.arange(3).withGrad(true)),
                refused("assign(float32[2], float32[3])", () -> Tensors.ones(2).assign(Tensors.ones(3))),
                refused(
                        "cat(float32[2, 2], float32[3, 3])",
                        () -> Tensors.cat(List.of(Tensors.ones(2, 2), Tensors.ones(3, 3)), 0)),
                refused("cat()", () -> Tensors.cat(List.of(), 0)),
                refused(
                        "stack(float32[2], float32[3])",
                        () -> Tensors.stack(List.of(Tensors.ones(2), Tensors.ones(3)), 0)),
                refused("zeros()", () -> Tensors.zeros(-1)),
                refused(
                        "linear(float32[2, 3], float32[4, 5])",
                        () -> Functional.linear(Tensors.ones(2, 3), Tensors.ones(4, 5), null)),
                refused(
                        "conv2d(float32[1, 2, 4, 4], float32[3, 1, 3, 3])",
                        () -> Functional.conv2d(Tensors.ones(1, 2, 4, 4), Tensors.ones(3, 1, 3, 3), null, 1, 1)),
                refused(
                        "convTranspose2d(float32[1, 2, 4, 4], float32[3, 1, 3, 3])",
                        () -> Functional.convTranspose2d(
                                Tensors.ones(1, 2, 4, 4), Tensors.ones(3, 1, 3, 3), null, 1, 1, 0)),
                refused(
                        "groupNorm(float32[2, 3])",
                        () -> Functional.groupNorm(Tensors.ones(2, 3), 2, null, null, 1e-5)),
                refused(
                        "reflectionPad2d(float32[1, 1, 2, 2])",
                        () -> Functional.reflectionPad2d(Tensors.ones(1, 1, 2, 2), 2)),
                refused(
                        "embedding(float32[3, 2], int64[4])",
                        () -> Functional.embedding(Tensors.ones(3, 2), Tensors.arange(4))),
                refused(
                        "crossEntropy(float32[3, 2], int64[3])",
                        () -> Functional.crossEntropy(Tensors.ones(3, 2), Tensors.arange(3))),
                refused(
                        "solve(float64[2, 2], float64[2])",
                        () -> Linalg.solve(Tensors.zeros(DType.FLOAT64, 2, 2), Tensors.zeros(DType.FLOAT64, 2))),
                refused(
                        "cholesky(float64[2, 2])",
                        () -> Linalg.cholesky(Tensors.eye(2, DType.FLOAT64).neg())),
                refused("eigenSymmetric(float32[2, 3])", () -> Linalg.eigenSymmetric(Tensors.ones(2, 3))),
                refused("qr(float32[3])", () -> Linalg.qr(Tensors.ones(3))));
    }

    private static Arguments refused(String call, ThrowingCallable operation) {
        return Arguments.of(call, operation);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void oneLineNamesTheOperationAndTheShapesAndTheReason(String call, ThrowingCallable operation) {
        try (TensorScope scope = TensorScope.open()) {
            Throwable failure = catchThrowable(operation);
            assertThat(failure).isExactlyInstanceOf(TensorException.class);
            requireReadable(failure.getMessage());
            assertThat(failure.getMessage()).startsWith(call + ": ");
            assertThat(failure.getMessage().length()).isGreaterThan(call.length() + 15);
        }
    }

    @Test
    void outOfMemorySaysWhatToDo() {
        try (TensorScope scope = TensorScope.open()) {
            Throwable failure =
                    catchThrowable(() -> Tensors.ones(1).expand(1L << 50).copy());
            assertThat(failure)
                    .isInstanceOf(TensorException.class)
                    .hasMessageStartingWith("copy(float32[1125899906842624]): not enough memory (")
                    .hasMessageEndingWith("; use a smaller batch or a smaller model");
            requireReadable(failure.getMessage());
            assertThat(Tensors.ones(2).sum().item()).as("the engine works on").isEqualTo(2);
        }
    }

    @Test
    void nativeFramesAndLineBreaksAreCutOff() {
        RuntimeException failure =
                new RuntimeException("first line\n  second line\nException raised from f at /a/b.cpp:1"
                        + " (most recent call first):\nframe #0: g + 0xac (0x7f in /c/libd.so)\n");
        assertThat(TensorException.of("op", failure)).hasMessage("op(): first line second line");
        RuntimeException other = new RuntimeException("reason\nframe #0: g + 0xac (0x7f in /c/libd.so)\n");
        assertThat(TensorException.of("op", other)).hasMessage("op(): reason");
    }

    @Test
    void itemWantsOneElement() {
        try (TensorScope scope = TensorScope.open()) {
            assertThat(Tensors.full(2.5, DType.FLOAT32, 1, 1).item()).isEqualTo(2.5);
            assertThat(Tensors.scalar(1).gt(0).item()).isEqualTo(1);
            assertThat(Tensors.scalar(1).gt(2).item()).isZero();
            assertThat(Tensors.full(7, DType.BFLOAT16).item()).isEqualTo(7);
            assertThat(Tensors.full(-7, DType.INT64).item()).isEqualTo(-7);
            assertThatThrownBy(() -> Tensors.ones(2, 3).item())
                    .isInstanceOf(TensorException.class)
                    .hasMessage("item(): expected one element but the shape was [2, 3]");
            assertThatThrownBy(() -> Tensors.zeros(0).item())
                    .isInstanceOf(TensorException.class)
                    .hasMessage("item(): expected one element but the shape was [0]");
        }
    }

    private static void requireReadable(String message) {
        assertThat(message)
                .doesNotContain("\n", "\r", "frame #", "Exception raised from", ".so)", "/home/", "/usr/", "0x");
    }
}
