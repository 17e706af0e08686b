package org.saddlepoint.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/** Parametrized layers against {@code torch.nn.utils.parametrizations}: {@code golden_constraints.py}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class ParametrizationGoldenTest {
    private static WeightLayer layer(String name, RandomGenerator random) {
        Initialization initialization = Initialization.PYTORCH_DEFAULT;
        return switch (name) {
            case "linear" -> new Linear(5, 4, initialization, random);
            case "conv" -> new Conv2d(ConvConfig.of(2, 4, 3).strided(2, 1), initialization, random);
            default -> new ConvTranspose2d(ConvConfig.of(2, 3, 4).strided(2, 1), initialization, random);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "spectral, linear",
        "spectral, conv",
        "spectral, transposed",
        "weight, linear",
        "weight, conv",
        "weight, transposed"
    })
    void threeForwardPassesAreThoseOfPyTorch(String kind, String name) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                WeightLayer layer = layer(name, random)) {
            layer.parametrize(
                    kind.equals("spectral")
                            ? (weight, axis) -> new SpectralNorm(weight, axis, 1, 0, random)
                            : WeightNorm::new);
            Map<String, Tensor> golden = Golden.under(Golden.read("constraints.safetensors"), kind + "/" + name + "/");
            layer.loadStateDict(Golden.under(golden, "before/")); // refuses other names
            Tensor input = Golden.get(golden, "input");
            layer.forward(input);
            layer.forward(input);
            Tensor output = layer.forward(input);
            Golden.requireClose("output", output, Golden.get(golden, "output"), 2e-6, 0);

            Tensor loss = output.mul(Golden.get(golden, "probe")).sum();
            List<String> names = new ArrayList<>(layer.parameters().keySet());
            List<Tensor> gradients = Autograd.grad(loss, layer.weights());
            Map<String, Tensor> named = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                named.put(names.get(i), gradients.get(i));
            }
            Golden.requireAllClose("gradient", named, Golden.under(golden, "grad/"), 5e-6, 0);
            Golden.requireAllClose("state", layer.stateDict(), Golden.under(golden, "after/"), 2e-6, 0);
            layer.train(false);
            Golden.requireClose("in use", layer.forward(input), Golden.get(golden, "in_use"), 2e-6, 0);
        }
    }
}
