package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.theory.Mixture;
import org.saddlepoint.theory.Normal;
import org.saddlepoint.theory.Uniform;

@ExtendWith(LeakCheck.class)
class EvenSamplesTest {
    @Test
    void quantilesOfKnownDensities() {
        assertThat(EvenSamples.quantiles(new Uniform(2, 6), 4))
                .containsExactly(new double[] {2.5, 3.5, 4.5, 5.5}, within(1e-9));
        double[] normal = EvenSamples.quantiles(new Normal(1, 2), 20);
        assertThat(normal[19]).isCloseTo(1 + 2 * 1.959963984540054, within(1e-9)); // 97.5%
        assertThat(normal[0] + normal[19]).isCloseTo(2, within(1e-9));
    }

    @Test
    void aBatchHasOneValueInEachPartAndDiffersFromTheNext() {
        Mixture density = Mixture.of(new Normal(-2, 0.5), new Normal(2, 0.5));
        EvenSamples samples = new EvenSamples(density);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            double[] first = samples.draw(64, random).toDoubleArray();
            double[] second = samples.draw(64, random).toDoubleArray();
            for (int i = 0; i < 64; i++) {
                assertThat(density.cumulative(first[i])).isBetween(i / 64.0 - 1e-6, (i + 1) / 64.0 + 1e-6);
            }
            assertThat(Arrays.equals(first, second)).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> samples.draw(100, random))
                    .withMessage("count must divide 8192 but was 100");
        }
    }
}
