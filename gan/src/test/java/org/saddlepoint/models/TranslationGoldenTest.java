package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/**
 * Networks of image translation against the authors' own, with their weights loaded under their names: {@code
 * golden_translation.py}.
 */
@ExtendWith({LeakCheck.class, OneThread.class})
class TranslationGoldenTest {
    private static final String FILE = "translation.safetensors";
    private static final long SEED = 2017;
    private static final InitialWeights START = new InitialWeights.Normal(0.02);
    private static final Map<String, Function<RandomGenerator, Network>> CASES = cases();

    private static Map<String, Function<RandomGenerator, Network>> cases() {
        Map<String, Function<RandomGenerator, Network>> cases = new LinkedHashMap<>();
        cases.put("unet5/batch", unet(5, Normalization.BATCH, false));
        cases.put("unet5/instance", unet(5, Normalization.INSTANCE, false));
        cases.put("unet5/none", unet(5, Normalization.NONE, false));
        cases.put("unet6/batch", unet(6, Normalization.BATCH, false));
        cases.put("resnet6/instance", resNet(6, Normalization.INSTANCE, false));
        cases.put("resnet6/batch", resNet(6, Normalization.BATCH, false));
        cases.put("resnet0/none", resNet(0, Normalization.NONE, false));
        cases.put("patches0/batch", patches(0, 3, Normalization.BATCH));
        cases.put("patches0/instance", patches(0, 3, Normalization.INSTANCE));
        cases.put("patches1/instance", patches(1, 2, Normalization.INSTANCE));
        cases.put("patches1/none", patches(1, 2, Normalization.NONE));
        cases.put("patches3/batch", patches(3, 2, Normalization.BATCH));
        cases.put("patches3/instance", patches(3, 2, Normalization.INSTANCE));
        cases.put("dropout/unet6/batch", unet(6, Normalization.BATCH, true));
        cases.put("dropout/resnet2/batch", resNet(2, Normalization.BATCH, true));
        return cases;
    }

    private static Function<RandomGenerator, Network> unet(int downs, Normalization norm, boolean dropout) {
        return random -> new UNetConfig(downs, 1, norm, dropout, false, START).create(1, 2, random);
    }

    private static Function<RandomGenerator, Network> resNet(int blocks, Normalization norm, boolean dropout) {
        return random -> new ResNetTranslatorConfig(blocks, 2, norm, dropout, false, START).create(3, 2, random);
    }

    private static Function<RandomGenerator, Network> patches(int layers, int width, Normalization norm) {
        return random -> new PatchGanConfig(layers, width, norm, START).create(2, random);
    }

    /** Of each kind one. */
    static List<TranslatorConfig> translators() {
        List<TranslatorConfig> translators = new ArrayList<>();
        for (Normalization norm : Normalization.values()) {
            translators.add(new UNetConfig(5, 1, norm, true, false, START));
            translators.add(new UNetConfig(7, 2, norm, false, false, START));
            translators.add(new ResNetTranslatorConfig(3, 1, norm, true, false, START));
            translators.add(new ResNetTranslatorConfig(1, 2, norm, false, false, START));
        }
        return translators;
    }

    static List<String> names() {
        return List.copyOf(CASES.keySet());
    }

    private static Tensor forward(Network network, Tensor images) {
        return network instanceof ImageTranslator translator
                ? translator.translate(images)
                : ((Discriminator) network).forward(images, Conditioning.none());
    }

    @ParameterizedTest
    @MethodSource("names")
    void outputsGradientsAndBuffersAreThoseOfTheAuthorsNetworks(String name) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                RandomGenerator seeded = new RandomGenerator(SEED);
                Network network = CASES.get(name).apply(random)) {
            Map<String, Tensor> golden = Golden.under(Golden.read(FILE), name + "/");
            DType dtype = Golden.get(golden, "train/output").dtype();
            boolean exact = dtype == DType.FLOAT64;
            double tolerance = exact ? 1e-12 : 1e-5;
            Tensor input = Golden.get(golden, "input").to(dtype).withGrad(true);
            network.to(dtype);
            network.loadStateDict(Golden.under(golden, "state/"));
            random.restore(seeded.state());

            Tensor output = forward(network, input);
            Golden.requireClose(name + " in training", output, Golden.get(golden, "train/output"), tolerance, 0);

            List<Tensor> leaves = new ArrayList<>(network.weights());
            leaves.add(input);
            List<Tensor> gradients = Autograd.grad(
                    output.mul(Golden.get(golden, "cotangent").to(dtype)).sum(), leaves);
            Map<String, Tensor> actual = new LinkedHashMap<>();
            for (String parameter : network.parameters().keySet()) {
                actual.put(parameter, gradients.get(actual.size()));
            }
            // A bias before instance normalization has the gradient 0, up to rounding.
            Golden.requireAllClose(
                    name + " gradient", actual, Golden.under(golden, "grad/"), exact ? 1e-10 : 1e-4, exact ? 1e-12 : 0);
            Golden.requireClose(
                    name + " gradient of input",
                    gradients.get(gradients.size() - 1),
                    Golden.get(golden, "grad_input"),
                    exact ? 1e-10 : 1e-4,
                    0);

            Map<String, Tensor> buffers = new LinkedHashMap<>(network.stateDict());
            buffers.keySet().removeAll(network.parameters().keySet());
            Map<String, Tensor> after = Golden.under(golden, "after/");
            assertThat(buffers.isEmpty()).isEqualTo(!name.endsWith("batch"));
            if (!buffers.isEmpty()) {
                Golden.requireAllClose(name + " buffer", buffers, after, tolerance, 0);
            }

            network.train(false);
            Golden.requireClose(
                    name + " in use", forward(network, input), Golden.get(golden, "eval/output"), tolerance, 0);
        }
    }

    @Test
    void dropoutIsSeenInTheGoldenValues() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(SEED + 1);
                Network network = CASES.get("dropout/unet6/batch").apply(random)) {
            Map<String, Tensor> golden = Golden.under(Golden.read(FILE), "dropout/unet6/batch/");
            network.loadStateDict(Golden.under(golden, "state/"));
            Tensor output = forward(network, Golden.get(golden, "input"));
            assertThat(output.sub(Golden.get(golden, "train/output"))
                            .abs()
                            .max()
                            .item())
                    .isGreaterThan(1e-3);
        }
    }

    @Test
    void everyGoldenCaseIsTested() {
        try (TensorScope scope = TensorScope.open()) {
            TreeSet<String> golden = Golden.read(FILE).keySet().stream()
                    .filter(name -> name.endsWith("/train/output"))
                    .map(name -> name.substring(0, name.length() - "/train/output".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(golden).isEqualTo(new TreeSet<>(CASES.keySet()));
        }
    }
}
