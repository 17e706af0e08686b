package org.saddlepoint.nn;

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
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;

/** Layers against PyTorch's in float64, with its weights loaded under its names: {@code golden_layers.py}. */
@ExtendWith(LeakCheck.class)
class LayerGoldenTest {
    private static final double TOLERANCE = 1e-12;
    private static final Initialization START = Initialization.PYTORCH_DEFAULT;
    private static final Map<String, Function<RandomGenerator, Layer>> CASES = cases();

    private static Map<String, Function<RandomGenerator, Layer>> cases() {
        Map<String, Function<RandomGenerator, Layer>> cases = new LinkedHashMap<>();
        cases.put("linear", random -> new Linear(5, 3, START, random));
        cases.put("linear_3d", random -> new Linear(5, 3, START, random));
        cases.put("conv2d", random -> new Conv2d(ConvConfig.of(3, 4, 4).strided(2, 1), START, random));
        cases.put(
                "conv2d_without_bias",
                random -> new Conv2d(ConvConfig.of(2, 3, 3).withoutBias(), START, random));
        cases.put(
                "conv_transpose2d",
                random -> new ConvTranspose2d(ConvConfig.of(3, 4, 4).strided(2, 1), START, random));
        cases.put(
                "conv_transpose2d_without_bias",
                random -> new ConvTranspose2d(ConvConfig.of(6, 2, 7).withoutBias(), START, random));
        cases.put("batch_norm_train", random -> new BatchNorm(3, START, random));
        cases.put("batch_norm_eval", random -> new BatchNorm(3, START, random));
        cases.put("batch_norm_1d", random -> new BatchNorm(4, START, random));
        cases.put(
                "conv_transpose2d_output_padding",
                random -> new ConvTranspose2d(ConvConfig.of(4, 2, 3).strided(2, 1), 1, START, random));
        cases.put("instance_norm", random -> InstanceNorm.withoutWeights());
        cases.put("instance_norm_affine", random -> new InstanceNorm(3, START, random));
        cases.put("reflection_pad", random -> new ReflectionPad(3));
        cases.put("embedding", random -> new Embedding(7, 3, START, random));
        cases.put(
                "sequential",
                random -> new Sequential(
                        new Conv2d(ConvConfig.of(1, 2, 3).strided(1, 1), START, random),
                        new BatchNorm(2, START, random),
                        Activation.leakyRelu(0.2),
                        Activation.flatten(),
                        new Sequential(new Linear(32, 6, START, random), Activation.maxout(3)),
                        Activation.tanh()));
        cases.put("activation/relu", random -> Activation.relu());
        cases.put("activation/leaky_relu", random -> Activation.leakyRelu(0.2));
        cases.put("activation/tanh", random -> Activation.tanh());
        cases.put("activation/sigmoid", random -> Activation.sigmoid());
        cases.put("activation/silu", random -> Activation.silu());
        cases.put("activation/elu", random -> Activation.elu());
        cases.put("activation/softplus", random -> Activation.softplus());
        cases.put("activation/maxout", random -> Activation.maxout(4));
        cases.put("activation/flatten", random -> Activation.flatten());
        return cases;
    }

    static List<String> names() {
        return List.copyOf(CASES.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void forwardGradientsAndBuffersAreThoseOfPyTorch(String name) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Layer layer = CASES.get(name).apply(random)) {
            Map<String, Tensor> golden = Golden.under(Golden.read("layers.safetensors"), name + "/");
            layer.to(DType.FLOAT64);
            layer.loadStateDict(Golden.under(golden, "state/"));
            layer.train(!name.endsWith("_eval"));
            Tensor input = Golden.get(golden, "input");
            boolean differentiable = input.dtype().isFloatingPoint();
            if (differentiable) {
                input = input.withGrad(true);
            }

            Tensor output = layer.forward(input);
            Golden.requireClose(name, output, Golden.get(golden, "output"), TOLERANCE, 0);
            if (!layer.buffers().isEmpty()) {
                Golden.requireAllClose(name, layer.stateDict(), Golden.under(golden, "after/"), TOLERANCE, 0);
            }

            List<Tensor> leaves = new ArrayList<>(layer.weights());
            if (differentiable) {
                leaves.add(input);
            }
            List<Tensor> gradients =
                    Autograd.grad(output.mul(Golden.get(golden, "cotangent")).sum(), leaves);
            List<String> parameters = List.copyOf(layer.parameters().keySet());
            assertThat(Golden.under(golden, "grad/").keySet()).containsExactlyInAnyOrderElementsOf(parameters);
            for (int i = 0; i < parameters.size(); i++) {
                // A bias before a normalization has the gradient 0, up to rounding.
                Tensor expected = Golden.get(golden, "grad/" + parameters.get(i));
                Golden.requireClose(
                        name + " gradient of " + parameters.get(i), gradients.get(i), expected, 1e-10, 1e-15);
            }
            if (differentiable) {
                Tensor expected = Golden.get(golden, "grad_input");
                Golden.requireClose(name + " gradient of input", gradients.get(parameters.size()), expected, 1e-10, 0);
            }
        }
    }

    @Test
    void everyGoldenCaseIsTested() {
        try (TensorScope scope = TensorScope.open()) {
            TreeSet<String> golden = Golden.read("layers.safetensors").keySet().stream()
                    .filter(name -> name.endsWith("/output"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(golden).isEqualTo(new TreeSet<>(CASES.keySet()));
        }
    }

    @Test
    void trainingMovesTheRunningStatisticsAndUseDoesNot() {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = Golden.read("layers.safetensors");
            for (String kind : List.of("train", "eval")) {
                double before = Golden.get(golden, "batch_norm_" + kind + "/state/running_mean")
                        .sum()
                        .item();
                double after = Golden.get(golden, "batch_norm_" + kind + "/after/running_mean")
                        .sum()
                        .item();
                assertThat(before == after).as(kind).isEqualTo(kind.equals("eval"));
                assertThat(Golden.get(golden, "batch_norm_" + kind + "/after/num_batches_tracked")
                                .item())
                        .isEqualTo(kind.equals("eval") ? 0 : 1);
            }
        }
    }
}
