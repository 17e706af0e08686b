package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

@ExtendWith(LeakCheck.class)
class ResizingTest {
    private static final double PRECISION = 1e-3;

    @Test
    void bilinearIsPyTorchs() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0)) {
            Tensor images = random.uniform(0, 255, 2, 3, 13, 20);
            for (long[] size : new long[][] {{29, 31}, {7, 5}, {13, 40}}) {
                assertThat(Resizing.BILINEAR
                                .resize(images, (int) size[0], (int) size[1])
                                .toDoubleArray())
                        .usingComparatorWithPrecision(PRECISION)
                        .containsExactly(Functional.upsampleBilinear(images, size[0], size[1], false)
                                .toDoubleArray());
            }
        }
    }

    @Test
    void tensorFlow1StartsAtTheFirstPixelAndRepeatsTheLast() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor row = Tensors.of(new float[] {0, 10, 30}, 1, 1, 1, 3);
            assertThat(Resizing.TF1_BILINEAR.resize(row, 1, 6).toDoubleArray())
                    .usingComparatorWithPrecision(PRECISION)
                    .containsExactly(0, 5, 10, 20, 30, 30);
        }
    }

    /** By hand: PIL's bicubic, a = −0.5, of four samples to two; the kernel is widened twofold. */
    @Test
    void cleanIsAntialiasedBicubicAndLimited() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor edge = Tensors.of(new float[] {0, 0, 0, 0, 255, 255, 255, 255}, 1, 1, 1, 8);
            double[] half = Resizing.CLEAN.resize(edge, 1, 4).toDoubleArray();
            // weights of result 1 (centre 3): samples 0…6 at distances 2.5, 1.5, .5, .5, 1.5, 2.5, 3.5 over 2
            double[] w = {cubic(1.25), cubic(.75), cubic(.25), cubic(.25), cubic(.75), cubic(1.25), cubic(1.75)};
            double sum = 0;
            double ink = 0;
            for (int i = 0; i < w.length; i++) {
                sum += w[i];
                ink += i >= 4 ? w[i] : 0;
            }
            assertThat(half[1]).isCloseTo(255 * ink / sum, org.assertj.core.api.Assertions.within(PRECISION));
            assertThat(half[0]).isBetween(0.0, 255.0);
        }
    }

    private static double cubic(double t) {
        return t < 1 ? (1.5 * t - 2.5) * t * t + 1 : ((-0.5 * t + 2.5) * t - 4) * t + 2;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN")
    void aConstantStaysAndTheSameSizeIsUntouched(Resizing resizing) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor grey = Tensors.full(100, org.saddlepoint.tensor.DType.FLOAT32, 1, 1, 9, 11);
            assertThat(resizing.resize(grey, 9, 11)).isSameAs(grey);
            assertThat(resizing.resize(grey, 5, 30).toDoubleArray())
                    .usingComparatorWithPrecision(PRECISION)
                    .containsOnly(100);
        }
    }

    @Test
    void pixelsAreClampedAndRoundedHalvesUp() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor values = Tensors.of(new float[] {-3, -1, 0, 1, 2}, 5, 1, 1, 1);
            assertThat(Pixels.of(values, true).toDoubleArray()).containsExactly(0, 0, 128, 255, 255);
            assertThat(Pixels.of(values, false).toDoubleArray()).containsExactly(0, 0, 127.5, 255, 255);
        }
    }
}
