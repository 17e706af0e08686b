package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.io.PickledStateDict;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/** Files that PyTorch wrote from the authors' networks ({@code golden_translation.py}), and state dicts of other networks. */
@ExtendWith({LeakCheck.class, OneThread.class})
class OfficialWeightsTest {
    private static final InitialWeights START = new InitialWeights.Normal(0.02);

    private static void requireOutput(String name, TranslatorConfig config, int inputChannels) throws IOException {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0)) {
            OfficialWeights weights =
                    OfficialWeights.of(PickledStateDict.read(Golden.path("official_" + name + ".pth")));
            assertThat(weights.config()).isEqualTo(config);
            assertThat(weights.inputChannels()).isEqualTo(inputChannels);
            assertThat(weights.outputChannels()).isEqualTo(3);
            try (ImageTranslator translator = weights.create(random)) {
                translator.train(false);
                Map<String, Tensor> golden =
                        Golden.under(Golden.read("translation.safetensors"), "official/" + name + "/");
                Golden.requireClose(
                        name, translator.translate(Golden.get(golden, "input")), Golden.get(golden, "output"), 0, 1e-5);
            }
        }
    }

    @Test
    void aUNetFromAZipMakesTheSameImage() throws IOException {
        requireOutput("unet", new UNetConfig(5, 1, Normalization.BATCH, true, false, START), 3);
    }

    @Test
    void anOldResNetOfSeveralGpusMakesTheSameImage() throws IOException {
        requireOutput("resnet", new ResNetTranslatorConfig(2, 2, Normalization.INSTANCE, false, false, START), 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void halfPrecisionIsWidened(DType half) throws IOException {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0)) {
            Map<String, Tensor> stored = new LinkedHashMap<>();
            PickledStateDict.read(Golden.path("official_unet.pth"))
                    .forEach((name, value) ->
                            stored.put(name, value.dtype().isFloatingPoint() ? value.to(half) : value));
            try (ImageTranslator translator = OfficialWeights.of(stored).create(random)) {
                Map<String, Tensor> loaded = translator.stateDict();
                assertThat(loaded).containsKey("model.model.0.weight");
                loaded.forEach((name, value) -> {
                    assertThat(value.dtype()).isIn(DType.FLOAT32, DType.INT64);
                    assertThat(value.toDoubleArray())
                            .as(name)
                            .containsExactly(stored.get(name).toDoubleArray());
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.saddlepoint.models.TranslationGoldenTest#translators")
    void everyTranslatorIsRecognized(TranslatorConfig config) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                ImageTranslator translator = config.create(4, 1, random)) {
            OfficialWeights weights = OfficialWeights.of(translator.stateDict());
            assertThat(weights.inputChannels()).isEqualTo(4);
            assertThat(weights.outputChannels()).isEqualTo(1);
            if (config instanceof UNetConfig unet) { // the weights do not tell the dropout
                assertThat(weights.config())
                        .isEqualTo(new UNetConfig(
                                unet.downs(),
                                unet.width(),
                                unet.normalization(),
                                unet.normalization() == Normalization.BATCH,
                                false,
                                START));
            } else {
                assertThat(weights.config()).isEqualTo(config);
            }
            try (ImageTranslator again = weights.create(random)) {
                assertThat(again.stateDict().keySet())
                        .isEqualTo(translator.stateDict().keySet());
                again.stateDict().forEach((name, value) -> assertThat(value.toDoubleArray())
                        .as(name)
                        .isEqualTo(Golden.get(translator.stateDict(), name).toDoubleArray()));
            }
        }
    }

    @Test
    void batchNormalizationWithoutACountOfBatchesIsTaken() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                ImageTranslator translator = resNet(random)) {
            Map<String, Tensor> old = new LinkedHashMap<>(translator.stateDict());
            assertThat(old.keySet().removeIf(name -> name.endsWith("num_batches_tracked")))
                    .isTrue();
            try (ImageTranslator again = OfficialWeights.of(old).create(random)) {
                assertThat(again.stateDict().keySet())
                        .isEqualTo(translator.stateDict().keySet());
            }
        }
    }

    private static ImageTranslator resNet(RandomGenerator random) {
        return new ResNetTranslatorConfig(1, 2, Normalization.BATCH, true, false, START).create(3, 3, random);
    }

    @Test
    void whatIsNoGeneratorIsRefusedByName() throws IOException {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                ImageTranslator translator = resNet(random)) {
            requireRefused(
                    PickledStateDict.read(Golden.path("official_discriminator.pth")),
                    "model.0.weight",
                    "a discriminator; give latest_net_G.pth");
            requireRefused(Map.of(), "a state dict with the names []", "expected a generator of the official");
            requireRefused(
                    Map.of("model.1.weight", Tensors.ones(2)), "model.1.weight is no convolution but [2]", "expected");
            requireRefused(
                    Map.of("model.model.0.weight", Tensors.ones(2, 3, 4, 4)),
                    "model.model.3.weight is not among them",
                    "expected");

            Map<String, Tensor> more = new LinkedHashMap<>(translator.stateDict());
            more.put("attention.weight", Tensors.ones(1));
            requireRefused(more, "unknown [attention.weight]", "residual translator of 1 blocks");
            Map<String, Tensor> wider = new LinkedHashMap<>(translator.stateDict());
            wider.put("model.10.conv_block.1.weight", Tensors.ones(8, 8, 5, 5));
            requireRefused(wider, "model.10.conv_block.1.weight: expected shape [8, 8, 3, 3]", "expected");
        }
    }

    private static void requireRefused(Map<String, Tensor> state, String... parts) {
        try (RandomGenerator random = new RandomGenerator(0)) {
            assertThatThrownBy(() -> OfficialWeights.of(state).create(random).close())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(parts);
        }
    }
}
