package org.saddlepoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.FiniteDifferences;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/** The layers of StyleGAN2, each against another way to compute it. */
@ExtendWith({LeakCheck.class, OneThread.class})
class StyleLayersTest {
    @Test
    void equalizedLayersScaleWhatTheyStore() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                EqualizedLinear linear = new EqualizedLinear(400, 300, new Equalized(0.01, 0.5), random);
                EqualizedConv2d conv = new EqualizedConv2d(ConvConfig.of(64, 32, 3), random)) {
            Tensor stored = linear.parameters().get("weight").tensor();
            assertThat(Math.sqrt(stored.square().mean().item())).isCloseTo(100, within(1.0));
            Golden.requireClose("weight", linear.weight(), stored.mul(0.01 / 20), 1e-6, 0);
            assertThat(linear.forward(Tensors.zeros(1, 400)).min().item()).isCloseTo(0.5, within(1e-6));
            assertThat(Math.sqrt(conv.weight().square().mean().item())).isCloseTo(1 / Math.sqrt(64 * 9), within(0.001));
            // A unit input gives a unit output.
            assertThat(conv.forward(random.normal(4, 64, 8, 8)).square().mean().item())
                    .isCloseTo(1, within(0.1));
        }
    }

    /** The other form: a weight of its own for each image, and a grouped convolution. */
    private static Tensor grouped(Tensor images, Tensor scales, Tensor weight, ModulatedConv2d.Form form) {
        long count = images.size(0);
        List<Tensor> outputs = new ArrayList<>();
        for (long n = 0; n < count; n++) {
            Tensor own = weight.mul(scales.select(0, n).reshape(1, -1, 1, 1));
            if (form == ModulatedConv2d.Form.PLAIN) {
                own = own.div(Math.sqrt((double) weight.size(1) * weight.size(2) * weight.size(3)));
            } else {
                Tensor lengths = own.square().sum(true, 1, 2, 3).add(1e-8).sqrt();
                own = own.div(lengths);
            }
            Tensor image = images.narrow(0, n, 1);
            outputs.add(
                    form == ModulatedConv2d.Form.DOUBLED
                            ? FirResampling.filter(
                                    Functional.convTranspose2d(image, own.transpose(0, 1), null, 2, 0, 0), 4, 1, 1)
                            : Functional.conv2d(image, own, null, 1, (int) weight.size(2) / 2));
        }
        return Tensors.cat(outputs, 0);
    }

    @ParameterizedTest
    @EnumSource(ModulatedConv2d.Form.class)
    void theSharedWeightGivesWhatAWeightOfItsOwnDoes(ModulatedConv2d.Form form) {
        int kernel = form == ModulatedConv2d.Form.PLAIN ? 1 : 3;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                ModulatedConv2d layer = new ModulatedConv2d(4, 3, kernel, form, random)) {
            layer.to(DType.FLOAT64);
            Tensor images = random.normal(DType.FLOAT64, 3, 4, 5, 5);
            Tensor scales = random.normal(DType.FLOAT64, 3, 4);
            Tensor weight = layer.parameters().get("weight").tensor();
            Tensor expected = grouped(images, scales, weight, form);
            Golden.requireClose("output", layer.forward(images, scales), expected, 1e-12, 1e-12);
            assertThat(expected.size(2)).isEqualTo(form == ModulatedConv2d.Form.DOUBLED ? 10 : 5);
        }
    }

    @ParameterizedTest
    @EnumSource(ModulatedConv2d.Form.class)
    void itsGradientsOfBothOrdersAreThoseOfTheValues(ModulatedConv2d.Form form) {
        int kernel = form == ModulatedConv2d.Form.PLAIN ? 1 : 3;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                ModulatedConv2d layer = new ModulatedConv2d(2, 2, kernel, form, random)) {
            layer.to(DType.FLOAT64);
            List<Tensor> inputs = List.of(
                    random.normal(DType.FLOAT64, 2, 2, 3, 3),
                    random.normal(DType.FLOAT64, 2, 2).add(2));
            FiniteDifferences.Report first =
                    FiniteDifferences.check("modulated", point -> layer.forward(point.get(0), point.get(1)), inputs);
            FiniteDifferences.Report second = FiniteDifferences.checkSecondOrder(
                    "modulated", point -> layer.forward(point.get(0), point.get(1)), inputs);
            assertThat(first.largest()).isGreaterThan(0.1);
            assertThat(second.largest()).isGreaterThan(0.01);
        }
    }

    @Test
    void demodulationKeepsTheVarianceWhateverTheScales() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4);
                ModulatedConv2d layer = new ModulatedConv2d(64, 64, 3, ModulatedConv2d.Form.DEMODULATED, random)) {
            for (double scale : new double[] {0.01, 7}) {
                Tensor scales = random.normal(8, 64).mul(scale);
                Tensor inner = layer.forward(random.normal(8, 64, 18, 18), scales)
                        .narrow(2, 1, 16)
                        .narrow(3, 1, 16);
                assertThat(inner.square().mean().item()).isCloseTo(1, within(0.06));
            }
        }
    }

    @Test
    void kernelsThatHaveNoMiddleAreRefused() {
        try (RandomGenerator random = new RandomGenerator(4)) {
            assertThatThrownBy(() -> new ModulatedConv2d(1, 1, 2, ModulatedConv2d.Form.PLAIN, random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("kernel must be odd, and 3 where the side is doubled, but was 2");
            assertThatThrownBy(() -> new ModulatedConv2d(1, 1, 5, ModulatedConv2d.Form.DOUBLED, random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("but was 5");
        }
    }

    @Test
    void theFilterOfAnImpulseIsItsKernel() {
        try (TensorScope scope = TensorScope.open()) {
            double[] pixels = new double[49];
            pixels[24] = 1;
            Tensor seen = FirResampling.filter(Tensors.of(pixels, 1, 1, 7, 7), 4, 2, 1);
            assertThat(seen.shape()).isEqualTo(Shape.of(1, 1, 8, 8));
            double[] values = seen.toDoubleArray();
            double[] line = {0, 0, 1, 3, 3, 1, 0, 0};
            for (int i = 0; i < 64; i++) {
                assertThat(values[i]).isCloseTo(4 * line[i / 8] * line[i % 8] / 64, within(1e-15));
            }
        }
    }

    @Test
    void noiseIsOneMapAnImageInTrainingAndOneForAllInUse() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5);
                NoiseInjection noise = new NoiseInjection(3, random)) {
            Tensor images = Tensors.zeros(2, 3, 8, 8);
            assertThat(noise.forward(images).abs().max().item()).isZero(); // it starts without
            noise.parameters().get("strength").tensor().assign(Tensors.full(0.5, DType.FLOAT32, 1));
            byte[] state = random.state();
            Tensor trained = noise.forward(images);
            assertThat(trained.select(1, 0).toFloatArray())
                    .isEqualTo(trained.select(1, 2).toFloatArray());
            assertThat(trained.select(0, 0).toFloatArray())
                    .isNotEqualTo(trained.select(0, 1).toFloatArray());
            random.restore(state);
            Golden.requireClose(
                    "noise", trained.narrow(1, 0, 1), random.normal(2, 1, 8, 8).mul(0.5), 1e-7, 0);
            noise.train(false);
            Tensor used = noise.forward(images);
            assertThat(used.select(0, 0).toFloatArray())
                    .isEqualTo(used.select(0, 1).toFloatArray());
            assertThat(used.square().mean().item()).isCloseTo(0.25, within(0.1));
        }
    }

    @Test
    void theDeviationOfAGroupIsAppendedToItsImages() {
        try (TensorScope scope = TensorScope.open();
                MinibatchStandardDeviation layer = new MinibatchStandardDeviation(2, 1);
                MinibatchStandardDeviation parts = new MinibatchStandardDeviation(2, 2)) {
            // Of 4 images 0 and 2 are a group, and 1 and 3: they differ by 2 and 6, so deviate by 1 and 3.
            Tensor images = Tensors.of(new double[] {0, 0, 1, 1, 2, 2, 7, 7}, 4, 2, 1, 1);
            Tensor seen = layer.forward(images);
            assertThat(seen.shape()).isEqualTo(Shape.of(4, 3, 1, 1));
            double[] deviations = seen.select(1, 2).toDoubleArray();
            for (int i = 0; i < 4; i++) {
                assertThat(deviations[i]).isCloseTo(i % 2 == 0 ? 1 : 3, within(1e-7));
            }
            Golden.requireClose("images", seen.narrow(1, 0, 2), images, 0, 0);
            Tensor two = Tensors.of(new double[] {0, 0, 2, 8}, 2, 2, 1, 1);
            double[] each = parts.forward(two).narrow(1, 2, 2).toDoubleArray();
            assertThat(each[0]).isCloseTo(1, within(1e-7));
            assertThat(each[1]).isCloseTo(4, within(1e-7));
            assertThat(layer.forward(images.narrow(0, 0, 1)).select(1, 2).item())
                    .isCloseTo(0, within(1e-3));
            assertThat(layer.coupling()).isEqualTo(Coupling.STATISTICS);
        }
    }

    @Test
    void itsGradientsOfBothOrdersAreThoseOfTheDeviation() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6);
                MinibatchStandardDeviation layer = new MinibatchStandardDeviation(4, 1)) { // of 2 it is nearly linear
            List<Tensor> inputs = List.of(random.normal(DType.FLOAT64, 4, 2, 2, 2));
            assertThat(FiniteDifferences.check("deviation", point -> layer.forward(point.get(0)), inputs)
                            .largest())
                    .isGreaterThan(0.1);
            assertThat(FiniteDifferences.checkSecondOrder("deviation", point -> layer.forward(point.get(0)), inputs)
                            .largest())
                    .isGreaterThan(0.001);
        }
    }

    @Test
    void batchesThatDoNotDivideAreRefusedWithWhatDoes() {
        try (TensorScope scope = TensorScope.open();
                MinibatchStandardDeviation layer = new MinibatchStandardDeviation(4, 1);
                MinibatchStandardDeviation parts = new MinibatchStandardDeviation(4, 2)) {
            assertThatThrownBy(() -> layer.forward(Tensors.ones(6, 1, 2, 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "a batch of 6 does not divide into groups of 4 for the minibatch standard deviation; set"
                                    + " updates.batchSize to 4, or discriminator.group to a divisor of 6");
            assertThatThrownBy(() -> parts.forward(Tensors.ones(4, 3, 2, 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("parts must divide the channels, which are 3, but was 2");
            assertThat(layer.forward(Tensors.ones(3, 1, 2, 2)).shape()).isEqualTo(Shape.of(3, 2, 2, 2));
            assertThatThrownBy(() -> new MinibatchStandardDeviation(0, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("group must be >= 1 but was 0");
        }
    }

    @Test
    void settingsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> new Equalized(0, 0)).hasMessage("multiplier must be > 0 and finite but was 0.0");
        assertThatThrownBy(() -> new Equalized(1, Double.NaN)).hasMessageContaining("bias must be");
    }
}
