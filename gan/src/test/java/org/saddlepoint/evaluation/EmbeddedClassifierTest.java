package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Subset;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.metrics.InceptionScore;
import org.saddlepoint.metrics.Score;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class EmbeddedClassifierTest {
    @ParameterizedTest
    @CsvSource({"digits, 0.99, 1", "fashion, 0.88, 5"})
    void isRightAboutImagesItNeverSaw(String name, double least, int fold) throws Exception {
        try (EmbeddedClassifier classifier = EmbeddedClassifier.open(name, Resizing.CLEAN);
                Dataset all = name.equals("digits")
                        ? EmbeddedDatasets.digits(ImageFormat.AS_STORED)
                        : EmbeddedDatasets.fashion(ImageFormat.AS_STORED)) {
            Dataset held =
                    new Subset(all, "held out", IntStream.range(0, all.size()).filter(i -> i % fold == fold - 1));
            int right = 0;
            for (int start = 0; start < held.size(); start += 500) {
                float[] values = new float[500 * 784];
                for (int i = 0; i < 500; i++) {
                    held.read(start + i, values, i * 784);
                }
                try (TensorScope scope = TensorScope.open()) {
                    Tensor images = Pixels.of(Tensors.of(values, 500, 1, 28, 28), true);
                    FeatureExtractor.Output output = classifier.extract(images);
                    assertThat(output.features().shape().toArray()).containsExactly(500, classifier.dimension());
                    long[] classes = output.logits().argmax(1).toLongArray();
                    for (int i = 0; i < 500; i++) {
                        right += held.label(start + i).orElseThrow() == classes[i] ? 1 : 0;
                    }
                }
            }
            double accuracy = (double) right / held.size();
            assertThat(accuracy).isGreaterThanOrEqualTo(least).isCloseTo(classifier.heldOutAccuracy(), within(1e-3));
        }
        try (InputStream in = EmbeddedClassifier.class.getResourceAsStream(name + ".safetensors")) {
            assertThat(in.readAllBytes()).hasSizeLessThan(1_000_000);
        }
    }

    @Test
    void colourAndOtherSizesAreTaken() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                EmbeddedClassifier classifier = EmbeddedClassifier.open("digits", Resizing.CLEAN)) {
            Tensor grey = random.uniform(0, 255, 2, 1, 28, 28);
            double[] expected = classifier.extract(grey).features().toDoubleArray();
            double[] colour =
                    classifier.extract(grey.expand(2, 3, 28, 28)).features().toDoubleArray();
            assertThat(colour).usingComparatorWithPrecision(1e-3).containsExactly(expected);
            assertThat(classifier
                            .extract(random.uniform(0, 255, 1, 3, 45, 17))
                            .logits()
                            .shape()
                            .toArray())
                    .containsExactly(1, 10);
        }
    }

    @Test
    void otherNamesAndFilesAreRefused() {
        assertThatThrownBy(() -> EmbeddedClassifier.open("cats", Resizing.CLEAN))
                .isInstanceOf(NoSuchExtractorException.class)
                .hasMessageContaining("embedded are digits, fashion, colour");
        assertThatThrownBy(() -> EmbeddedClassifier.of("x", new byte[3], Resizing.CLEAN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no whole safetensors file");
    }

    @Test
    void trainingIsRepeatable() throws IOException {
        Dataset train = TestImages.digits(0, 20, 300);
        Dataset held = TestImages.digits(1, 20, 100);
        ClassifierTraining training = new ClassifierTraining(6, 30, 5e-3, 1, true, 3);
        byte[] first = training.run(train, held, line -> {});
        assertThat(training.run(train, held, line -> {})).isEqualTo(first);
        try (EmbeddedClassifier classifier = EmbeddedClassifier.of("x", first, Resizing.CLEAN)) {
            assertThat(classifier.heldOutAccuracy()).isGreaterThan(0.5);
        }
    }

    @Test
    void theStreamedScoreIsTheScore() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2)) {
            Tensor logits = random.normal(103, 5).mul(3);
            ClassScores streamed = new ClassScores(103, 5);
            for (int start = 0; start < 103; start += 17) {
                streamed.add(logits.narrow(0, start, Math.min(17, 103 - start)));
            }
            Score expected = InceptionScore.ofLogits(logits, InceptionScore.SPLITS);
            assertThat(streamed.score().mean()).isCloseTo(expected.mean(), within(1e-6));
            assertThat(streamed.score().standardDeviation()).isCloseTo(expected.standardDeviation(), within(1e-6));
            assertThat(IntStream.of(streamed.classes()).sum()).isEqualTo(103);
        }
    }
}
