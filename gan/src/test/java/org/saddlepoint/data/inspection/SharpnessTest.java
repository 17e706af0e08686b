package org.saddlepoint.data.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharpnessTest {
    /** Upright edges of a Gaussian's integral, as many as asked for. */
    private static Plane edges(double deviation, int edges) {
        int side = 128;
        float[] values = new float[side * side];
        for (int i = 0; i < values.length; i++) {
            double value = 20;
            for (int e = 1; e <= edges; e++) {
                double t = (i % side - side * e / (edges + 1.0)) / deviation;
                value += (e % 2 == 0 ? -1 : 1) * 200 / (1 + Math.exp(-1.702 * t)); // the integral within 0.01
            }
            values[i] = (float) value;
        }
        return new Plane(side, side, values);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 3, 4})
    void anEdgeGivesItsWidthHoweverManyThereAre(double deviation) {
        double expected = 1 / (2 * deviation * deviation);
        assertThat((double) Sharpness.of(edges(deviation, 1))).isCloseTo(expected, within(0.15 * expected));
        assertThat((double) Sharpness.of(edges(deviation, 3))).isCloseTo(expected, within(0.15 * expected));
    }

    @Test
    void withoutEdgesThereIsNone() {
        assertThat(Sharpness.of(new Plane(16, 16, new float[256]))).isNaN();
        assertThat(Sharpness.of(new Plane(2, 2, new float[] {0, 255, 0, 255}))).isNaN();
    }

    @Test
    void blurLowersIt() {
        float sharp = Sharpness.of(Plane.luma(Motifs.source(Motifs.motif(3, 64, 64))));
        float blurred = Sharpness.of(Plane.luma(Motifs.source(Motifs.blurred(Motifs.motif(3, 64, 64), 5))));
        assertThat(blurred).isLessThan(0.4f * sharp);
    }
}
