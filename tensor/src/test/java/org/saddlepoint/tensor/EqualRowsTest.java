package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class EqualRowsTest {
    private static final int ROWS = 16;

    /** On processors with bfloat16 instructions of AMD the rows from the seventh on differ in the last bits without it. */
    @ParameterizedTest
    @CsvSource({"64, 64", "100, 512", "128, 1", "512, 192"})
    void aRowHasTheSameBitsInEachPlace(int in, int out) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor weight = random.normal(out, in);
            Tensor bias = random.normal(out);
            Tensor row = random.normal(1, in);
            double[] plain = Functional.linear(row, weight, bias).toDoubleArray();
            float[] first = null;
            for (int place = 0; place < ROWS; place++) {
                Tensor others = random.normal(ROWS, in);
                List<Tensor> rows = new ArrayList<>();
                for (int i = 0; i < ROWS; i++) {
                    rows.add(i == place ? row : others.narrow(0, i, 1));
                }
                float[] found;
                try (EqualRows equal = EqualRows.open()) {
                    found = Functional.linear(Tensors.cat(rows, 0), weight, bias)
                            .narrow(0, place, 1)
                            .toFloatArray();
                }
                first = first == null ? found : first;
                assertThat(found).as("in place %d", place).isEqualTo(first);
                for (int k = 0; k < out; k++) {
                    assertThat(found[k]).isCloseTo((float) plain[k], within(2e-4f));
                }
            }
        }
    }

    @Test
    void itHoldsUntilItIsClosed() {
        try (EqualRows outer = EqualRows.open()) {
            EqualRows.open().close();
            assertThat(EqualRows.isOpen()).isTrue();
        }
        assertThat(EqualRows.isOpen()).isFalse();
    }
}
