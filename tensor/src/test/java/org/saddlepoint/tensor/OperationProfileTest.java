package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class OperationProfileTest {
    @Test
    void operationsAreCountedWhileItIsOpen() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = Tensors.of(new float[] {1, 2}, 2).withGrad(true);
            x.square();
            try (OperationProfile profile = OperationProfile.open()) {
                assertThatThrownBy(OperationProfile::open).hasMessageContaining("close it first");
                Tensor squares = x.square();
                x.square();
                Autograd.grad(squares.sum(), List.of(x));
                assertThat(calls(profile, "square")).isEqualTo(2);
                assertThat(calls(profile, "grad")).isEqualTo(1);
                List<OperationProfile.Total> totals = profile.totals();
                assertThat(totals).allMatch(total -> total.seconds() > 0);
                assertThat(totals.get(0).seconds())
                        .isGreaterThanOrEqualTo(totals.get(totals.size() - 1).seconds());
                profile.close();
                x.square();
                assertThat(calls(profile, "square")).isEqualTo(2);
            }
        }
        try (OperationProfile next = OperationProfile.open()) {
            assertThat(next.totals()).isEmpty();
        }
    }

    private static long calls(OperationProfile profile, String operation) {
        return profile.totals().stream()
                .filter(total -> total.operation().equals(operation))
                .mapToLong(OperationProfile.Total::calls)
                .sum();
    }
}
