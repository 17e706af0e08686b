package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counts the native objects behind the tensors: numbers, options and lists that no statistics of ours sees. */
@ExtendWith(LeakCheck.class)
class NativeMemoryTest {
    private static final int WARM_UP = 20;
    private static final int LOOPS = 2_000;

    @Test
    void twoThousandStepsLeaveNoNativeObject() {
        requireConstant(LOOPS, NativeMemoryTest::penaltyStep);
    }

    @Test
    void neitherDoFailures() {
        requireConstant(500, () -> assertThatThrownBy(() -> {
                    try (TensorScope scope = TensorScope.open()) {
                        Tensor x = Tensors.ones(2, 3).withGrad(true);
                        x.mul(2).matmul(x);
                    }
                })
                .isInstanceOf(TensorException.class));
    }

    @Test
    void neitherDoOwnersGeneratorsModesOrNumbersOut() {
        requireConstant(500, () -> {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(1);
                    Autocast bfloat16 = Autocast.bfloat16(Device.CPU);
                    Autograd.Recording off = Autograd.noGrad();
                    Retained owner = Retained.copyOf(random.normal(3, 4))) {
                random.restore(random.state());
                owner.tensor().scaleInPlace(0.5);
                owner.tensor().toFloatArray();
                owner.tensor().toByteArray();
                owner.tensor().matmul(random.normal(4, 2)).sum().item();
                Linalg.eigenSymmetric(Tensors.eye(3, DType.FLOAT64)).values().toDoubleArray();
            }
        });
    }

    /** A step with a gradient penalty and an update: what trains a critic. */
    private static void penaltyStep() {
        try (TensorScope step = TensorScope.open()) {
            Tensor weight = Tensors.ones(1, 1, 3, 3).withGrad(true);
            Tensor images = Tensors.ones(2, 1, 4, 4).withGrad(true);
            Tensor logits;
            try (TensorScope inner = TensorScope.open()) {
                logits = inner.promote(Functional.conv2d(images, weight, null, 1, 1)
                        .leakyRelu(0.2)
                        .sum(false, 1, 2, 3));
            }
            Tensor slope = Autograd.grad(List.of(logits), List.of(images), true).get(0);
            Tensor loss = slope.flatten(1).norm(1).sub(1).square().mean().add(logits.mean());
            List<Tensor> gradients = Autograd.grad(loss, List.of(weight));
            OptimizerKernels.adam(
                    List.of(weight),
                    gradients,
                    new OptimizerKernels.AdamState(
                            List.of(Tensors.zerosLike(weight)),
                            List.of(Tensors.zerosLike(weight)),
                            List.of(Tensors.scalar(0))),
                    new OptimizerKernels.AdamSettings(1e-3, 0.5, 0.9, 1e-8, 0));
            assertThat(weight.isFinite().all().item()).isEqualTo(1);
        }
    }

    private static void requireConstant(int loops, Runnable work) {
        try (OneThread alone = new OneThread()) {
            for (int i = 0; i < WARM_UP; i++) {
                work.run();
            }
            long left = -1;
            for (int round = 0; left < 0 && round < 20; round++) { // fewer: something older was freed in the midst
                long before = settledCount();
                for (int i = 0; i < loops; i++) {
                    work.run();
                }
                left = Pointer.totalCount() - before;
            }
            assertThat(left).as("native objects left by " + loops + " loops").isZero();
        }
    }

    /** The count once the garbage collector has freed what tests before made where no scope was open. */
    private static long settledCount() {
        long before;
        do {
            before = Pointer.totalCount();
            System.gc();
            LockSupport.parkNanos(100_000_000);
        } while (Pointer.totalCount() != before);
        return before;
    }
}
