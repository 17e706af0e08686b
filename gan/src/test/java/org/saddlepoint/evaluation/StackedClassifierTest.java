package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.synthetic.StackedDigits;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class StackedClassifierTest {
    private static final int PLANE = 28 * 28;

    @Test
    void probabilitiesOfTriplesAreProductsOfThoseOfTheChannels() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                FeatureExtractor one = Extractors.open("digits", Resizing.CLEAN);
                FeatureExtractor stacked = Extractors.open(StackedDigits.NAME, Resizing.CLEAN)) {
            Tensor images = random.uniform(0, 255, 2, 3, 28, 28);
            FeatureExtractor.Output output = stacked.extract(images);
            double[] triples = Functional.logSoftmax(output.logits(), 1).exp().toDoubleArray();
            double[] features = output.features().toDoubleArray();
            double[][] of = new double[3][];
            for (int channel = 0; channel < 3; channel++) {
                FeatureExtractor.Output alone = one.extract(images.narrow(1, channel, 1));
                of[channel] = Functional.logSoftmax(alone.logits(), 1).exp().toDoubleArray();
                double[] expected = alone.features().toDoubleArray();
                for (int i = 0; i < 2; i++) {
                    for (int k = 0; k < one.dimension(); k++) {
                        assertThat(features[i * stacked.dimension() + channel * one.dimension() + k])
                                .isCloseTo(expected[i * one.dimension() + k], within(1e-5));
                    }
                }
            }
            for (int i = 0; i < 2; i++) {
                for (int k = 0; k < 1000; k++) {
                    double product = of[0][10 * i + k / 100] * of[1][10 * i + k / 10 % 10] * of[2][10 * i + k % 10];
                    assertThat(triples[1000 * i + k]).isCloseTo(product, within(1e-6));
                }
            }
            assertThat(stacked.classNames())
                    .hasSize(1000)
                    .startsWith("0-0-0", "0-0-1")
                    .endsWith("9-9-9");
            assertThatThrownBy(() -> stacked.extract(images.narrow(1, 0, 1)))
                    .isInstanceOf(EvaluationException.class)
                    .hasMessage(
                            "the extractor stacked-digits tells what is in each of three channels, but the pictures have 1;"
                                    + " use --extractor digits");
        }
    }

    /** The channels are digits drawn independently of each other, each as often as in the embedded set. */
    @Test
    void itTellsWhichDigitsWereStacked() throws Exception {
        int count = 1000;
        try (Dataset data = DataSources.open(
                        StackedDigits.NAME, new DataOptions(DataOptions.DEFAULT.imageFormat(), count, 7, 0));
                FeatureExtractor one = Extractors.open("digits", Resizing.CLEAN);
                FeatureExtractor stacked = Extractors.open(Extractors.standard(data), Resizing.CLEAN);
                TensorScope scope = TensorScope.open()) {
            assertThat(data.size()).isEqualTo(count);
            float[] values = new float[count * 3 * PLANE];
            for (int i = 0; i < count; i++) {
                data.read(i, values, 3 * PLANE * i);
            }
            Tensor images = Pixels.of(Tensors.of(values, count, 3, 28, 28), true);
            long[] kinds = stacked.extract(images).logits().argmax(1).toLongArray();
            long[] digits = one.extract(images.reshape(3L * count, 1, 28, 28))
                    .logits()
                    .argmax(1)
                    .toLongArray();
            int[] often = new int[10];
            boolean[] seen = new boolean[1000];
            int found = 0;
            for (int i = 0; i < count; i++) {
                assertThat(kinds[i]).isEqualTo(100 * digits[3 * i] + 10 * digits[3 * i + 1] + digits[3 * i + 2]);
                for (int channel = 0; channel < 3; channel++) {
                    often[(int) digits[3 * i + channel]]++;
                }
                found += seen[(int) kinds[i]] ? 0 : 1;
                seen[(int) kinds[i]] = true;
            }
            for (int digit : often) {
                assertThat(digit).isBetween(200, 400); // of 3,000 draws
            }
            // 1,000 draws of 1,000 kinds show 632 on average if channels are independent, with a deviation of 10.
            assertThat(found).isBetween(580, 680);
        }
    }
}
