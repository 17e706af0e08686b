package org.saddlepoint.data.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class LowFrequenciesTest {
    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return Math.sqrt(sum);
    }

    private static float[] described(BufferedImage image) {
        return LowFrequencies.of(Plane.luma(Motifs.source(image)));
    }

    @Test
    void aWaveOfTheTransformIsOneNumber() {
        int side = 16;
        float[] values = new float[side * side];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (100 + 30 * Math.cos(Math.PI * 2 * (i % side + 0.5) / side));
        }
        float[] found = LowFrequencies.of(new Plane(side, side, values));
        int ones = 0;
        for (float each : found) {
            assertThat(Math.abs(each)).satisfiesAnyOf(v -> assertThat(v).isCloseTo(0, within(1e-5f)), v -> assertThat(v)
                    .isCloseTo(1, within(1e-5f)));
            ones += Math.abs(each) > 0.5 ? 1 : 0;
        }
        assertThat(ones).isOne();
    }

    @Test
    void contrastAndBrightnessDoNotMatterAndAnEvenPlaneHasNone() {
        Plane plane = Plane.luma(Motifs.source(Motifs.motif(1, 32, 32)));
        float[] other = plane.values().clone();
        for (int i = 0; i < other.length; i++) {
            other[i] = 0.5f * other[i] + 40;
        }
        assertThat(distance(LowFrequencies.of(plane), LowFrequencies.of(new Plane(32, 32, other))))
                .isLessThan(1e-5);
        assertThat(LowFrequencies.of(new Plane(8, 8, new float[64]))).containsOnly(0);
    }

    @Test
    void copiesAreNearAndOtherPicturesAreFar() throws Exception {
        for (int i = 0; i < 20; i++) {
            BufferedImage image = Motifs.motif(i, 32, 32);
            assertThat(distance(described(image), described(Motifs.recompressed(image, 0.75f))))
                    .isLessThan(0.06);
            assertThat(distance(described(image), described(Motifs.motif(i + 100, 32, 32))))
                    .isGreaterThan(0.3);
        }
    }
}
