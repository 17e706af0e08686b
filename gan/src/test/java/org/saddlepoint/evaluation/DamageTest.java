package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DamageTest {
    private static final int SIDE = 9;

    @Test
    void aBlurredPointIsAGaussian() {
        float[] point = new float[SIDE * SIDE];
        point[4 * SIDE + 4] = 1;
        Damage.blur(point, SIDE, 1);
        double norm = 0;
        for (int i = -3; i <= 3; i++) {
            norm += Math.exp(-i * i / 2.0);
        }
        assertThat((double) point[4 * SIDE + 4]).isCloseTo(1 / (norm * norm), within(1e-6));
        assertThat((double) point[4 * SIDE + 6]).isCloseTo(Math.exp(-2) / (norm * norm), within(1e-6));
        assertThat((double) point[5 * SIDE + 3]).isCloseTo(Math.exp(-1) / (norm * norm), within(1e-6));
    }

    @Test
    void whatIsEvenStaysEvenAndZeroChangesNothing() {
        float[] even = new float[3 * SIDE * SIDE];
        Arrays.fill(even, 0.25f);
        Damage.blur(even, SIDE, 2);
        for (float value : even) {
            assertThat(value).isCloseTo(0.25f, within(1e-6f));
        }
        float[] image = {-1, 0.5f, 1, 0};
        float[] same = image.clone();
        Damage.blur(same, 2, 0);
        Damage.noise(same, 0, new SplittableRandom(1));
        Damage.gain(same, 1);
        assertThat(same).containsExactly(image);
    }

    @Test
    void noiseHasItsDeviationAndGainItsLight() {
        float[] grey = new float[20_000];
        Damage.noise(grey, 0.1, new SplittableRandom(1));
        double squares = 0;
        for (float value : grey) {
            squares += (double) value * value;
        }
        assertThat(Math.sqrt(squares / grey.length)).isCloseTo(0.1, within(0.002));
        float[] colours = {0, -1, 0, 1}; // two channels of two pixels
        Damage.gain(colours, 0.5, 1.5);
        assertThat(colours).containsExactly(-0.5f, -1, 0.5f, 1); // limited
    }
}
