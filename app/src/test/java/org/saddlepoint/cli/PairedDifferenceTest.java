package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which differences are noise. */
class PairedDifferenceTest {
    @Test
    void theBoundIsStudentsQuantileTimesTheStandardError() {
        PairedDifference difference =
                PairedDifference.of(new double[] {5, 7, 9}, new double[] {4, 4, 4}, 1); // differences 1, 3, 5
        assertThat(difference.mean()).isEqualTo(3);
        assertThat(difference.standardError()).isCloseTo(2 / Math.sqrt(3), within(1e-12));
        assertThat(difference.bound()).isCloseTo(4.302653 * 2 / Math.sqrt(3), within(1e-5));
        assertThat(difference.isReal()).isFalse();
        assertThat(difference.words()).isEqualTo("noise (+3.000 ± 1.155)");
    }

    @Test
    void whatIsSharedBySeedsDoesNotCount() {
        double[] seeds = {10, 200, 3000, 40, 7};
        double[] other = {9.1, 199, 2999.2, 38.9, 6};
        assertThat(PairedDifference.of(seeds, other, 1).isReal()).isTrue();
        assertThat(PairedDifference.of(seeds, other, 1).words()).startsWith("+0.9600 ± 0.");
    }

    @Test
    void noDifferenceIsCalledRealAsOftenAsTheLevelSays() {
        Random random = new Random(5);
        int real = 0;
        int tables = 2000;
        for (int i = 0; i < tables; i++) {
            boolean any = false;
            for (int pair = 0; pair < 3; pair++) {
                double[] a = random.doubles(5, 0, 1).toArray();
                double[] b = random.doubles(5, 0, 1).toArray();
                any |= PairedDifference.of(a, b, 3).isReal();
            }
            real += any ? 1 : 0;
        }
        assertThat(real / (double) tables).isBetween(0.02, 0.08);
    }

    @Test
    void oneSeedTellsNothingAndEqualDifferencesOnlyByTheirNumber() {
        assertThat(PairedDifference.of(new double[] {5}, new double[] {3}, 1).isReal())
                .isFalse();
        assertThat(PairedDifference.of(new double[] {5}, new double[] {3}, 1).words())
                .isEqualTo("+2.000 (one seed)");
        assertThat(PairedDifference.of(new double[] {8, 8}, new double[] {6, 6}, 1)
                        .isReal())
                .isFalse();
        assertThat(PairedDifference.of(new double[] {8, 8, 8, 8, 8, 8}, new double[] {6, 6, 6, 6, 6, 6}, 1)
                        .isReal())
                .isTrue();
        PairedDifference rounded = PairedDifference.of(new double[] {0.3, 0.7, 1.1}, new double[] {0.1, 0.5, 0.9}, 1);
        assertThat(rounded.standardError()).as("all are 0.2, but for rounding").isPositive();
        assertThat(rounded.isReal()).isFalse();
        assertThat(PairedDifference.of(new double[0], new double[0], 1).words()).isEmpty();
    }
}
