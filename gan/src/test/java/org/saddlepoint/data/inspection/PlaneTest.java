package org.saddlepoint.data.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlaneTest {
    /** x + 10 y, on 6 × 5 pixels. */
    private static Plane ramp() {
        float[] values = new float[30];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 6 + 10 * (i / 6);
        }
        return new Plane(6, 5, values);
    }

    @Test
    void movingByWholePixelsCopiesThem() {
        Plane moved = ramp().shifted(1, -1);
        assertThat(moved.values()[2 * 6 + 3]).isEqualTo(4 + 10 * 1f);
        assertThat(moved.values()[0]).as("the border is continued").isEqualTo(1);
        assertThat(moved.values()[4 * 6 + 5]).isEqualTo(5 + 10 * 3f);
    }

    @Test
    void betweenPixelsASlopeIsExact() {
        Plane moved = ramp().shifted(0.25, 0.5);
        assertThat(moved.values()[2 * 6 + 2]).isCloseTo(2.25f + 25, within(1e-4f));
    }

    @Test
    void resizingKeepsTheMeanAndDeviationIsThatOfAllValues() {
        Plane small = ramp().resized(3, 5);
        assertThat(small.values()).hasSize(15);
        double sum = 0;
        for (float value : small.values()) {
            sum += value;
        }
        assertThat(sum / 15).isCloseTo(22.5, within(1e-3));
        assertThat(ramp().resized(6, 5).values()).isEqualTo(ramp().values());
        assertThat(new Plane(2, 2, new float[] {1, 3, 1, 3}).deviation()).isEqualTo(1);
    }

    @Test
    void bytesAreRoundedAndLimited() {
        assertThat(new Plane(4, 1, new float[] {-3, 1.6f, 254.5f, 999}).unsigned())
                .containsExactly(0, 2, -1, -1);
    }
}
