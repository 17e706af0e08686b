package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRatesTest {
    @Test
    void constantRatesStay() {
        assertThat(new LearningRates.Constant().factor(7, 10)).isEqualTo(1);
    }

    @Test
    void linearRatesFallToZeroAtTheEnd() {
        LearningRates.Linear fromStart = new LearningRates.Linear(0);
        assertThat(fromStart.factor(0, 200)).isEqualTo(1);
        assertThat(fromStart.factor(50, 200)).isEqualTo(0.75);
        assertThat(fromStart.factor(199, 200)).isCloseTo(0.005, within(1e-15));
        assertThat(fromStart.factor(200, 200)).isZero();
        assertThat(fromStart.factor(300, 200)).isZero();

        LearningRates.Linear late = new LearningRates.Linear(100);
        assertThat(late.factor(100, 200)).isEqualTo(1);
        assertThat(late.factor(150, 200)).isEqualTo(0.5);
        assertThat(new LearningRates.Linear(200).factor(199, 200)).isEqualTo(1); // never begins to fall
        assertThatThrownBy(() -> new LearningRates.Linear(-1)).hasMessage("from must be >= 0 but was -1");
    }
}
