package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    @Test
    void onlyTheOrderCounts() {
        double[] x = {1, 2, 3, 4, 5};
        assertThat(RankCorrelation.spearman(x, new double[] {-9, 0, 0.1, 70, 1e6}))
                .isCloseTo(1, within(1e-12));
        assertThat(RankCorrelation.spearman(x, new double[] {5, 4, 3, 2, -1})).isCloseTo(-1, within(1e-12));
    }

    @Test
    void withoutTiesItIsSpearmansFormula() {
        // 1 − 6 Σ d² / n(n² − 1) with d = −1, 1, −1, 1, 0
        assertThat(RankCorrelation.spearman(new double[] {1, 2, 3, 4, 5}, new double[] {2, 1, 4, 3, 5}))
                .isCloseTo(1 - 6 * 4 / 120.0, within(1e-12));
    }

    @Test
    void tiesShareTheirRank() {
        // ranks 0.5, 0.5, 2 against 0, 1, 2: 1.5 / √(1.5 · 2)
        assertThat(RankCorrelation.spearman(new double[] {7, 7, 9}, new double[] {1, 2, 3}))
                .isCloseTo(1.5 / Math.sqrt(3), within(1e-12));
        assertThat(RankCorrelation.spearman(new double[] {7, 7}, new double[] {1, 2}))
                .isNaN();
    }

    @Test
    void seriesMustFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankCorrelation.spearman(new double[] {1, 2}, new double[] {1}))
                .withMessageContaining("given 2 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankCorrelation.spearman(new double[] {1, Double.NaN}, new double[] {1, 2}))
                .withMessageContaining("NaN");
    }
}
