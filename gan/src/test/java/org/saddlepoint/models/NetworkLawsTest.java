package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.FiniteDifferences;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Bytes;
import org.saddlepoint.testing.MainClasses;
import org.saddlepoint.testing.OneThread;

/** What every layer and every network must do, see {@link Network}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class NetworkLawsTest {
    @TempDir
    private Path folder;

    static List<Networks.Case> all() {
        return Networks.all();
    }

    @Test
    void everyNetworkIsListed() {
        List<Class<?>> listed = new ArrayList<>();
        for (Networks.Case each : all()) {
            try (RandomGenerator random = new RandomGenerator(0);
                    Network network = each.build().apply(random)) {
                listed.add(network.getClass());
                network.modules().values().forEach(module -> listed.add(module.getClass()));
            }
        }
        // Extractors' networks are rows of these layers, closed to other packages; InceptionV3Test and
        // EmbeddedClassifierTest hold them to golden values and to accuracy.
        List<Class<?>> open = MainClasses.implementationsOf(Network.class).stream()
                .filter(type -> !type.getPackageName().equals("org.saddlepoint.evaluation"))
                .toList();
        assertThat(listed).containsAll(open);
    }

    /** Others are those whose gradients {@code TranslationGoldenTest} compares. */
    static List<Networks.Case> small() {
        return all().stream().filter(Networks.Case::differences).toList();
    }

    @ParameterizedTest
    @MethodSource("small")
    void gradientsOfAllWeightsAreThoseOfTheValues(Networks.Case each) {
        List<double[]> checked = List.of();
        for (boolean training : new boolean[] {true, false}) {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(12);
                    Network network = each.build().apply(random)) {
                network.to(DType.FLOAT64);
                network.train(training);
                Tensor input = each.input().apply(random);
                // A bias that starts at 0 may put a ReLU exactly at its kink.
                List<Tensor> start = new ArrayList<>(network.weights().stream()
                        .map(weight -> random.normal(
                                        DType.FLOAT64, weight.shape().toArray())
                                .mul(0.1)
                                .add(weight.detach()))
                        .toList());
                byte[] dropout = random.state();
                if (input.dtype().isFloatingPoint()) {
                    start.add(input);
                }
                Function<List<Tensor>, Tensor> sum = leaves(each, network, input, () -> random.restore(dropout));
                List<double[]> seen = valueAndGradients(sum, start);
                if (same(seen, checked)) {
                    continue; // bit for bit what was just compared with differences
                }
                checked = seen;
                FiniteDifferences.Report report = FiniteDifferences.check(
                        each + (training ? " in training" : " in use"),
                        sum,
                        start.stream().map(Tensor::detach).toList());
                assertThat(report.largest()).isGreaterThan(1e-3);
            }
        }
    }

    private static List<double[]> valueAndGradients(Function<List<Tensor>, Tensor> sum, List<Tensor> start) {
        List<Tensor> inputs = start.stream()
                .map(value -> value.detach().copy().withGrad(true))
                .toList();
        Tensor value = sum.apply(inputs);
        List<double[]> all = new ArrayList<>();
        all.add(value.toDoubleArray());
        Autograd.grad(value, inputs).forEach(gradient -> all.add(gradient.toDoubleArray()));
        return all;
    }

    private static boolean same(List<double[]> one, List<double[]> other) {
        return one.size() == other.size()
                && IntStream.range(0, one.size()).allMatch(i -> Arrays.equals(one.get(i), other.get(i)));
    }

    /**
     * The network as a function of its weights and its input. Its weights are owned tensors that cannot be swapped, so
     * the values are copied into them, and their gradients enter as those of a linear function.
     */
    private static Function<List<Tensor>, Tensor> leaves(
            Networks.Case each, Network network, Tensor input, Runnable beforeForward) {
        return values -> {
            List<Tensor> weights = network.weights();
            for (int i = 0; i < weights.size(); i++) {
                weights.get(i).assign(values.get(i));
            }
            beforeForward.run();
            Tensor batch = values.size() > weights.size() ? values.get(weights.size()) : input;
            Tensor output = each.forward(network, batch);
            Tensor sum = output.mul(fixedWeights(output)).sum();
            if (values.get(0).requiresGrad()) {
                List<Tensor> inputs = new ArrayList<>(weights);
                inputs.addAll(values.subList(weights.size(), values.size()));
                List<Tensor> gradients = Autograd.grad(sum, inputs);
                sum = sum.detach();
                for (int i = 0; i < values.size(); i++) {
                    Tensor value = values.get(i);
                    sum = sum.add(
                            value.sub(value.detach()).mul(gradients.get(i)).sum());
                }
            }
            return sum;
        };
    }

    private static Tensor fixedWeights(Tensor like) {
        double[] values = new double[(int) like.shape().elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(i + 1);
        }
        return Tensors.of(values, like.shape().toArray());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theStateTravelsToAnotherInstanceThroughAFile(Networks.Case each) throws IOException {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Network first = each.build().apply(random);
                Network second = each.build().apply(random)) {
            Tensor input = input(each, random);
            each.forward(first, input); // moves running statistics, if any
            first.train(false);
            second.train(false);
            float[] expected = each.forward(first, input).toFloatArray();
            if (!first.weights().isEmpty()) {
                assertThat(each.forward(second, input).toFloatArray()).isNotEqualTo(expected);
            }
            Path file = folder.resolve("state.safetensors");
            try (OutputStream out = Files.newOutputStream(file)) {
                SafeTensors.write(out, first.stateDict(), Map.of());
            }
            second.loadStateDict(SafeTensors.read(file));
            Bytes.requireSame(bytes(second), bytes(first));
            assertThat(each.forward(second, input).toFloatArray()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStateThatDoesNotFitIsRefusedAndChangesNothing(Networks.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Network network = each.build().apply(random)) {
            Map<String, byte[]> before = bytes(network);
            Map<String, Tensor> zeros = new LinkedHashMap<>(network.stateDict());
            zeros.replaceAll((name, value) -> Tensors.zerosLike(value));

            Map<String, Tensor> more = new LinkedHashMap<>(zeros);
            more.put("unheard.of", Tensors.ones(1));
            requireRefused(network, more, "unknown [unheard.of]");
            if (!zeros.isEmpty()) {
                String last = List.copyOf(zeros.keySet()).get(zeros.size() - 1);
                Map<String, Tensor> fewer = new LinkedHashMap<>(zeros);
                fewer.remove(last);
                requireRefused(network, fewer, "missing [" + last + "]");
                Map<String, Tensor> wrong = new LinkedHashMap<>(zeros);
                wrong.put(last, Tensors.ones(1, 1, 1, 1, 1)); // would broadcast
                requireRefused(
                        network,
                        wrong,
                        last + ": expected shape " + zeros.get(last).shape() + " but was [1, 1, 1, 1, 1]");
            }
            Bytes.requireSame(bytes(network), before);
        }
    }

    private static void requireRefused(Network network, Map<String, Tensor> state, String message) {
        assertThatThrownBy(() -> network.loadStateDict(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @MethodSource("all")
    void weightsAreThePartOfTheStateThatIsTrained(Networks.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Network network = each.build().apply(random)) {
            Map<String, Tensor> state = network.stateDict();
            assertThat(state.keySet()).containsAll(network.parameters().keySet());
            state.forEach((name, value) -> {
                assertThat(value.requiresGrad())
                        .as(name)
                        .isEqualTo(network.parameters().containsKey(name));
                assertThat(name.matches(".*(running_|num_batches_|\\._[uv]$|w_avg$).*"))
                        .as(name)
                        .isEqualTo(!network.parameters().containsKey(name));
            });
            network.parameters()
                    .forEach((name, parameter) -> assertThat(parameter.tensor()).isSameAs(state.get(name)));
            assertThat(network.parameterCount())
                    .isEqualTo(network.weights().stream()
                            .mapToLong(weight -> weight.toFloatArray().length)
                            .sum());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void inUseItChangesNothingAndDrawsNothing(Networks.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Network network = each.build().apply(random)) {
            Tensor input = input(each, random);
            network.train(false);
            Map<String, byte[]> before = bytes(network);
            byte[] drawn = random.state();
            float[] once = each.forward(network, input).toFloatArray();
            assertThat(each.forward(network, input).toFloatArray()).isEqualTo(once);
            Bytes.requireSame(bytes(network), before);
            assertThat(random.state()).isEqualTo(drawn);

            network.train(true);
            each.forward(network, input);
            // u of spectral normalization of one output is 1 or −1.
            network.stateDict().forEach((name, value) -> {
                if (name.endsWith("._u") && value.shape().elements() == 1) {
                    before.remove(name);
                }
            });
            long moved = bytes(network).entrySet().stream()
                    .filter(entry -> before.containsKey(entry.getKey()))
                    .filter(entry -> !Arrays.equals(entry.getValue(), before.get(entry.getKey())))
                    .peek(entry -> assertThat(network.parameters()).doesNotContainKey(entry.getKey()))
                    .count();
            assertThat(moved)
                    .as("in training all buffers move, and no weight")
                    .isEqualTo(before.size() - network.parameters().size());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSeedDecidesTheWeights(Networks.Case each) {
        try (RandomGenerator a = new RandomGenerator(3);
                RandomGenerator b = new RandomGenerator(3);
                Network first = each.build().apply(a);
                Network second = each.build().apply(b)) {
            Bytes.requireSame(bytes(second), bytes(first));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void typesAreConvertedThereAndBack(Networks.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                Network network = each.build().apply(random)) {
            Map<String, byte[]> before = bytes(network);
            network.to(DType.FLOAT64);
            network.stateDict().forEach((name, value) -> assertThat(value.dtype())
                    .as(name)
                    .isEqualTo(name.endsWith("num_batches_tracked") ? DType.INT64 : DType.FLOAT64));
            assertThat(network.weights()).allMatch(Tensor::requiresGrad);
            network.to(DType.FLOAT32);
            Bytes.requireSame(bytes(network), before);
            assertThat(network.weights()).allMatch(Tensor::requiresGrad);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void closingFreesAllAndClosingTwiceDoesNothing(Networks.Case each) {
        try (RandomGenerator random = new RandomGenerator(3)) {
            long before = TensorScope.statistics().retained();
            Network network = each.build().apply(random);
            int size = network.stateDict().size();
            assertThat(TensorScope.statistics().retained()).isEqualTo(before + size);
            network.close();
            assertThat(TensorScope.statistics().retained()).isEqualTo(before);
            network.close();
            assertThat(TensorScope.statistics().retained()).isEqualTo(before);
            if (size > 0) {
                assertThatThrownBy(network::stateDict).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    private static Tensor input(Networks.Case each, RandomGenerator random) {
        Tensor input = each.input().apply(random);
        return input.dtype().isFloatingPoint() ? input.to(DType.FLOAT32) : input;
    }

    private static Map<String, byte[]> bytes(Network network) {
        Map<String, byte[]> bytes = new TreeMap<>();
        network.stateDict().forEach((name, value) -> bytes.put(name, value.toByteArray()));
        return bytes;
    }
}
