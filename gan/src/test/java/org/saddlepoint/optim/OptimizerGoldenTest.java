package org.saddlepoint.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.ConvTranspose2d;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/** Optimizers against PyTorch's, weights and state: {@code golden_optimizers.py}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class OptimizerGoldenTest {
    private static final String FILE = "optimizers.safetensors";
    private static final int STEPS = 100;
    private static final Map<String, OptimizerConfig> CASES = Map.of(
            "sgd", new SgdConfig(0.1, 0),
            "momentum", new SgdConfig(0.1, 0.5),
            "rmsprop", RmsPropConfig.of(5e-5),
            "rmsprop_large", new RmsPropConfig(Schedule.of(0.01), 0.9, 1e-3),
            "adam", AdamConfig.of(2e-4, 0.5, 0.999),
            "adam_large", new AdamConfig(0.01, 0.9, 0.99, 1e-3));

    @TempDir
    private Path folder;

    static List<String> names() {
        return CASES.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aHundredStepsGoWherePyTorchGoes(String name) {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = Golden.read(FILE);
            try (Weights weights = new Weights(Golden.under(golden, "start/"));
                    Optimizer optimizer = CASES.get(name).create(weights.parameters())) {
                for (int step = 0; step < STEPS; step++) {
                    step(optimizer, weights, golden, step);
                    if (step == 0 || step == 49 || step == 99) {
                        requireGolden(golden, name, step + 1, weights, optimizer);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void stoppingAndGoingOnFromDiskEqualsNeverStopping(String name) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden = Golden.read(FILE);
            try (Weights straight = new Weights(Golden.under(golden, "start/"));
                    Optimizer never = CASES.get(name).create(straight.parameters());
                    Weights resumed = new Weights(straight.stateDict())) {
                for (int step = 0; step < 50; step++) {
                    step(never, straight, golden, step);
                }
                resumed.loadStateDict(roundTrip(straight.stateDict()));
                try (Optimizer second = CASES.get(name).create(resumed.parameters())) {
                    second.load(roundTrip(never.state()));
                    for (int step = 50; step < STEPS; step++) {
                        step(never, straight, golden, step);
                        step(second, resumed, golden, step);
                    }
                    requireGolden(golden, name, STEPS, resumed, second);
                    assertThat(resumed.values()).isEqualTo(straight.values());
                    never.state().forEach((key, value) -> assertThat(
                                    second.state().get(key).toByteArray())
                            .as(key)
                            .isEqualTo(value.toByteArray()));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"momentum", "rmsprop_large", "adam_large"})
    void convolutionsTrainedByTheirOwnGradientsGoWherePyTorchsGo(String name) {
        Initialization start = Initialization.PYTORCH_DEFAULT;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Sequential network = new Sequential(
                        new Conv2d(ConvConfig.of(2, 4, 4).strided(2, 1), start, random),
                        Activation.tanh(),
                        new ConvTranspose2d(ConvConfig.of(4, 4, 4).strided(2, 1), start, random),
                        Activation.tanh(),
                        new Conv2d(ConvConfig.of(4, 4, 6), start, random),
                        Activation.flatten());
                Optimizer optimizer = CASES.get(name).create(network.parameters())) {
            Map<String, Tensor> golden = Golden.under(Golden.read(FILE), "network/");
            network.loadStateDict(Golden.under(golden, "start/"));
            for (int step = 0; step < 20; step++) {
                Tensor loss = network.forward(Golden.get(golden, "input"))
                        .sub(Golden.get(golden, "target"))
                        .square()
                        .mean();
                double expected = Golden.get(golden, name + "/loss/" + step).item();
                assertThat(loss.item()).as("step " + step).isCloseTo(expected, within(2e-6));
                optimizer.minimize(loss);
            }
            Map<String, Tensor> end = new LinkedHashMap<>(network.stateDict());
            end.putAll(optimizer.state());
            Golden.requireAllClose(name, end, Golden.under(golden, name + "/20/"), 2e-6, 2e-6);
        }
    }

    private static void step(Optimizer optimizer, Weights weights, Map<String, Tensor> golden, int step) {
        try (TensorScope scope = TensorScope.open()) {
            optimizer.step(weights.parameters().keySet().stream()
                    .map(name -> Golden.get(golden, "gradient/" + name).select(0, step))
                    .toList());
        }
    }

    private static void requireGolden(
            Map<String, Tensor> golden, String name, int step, Weights weights, Optimizer optimizer) {
        Map<String, Tensor> actual = new LinkedHashMap<>(weights.stateDict());
        actual.putAll(optimizer.state());
        Golden.requireAllClose(name, actual, Golden.under(golden, name + "/" + step + "/"), 1e-6, 0);
    }

    private Map<String, Tensor> roundTrip(Map<String, Tensor> tensors) throws IOException {
        Path file = folder.resolve("saved.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafeTensors.write(out, tensors, Map.of());
        }
        return SafeTensors.read(file);
    }
}
