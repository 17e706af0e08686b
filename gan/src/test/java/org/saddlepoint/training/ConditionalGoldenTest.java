package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.constraints.DiscriminatorUpdate;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.PenaltyPoints;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorConditioning;
import org.saddlepoint.models.DiscriminatorOutput;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.ConditionalBatchNorm;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Network;
import org.saddlepoint.objectives.AuxiliaryClassification;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;

/** Conditional networks and their losses against PyTorch's in float64: {@code golden_conditional.py}. */
@ExtendWith(LeakCheck.class)
class ConditionalGoldenTest {
    private static final double TOLERANCE = 1e-12;
    private static final Shape POINT = Shape.of(2);
    private static final ConditionShape CLASSES = ConditionShape.Classes.of(3);
    private static final MlpDiscriminatorConfig MLP =
            MlpDiscriminatorConfig.of(List.of(6, 5), new InitialWeights.PytorchDefault());

    @ParameterizedTest
    @ValueSource(strings = {"conditional_batch_norm_train", "conditional_batch_norm_eval"})
    void conditionalBatchNormalization(String name) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                ConditionalBatchNorm layer = new ConditionalBatchNorm(3, 4, Initialization.PYTORCH_DEFAULT, random)) {
            Map<String, Tensor> golden = Golden.under(Golden.read("conditional.safetensors"), name + "/");
            load(layer, golden);
            layer.train(name.endsWith("train"));
            Tensor x = Golden.get(golden, "input").withGrad(true);
            Tensor output = layer.forward(x, Golden.get(golden, "labels"));
            close("output", output, golden);
            Tensor loss = output.mul(Golden.get(golden, "cotangent")).sum();
            List<Tensor> inputs = new ArrayList<>(layer.weights());
            inputs.add(x);
            List<Tensor> gradients = Autograd.grad(loss, inputs);
            requireGradients("", gradients, layer, golden);
            close("grad_input", gradients.get(gradients.size() - 1), golden);
            Golden.requireAllClose(name, layer.stateDict(), Golden.under(golden, "after/"), TOLERANCE, TOLERANCE);
        }
    }

    @Test
    void projectionAndWhatConstraintsMakeOfIt() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Discriminator projection =
                        new DiscriminatorConditioning.Projection().build(MLP, CLASSES, POINT, random)) {
            Map<String, Tensor> golden = Golden.under(Golden.read("conditional.safetensors"), "projection/");
            load(projection, golden);
            Tensor x = Golden.get(golden, "input");
            Conditioning y = new Conditioning.Labels(Golden.get(golden, "labels"));
            Tensor logits = projection.forward(x, y);
            close("logits", logits, golden);

            GradientPenalty real = new GradientPenalty(new PenaltyPoints.Real(), 10, 1, false, 1);
            Tensor penalty = real.penalty(
                            new DiscriminatorUpdate(projection, x, x, logits, y, random, Progress.START, 0))
                    .orElseThrow();
            close("penalty", penalty, golden);
            requireGradients("hinge_gp/", hinge(logits).add(penalty), projection, golden);

            Discriminator normalized = GradientNormalization.PAPER.apply(projection, POINT, random);
            close("normalized", normalized.forward(x, y), golden);
            close("normalized", normalized.forwardForGenerator(x, y), golden);
            requireGradients("hinge_gn/", hinge(normalized.forward(x, y)), projection, golden);
        }
    }

    private static Tensor hinge(Tensor realLogits) {
        return realLogits.neg().add(1).relu().mean();
    }

    @Test
    void anAuxiliaryClassifierAndItsLosses() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Discriminator classifier =
                        new DiscriminatorConditioning.AuxiliaryClassifier().build(MLP, CLASSES, POINT, random)) {
            Map<String, Tensor> golden = Golden.under(Golden.read("conditional.safetensors"), "classifier/");
            load(classifier, golden);
            Tensor labels = Golden.get(golden, "labels");
            Conditioning y = new Conditioning.Labels(labels);
            DiscriminatorOutput real = classifier.discriminate(Golden.get(golden, "real"), y);
            DiscriminatorOutput fake = classifier.discriminate(Golden.get(golden, "fake"), y);
            Tensor realClasses = Objects.requireNonNull(real.classLogits());
            Tensor fakeClasses = Objects.requireNonNull(fake.classLogits());
            close("real_logits", real.logits(), golden);
            close("real_classes", realClasses, golden);
            NonSaturatingObjective objective = new NonSaturatingObjective();
            AuxiliaryClassification weights = new AuxiliaryClassification(1, 0.5, 0.1);
            Tensor loss = objective
                    .discriminatorLoss(real.logits(), fake.logits())
                    .add(weights.discriminatorLoss(realClasses, fakeClasses, labels));
            close("discriminator_loss", loss, golden);
            close(
                    "generator_loss",
                    objective.generatorLoss(fake.logits()).add(weights.generatorLoss(fakeClasses, labels)),
                    golden);
            requireGradients("", loss, classifier, golden);

            double onReal = new AuxiliaryClassification(1, 0, 0)
                    .discriminatorLoss(realClasses, fakeClasses, labels)
                    .item();
            assertThat(new AuxiliaryClassification(3, 0, 0)
                            .discriminatorLoss(realClasses, fakeClasses, labels)
                            .item())
                    .isCloseTo(3 * onReal, within(1e-12));
        }
    }

    private static void load(Network network, Map<String, Tensor> golden) {
        network.to(DType.FLOAT64);
        network.loadStateDict(Golden.under(golden, "state/"));
    }

    private static void close(String name, Tensor actual, Map<String, Tensor> golden) {
        Golden.requireClose(name, actual, Golden.get(golden, name), TOLERANCE, TOLERANCE);
    }

    private static void requireGradients(String loss, Tensor value, Network network, Map<String, Tensor> golden) {
        requireGradients(loss, Autograd.grad(value, network.weights()), network, golden);
    }

    private static void requireGradients(
            String loss, List<Tensor> gradients, Network network, Map<String, Tensor> golden) {
        Map<String, Tensor> byName = new LinkedHashMap<>();
        int i = 0;
        for (String name : network.parameters().keySet()) {
            byName.put(name, gradients.get(i++));
        }
        Golden.requireAllClose(loss, byName, Golden.under(golden, loss + "grad/"), TOLERANCE, TOLERANCE);
    }
}
