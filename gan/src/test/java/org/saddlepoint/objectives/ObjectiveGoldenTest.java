package org.saddlepoint.objectives;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;

/** Losses and their gradients against PyTorch's binary cross entropy with logits, for logits up to ±1000. */
@ExtendWith(LeakCheck.class)
class ObjectiveGoldenTest {
    @ParameterizedTest
    @CsvSource({
        "minimax, float32, edge",
        "minimax, float32, random",
        "minimax, float64, edge",
        "minimax, float64, random",
        "non_saturating, float32, edge",
        "non_saturating, float32, random",
        "non_saturating, float64, edge",
        "non_saturating, float64, random"
    })
    void lossesAndGradientsAreThoseOfPyTorch(String name, String dtype, String batch) {
        AdversarialObjective objective = name.equals("minimax") ? new MinimaxObjective() : new NonSaturatingObjective();
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> golden =
                    Golden.under(Golden.read("layers.safetensors"), "objective/" + dtype + "/" + batch + "/");
            Tensor real = Golden.get(golden, "real").withGrad(true);
            Tensor fake = Golden.get(golden, "fake").withGrad(true);
            double tolerance = real.dtype() == DType.FLOAT64 ? 1e-14 : 2e-7;

            Tensor discriminator = objective.discriminatorLoss(real, fake);
            Golden.requireClose("D loss", discriminator, Golden.get(golden, "discriminator"), tolerance, 0);
            List<Tensor> gradients = Autograd.grad(discriminator, List.of(real, fake));
            Golden.requireClose(
                    "D real", gradients.get(0), Golden.get(golden, "discriminator_grad_real"), tolerance, 0);
            Golden.requireClose(
                    "D fake", gradients.get(1), Golden.get(golden, "discriminator_grad_fake"), tolerance, 0);

            Tensor generator = objective.generatorLoss(fake);
            Golden.requireClose("G loss", generator, Golden.get(golden, name), tolerance, 0);
            Tensor gradient = Autograd.grad(generator, List.of(fake)).get(0);
            Golden.requireClose("G", gradient, Golden.get(golden, name + "_grad"), tolerance, 0);
        }
    }
}
