package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class AutogradTest {
    @Test
    void aTensorThatIsNoScalarCountsAsItsSum() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(1, 2, 3);
            assertThat(gradient(x.square(), x)).containsExactly(2, 4, 6);
            assertThat(gradient(x.square().sum(), x)).containsExactly(2, 4, 6);
        }
    }

    @Test
    void gradientsOfSeveralOutputsAddUp() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(1, 2);
            Tensor y = leaf(5);
            List<Tensor> gradients = Autograd.grad(List.of(x.square(), x.sum().mul(y)), List.of(x, y), false);
            assertThat(gradients.get(0).toDoubleArray()).containsExactly(2 + 5, 4 + 5);
            assertThat(gradients.get(1).toDoubleArray()).containsExactly(3);
        }
    }

    @Test
    void givenOutputGradientsWeighTheJacobian() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(1, 2);
            Tensor seed = Tensors.of(new double[] {10, -1}, 2);
            Tensor gradient = Autograd.grad(List.of(x.pow(3)), List.of(x), List.of(seed), false)
                    .get(0);
            assertThat(gradient.toDoubleArray()).containsExactly(30, -12);
        }
    }

    @Test
    void onlyWithCreateGraphAreGradientsDifferentiable() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(2);
            Tensor first = Autograd.grad(List.of(x.pow(4)), List.of(x), true).get(0);
            assertThat(first.requiresGrad()).isTrue();
            Tensor second = Autograd.grad(List.of(first), List.of(x), true).get(0);
            Tensor third = Autograd.grad(second, List.of(x)).get(0);
            assertThat(first.item()).isEqualTo(32);
            assertThat(second.item()).isEqualTo(48);
            assertThat(third.item()).isEqualTo(48);
            assertThat(third.requiresGrad()).isFalse();
            assertThatThrownBy(() -> Autograd.grad(third, List.of(x)))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("does not require grad");
        }
    }

    @Test
    void whatAChangeOfAGradientThrowsIsThrownAsItIs() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(1, 2);
            Tensor y = x.square();
            IllegalStateException failure = new IllegalStateException("a peer is gone");
            Autograd.onGradient(y, gradient -> {
                throw failure;
            });
            assertThatThrownBy(() -> Autograd.grad(y.sum(), List.of(x))).isSameAs(failure);
            assertThat(gradient(x.square(), x)).containsExactly(2, 4);
        }
    }

    /** Of d(2x² )/dx = 4x by a change that doubles, the graph of the change is not known. */
    @Test
    void aChangedGradientHasNoSecondDerivative() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(3);
            Tensor y = x.mul(x);
            Tensor z = y.mul(y);
            Autograd.onGradient(y, gradient -> gradient.mul(2));
            Tensor first = Autograd.grad(List.of(z), List.of(x), true).get(0);
            assertThat(first.item()).isEqualTo(2 * 4 * 27);
            assertThat(gradient(first, x)).containsExactly(2 * 2 * 9 * 2); // 2·(2y)·(2x), of which only 2x is known
        }
    }

    /** Of a critic D(x) = w·x the penalty is (‖w‖ − 1)², whatever x; its gradient is 2 (‖w‖ − 1) w / ‖w‖. */
    @Test
    void theGradientPenaltyOfALinearCriticIsKnown() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor w = leaf(3, 4);
            Tensor x = Tensors.of(new double[] {0.1, -2, 7, 5, 1, 1}, 3, 2).withGrad(true);
            Tensor slope = Autograd.grad(List.of(x.matmul(w)), List.of(x), true).get(0);
            Tensor penalty = slope.norm(1).sub(1).square().mean();
            assertThat(penalty.item()).isCloseTo(16, offset(1e-12));
            assertThat(gradient(penalty, w)).containsExactly(new double[] {4.8, 6.4}, offset(1e-12));
        }
    }

    @Test
    void inputsThatTheOutputDoesNotDependOnAreAnError() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(1, 2);
            Tensor unused = leaf(1);
            assertThatThrownBy(() -> Autograd.grad(x.sum(), List.of(x, unused)))
                    .isInstanceOf(TensorException.class)
                    .hasMessageStartingWith("grad(float64[]): ")
                    .hasMessageContaining("not have been used in the graph");
            assertThatThrownBy(() -> Autograd.grad(x.detach().sum(), List.of(x)))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("does not require grad");
            assertThatThrownBy(() -> Autograd.grad(x.sum(), List.of(Tensors.ones(2))))
                    .isInstanceOf(TensorException.class);
        }
    }

    @Test
    void withoutCreateGraphTheGraphIsFreed() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(1, 2);
            Tensor loss = x.square().sum();
            assertThat(gradient(loss, x)).containsExactly(2, 4);
            assertThatThrownBy(() -> Autograd.grad(loss, List.of(x)))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("second time");
        }
    }

    /** One network's gradients are asked for; the other's are neither computed into results nor gathered anywhere. */
    @Test
    void gradientsOfOneNetworkLeaveTheOtherUntouched() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor generator = leaf(2);
            Tensor discriminator = leaf(5);
            Tensor fake = generator.mul(3);
            Tensor logits = discriminator.mul(fake);
            assertThat(Autograd.grad(List.of(logits), List.of(discriminator), true))
                    .singleElement()
                    .satisfies(g -> assertThat(g.item()).isEqualTo(6));
            assertThat(Autograd.grad(logits, List.of(generator)))
                    .singleElement()
                    .satisfies(g -> assertThat(g.item()).isEqualTo(15));
            for (Tensor weight : List.of(generator, discriminator)) {
                assertThat(weight.handle.grad().defined()).isFalse();
                assertThat(weight.requiresGrad()).isTrue();
            }
            assertThat(generator.item()).isEqualTo(2);
            assertThat(discriminator.item()).isEqualTo(5);
        }
    }

    @Test
    void detachStopsGradientsAndWithGradStartsThem() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(3);
            assertThat(x.mul(x.detach()).requiresGrad()).isTrue();
            assertThat(gradient(x.mul(x.detach()), x)).containsExactly(3);
            assertThat(x.detach().requiresGrad()).isFalse();
            assertThat(x.withGrad(false).requiresGrad()).isFalse();
            assertThat(x.requiresGrad()).as("the original").isTrue();
        }
    }

    @Test
    void noGradRecordsNothingUntilItIsClosedAndNoLonger() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(3);
            try (Autograd.Recording outer = Autograd.noGrad()) {
                assertThat(x.square().requiresGrad()).isFalse();
                try (Autograd.Recording inner = Autograd.noGrad()) {
                    assertThat(x.square().requiresGrad()).isFalse();
                }
                assertThat(x.square().requiresGrad()).isFalse();
            }
            assertThat(x.square().requiresGrad()).as("in the same scope").isTrue();
            try (Autograd.Recording off = Autograd.noGrad();
                    TensorScope inner = TensorScope.open()) {
                assertThat(x.square().requiresGrad()).isFalse();
            }
            assertThat(x.square().requiresGrad()).isTrue();
        }
    }

    @Test
    void noGradIsOfOneThread() throws Exception {
        boolean[] recorded = new boolean[1];
        try (Autograd.Recording off = Autograd.noGrad()) {
            Thread other = new Thread(() -> {
                try (TensorScope scope = TensorScope.open()) {
                    recorded[0] = leaf(3).square().requiresGrad();
                }
            });
            other.start();
            other.join();
        }
        assertThat(recorded[0]).isTrue();
    }

    @Test
    void changesInPlaceAreNotRecordedAndRecordingGoesOnAfterThem() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = leaf(3, -4);
            x.assign(Tensors.of(new float[] {5, -6}, 2));
            x.scaleInPlace(2);
            x.clampInPlace(-11, 9);
            assertThat(x.toDoubleArray()).containsExactly(9, -11);
            assertThat(gradient(x.square(), x)).containsExactly(18, -22);
        }
    }

    private static Tensor leaf(double... values) {
        return Tensors.of(values, values.length).withGrad(true);
    }

    private static double[] gradient(Tensor output, Tensor input) {
        return Autograd.grad(output, List.of(input)).get(0).toDoubleArray();
    }
}
