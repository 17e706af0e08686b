package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.saddlepoint.tensor.TensorScopeTest.requireAlive;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class RetainedTest {
    @Test
    void holdsACopyThatLivesOutsideEveryScope() {
        Retained owner;
        try (TensorScope scope = TensorScope.open()) {
            Tensor source = Tensors.of(new float[] {1, 2}, 2);
            owner = Retained.copyOf(source);
            requireAlive(1, 1, 1);
            source.scaleInPlace(10);
            assertThat(owner.tensor().toFloatArray()).containsExactly(1, 2);
        }
        requireAlive(0, 0, 1);
        assertThat(owner.tensor()).isSameAs(owner.tensor());
        assertThat(owner.tensor().toFloatArray()).containsExactly(1, 2);
        owner.close();
        requireAlive(0, 0, 0);
    }

    @Test
    void changesToItStayAndDoNotReachTheSource() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor source = Tensors.ones(2);
            try (Retained owner = Retained.copyOf(source)) {
                try (TensorScope step = TensorScope.open()) {
                    owner.tensor().assign(Tensors.of(new float[] {7, 8}, 2));
                }
                assertThat(owner.tensor().toFloatArray()).containsExactly(7, 8);
                assertThat(source.toFloatArray()).containsExactly(1, 1);
            }
        }
    }

    @Test
    void isALeafWhateverItWasCopiedFrom() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.ones(2).withGrad(true);
            try (Retained owner = Retained.copyOf(x.mul(3))) {
                assertThat(owner.tensor().requiresGrad()).isFalse();
                owner.tensor().setRequiresGrad(true);
                Tensor gradient = Autograd.grad(owner.tensor().square().sum(), List.of(owner.tensor()))
                        .get(0);
                assertThat(gradient.toFloatArray()).containsExactly(6, 6);
            }
        }
    }

    @Test
    void keepsTheMemoryOrder() {
        try (TensorScope scope = TensorScope.open();
                Retained owner = Retained.copyOf(Tensors.ones(2, 3, 4, 4).channelsLast())) {
            assertThat(owner.tensor().handle.stride(1)).isEqualTo(1);
        }
    }

    @Test
    void closingTwiceFreesOnceAndUseAfterwardsThrows() {
        Retained owner;
        try (TensorScope scope = TensorScope.open()) {
            owner = Retained.copyOf(Tensors.ones(2));
        }
        Tensor tensor = owner.tensor();
        owner.close();
        owner.close();
        requireAlive(0, 0, 0);
        assertThatThrownBy(owner::tensor).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(tensor::toFloatArray).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingInsideAScopeFreesAtOnce() {
        try (TensorScope scope = TensorScope.open()) {
            Retained owner = Retained.copyOf(Tensors.ones(2));
            try (TensorScope inner = TensorScope.open()) {
                owner.close();
                assertThatThrownBy(owner::tensor).isInstanceOf(IllegalStateException.class);
            }
            requireAlive(1, 1, 0);
        }
    }
}
