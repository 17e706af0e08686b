package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.evaluation.InceptionV3.Feature;
import org.saddlepoint.input.Sha256;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.PseudoRandom;

/** Against torch-fidelity's network with the same pseudo-random weights ({@code golden_inception.py}). */
@ExtendWith(LeakCheck.class)
class InceptionV3Test {
    private static final double TOLERANCE = 1e-5;

    private static InceptionV3 inception;

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        try (TensorScope scope = TensorScope.open()) {
            inception = InceptionV3.of(InceptionWeights.pseudoRandom(), "pseudo-random");
        }
    }

    @AfterAll
    static void free() {
        inception.close();
    }

    @ParameterizedTest
    @CsvSource({"small, 37, 53", "large, 310, 299"})
    void allLayersSeeWhatTorchFidelitySees(String size, long height, long width) {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = Golden.under(Golden.read("inception.safetensors"), size + "/");
            Tensor images = PseudoRandom.pixels(size, 8, 3, height, width);
            Map<Feature, Tensor> found = inception.features(images, EnumSet.allOf(Feature.class));
            assertThat(found).hasSize(6).hasSameSizeAs(golden);
            found.forEach((feature, values) -> {
                String name = feature.name().toLowerCase(Locale.ROOT).replace("pool_", "");
                assertThat(values.size(1)).isEqualTo(feature.dimension());
                Golden.requireClose(name, values, Golden.get(golden, name), TOLERANCE, 0);
            });
        }
    }

    @Test
    void anImagesFeaturesDoNotDependOnTheBatch() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor images = PseudoRandom.pixels("batch", 3, 3, 40, 30);
            FeatureExtractor.Output all = inception.extract(images);
            assertThat(all.features().size(1)).isEqualTo(inception.dimension());
            FeatureExtractor.Output last = inception.extract(images.narrow(0, 2, 1));
            Golden.requireClose("features", last.features(), all.features().narrow(0, 2, 1), 1e-5, 0);
            Golden.requireClose("logits", last.logits(), all.logits().narrow(0, 2, 1), 1e-5, 0);
            Map<Feature, Tensor> early = inception.features(images, EnumSet.of(Feature.POOL_64));
            assertThat(early.keySet()).containsExactly(Feature.POOL_64);
        }
    }

    @Test
    void greyImagesAreRepeatedAndBytesAreTakenAsTheyAre() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor grey = PseudoRandom.pixels("grey", 1, 1, 20, 20);
            EnumSet<Feature> wanted = EnumSet.of(Feature.POOL_192);
            Map<Feature, Tensor> expected =
                    new EnumMap<>(inception.features(grey.expand(1, 3, 20, 20).copy(), wanted));
            Golden.requireClose(
                    "grey",
                    inception.features(grey, wanted).get(Feature.POOL_192),
                    expected.get(Feature.POOL_192),
                    0,
                    0);
            Golden.requireClose(
                    "uint8",
                    inception.features(grey.to(DType.UINT8), wanted).get(Feature.POOL_192),
                    expected.get(Feature.POOL_192),
                    0,
                    0);
        }
    }

    @Test
    void pixelsOutsideTheirRangeAndOtherShapesAreRefused() {
        try (TensorScope scope = TensorScope.open()) {
            for (double wrong : new double[] {-1, 256, Double.NaN}) {
                assertThatThrownBy(() -> inception.extract(Tensors.full(wrong, DType.FLOAT32, 1, 3, 8, 8)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("images: expected pixels in [0, 255] but they were in [" + wrong);
            }
            assertThatThrownBy(() -> inception.extract(Tensors.zeros(1, 4, 8, 8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("images: expected [*, 3, *, *] or [*, 1, *, *] but was [1, 4, 8, 8]");
            assertThatThrownBy(() -> inception.extract(Tensors.zeros(0, 3, 8, 8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least one");
        }
    }

    @Test
    void otherWeightsAreRefusedUnlessAllowed() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Path file = write(InceptionWeights.pseudoRandom());
            String hash = Sha256.of(file);
            assertThatThrownBy(() -> InceptionV3.open(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + " has SHA-256 " + hash)
                    .hasMessageContaining(InceptionV3.OFFICIAL_SHA256)
                    .hasMessageContaining("allowOther");
            try (InceptionV3 other = InceptionV3.open(file, true)) {
                assertThat(other.name()).isEqualTo("inception-v3").isNotEqualTo(InceptionV3.NAME);
                assertThat(other.fingerprint()).isEqualTo(hash);
                Tensor images = PseudoRandom.pixels("other", 1, 3, 9, 9);
                Golden.requireClose(
                        "features",
                        other.extract(images).features(),
                        inception.extract(images).features(),
                        0,
                        0);
            }
        }
    }

    @Test
    void weightsInHalfPrecisionAreWidened() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> half = new LinkedHashMap<>();
            Map<String, Tensor> widened = new LinkedHashMap<>();
            InceptionWeights.pseudoRandom().forEach((name, value) -> {
                Tensor rounded = value.dtype() == DType.FLOAT32 ? value.to(DType.FLOAT16) : value;
                half.put(name, rounded);
                widened.put(name, value.dtype() == DType.FLOAT32 ? rounded.to(DType.FLOAT32) : value);
            });
            Path file = folder.resolve("half.safetensors");
            try (OutputStream out = Files.newOutputStream(file)) {
                SafeTensors.write(out, half, Map.of());
            }
            Tensor images = PseudoRandom.pixels("half", 1, 3, 20, 20);
            try (InceptionV3 read = InceptionV3.open(file, true);
                    InceptionV3 expected = InceptionV3.of(widened, "widened")) {
                assertThat(read.extract(images).features().toFloatArray())
                        .containsExactly(expected.extract(images).features().toFloatArray());
            }
        }
    }

    @Test
    void whatIsNoFileOfWeightsIsRefused() throws IOException {
        Path absent = folder.resolve("absent.pth");
        assertThatThrownBy(() -> InceptionV3.open(absent, true))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read " + absent + ": no such file or folder: " + absent);
        assertThatThrownBy(() -> InceptionV3.open(Golden.path("features.pt"), true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("torchscript:FILE");
        for (String file : new String[] {"state_zip.pth", "state_stream.pth", "layers.safetensors"}) {
            assertThatThrownBy(() -> InceptionV3.open(Golden.path(file), true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + " does not hold the weights of Inception-v3: ")
                    .hasMessageContaining("Mixed_5b.branch1x1.conv.weight");
        }
    }

    @Test
    void missingAndUnknownNamesAreListed() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> weights = new LinkedHashMap<>(InceptionWeights.pseudoRandom());
            weights.put("AuxLogits.fc.bias", weights.remove("Mixed_7c.branch_pool.bn.bias"));
            Path file = write(weights);
            assertThatThrownBy(() -> InceptionV3.open(file, true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + " does not hold the weights of Inception-v3")
                    .hasMessageContaining("missing [Mixed_7c.branch_pool.bn.bias], unknown [AuxLogits.fc.bias]");
        }
    }

    private Path write(Map<String, Tensor> weights) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafeTensors.write(out, weights, Map.of());
        }
        return file;
    }
}
