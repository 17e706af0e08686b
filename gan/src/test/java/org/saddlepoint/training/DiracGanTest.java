package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.DiscriminatorUpdate;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Generator;
import org.saddlepoint.nn.Module;
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/**
 * Dirac-GAN (Mescheder et al. 2018, section 2): the data is the point 0, the generator the point θ, and D is linear. In
 * the paper D(x) = ψ x is high for generated samples; here logits are high for real ones, so D(x) = −ψ x.
 */
@ExtendWith({LeakCheck.class, OneThread.class})
class DiracGanTest {
    private static final double H = 0.2;
    private static final int STEPS = 500;

    /** G = θ, whatever the latent. */
    private static final class Point extends Module implements Generator {
        private final Parameter theta;

        Point(double start) {
            try (TensorScope scope = TensorScope.open()) {
                theta = parameter("theta", Tensors.of(new double[] {start}, 1, 1));
            }
        }

        @Override
        public Tensor forward(Tensor latent, Conditioning conditioning) {
            return theta.tensor().add(0);
        }
    }

    /** D(x) = −ψ x. */
    private static final class Slope extends Module implements Discriminator {
        private final Parameter psi;

        Slope(double start) {
            try (TensorScope scope = TensorScope.open()) {
                psi = parameter("psi", Tensors.of(new double[] {start}, 1));
            }
        }

        @Override
        public Tensor forward(Tensor samples, Conditioning conditioning) {
            return samples.squeeze(1).mul(psi.tensor()).neg();
        }

        @Override
        public boolean dependsOnBatch() {
            return false;
        }
    }

    /** One game with its players where they are. */
    private static final class Game implements AutoCloseable {
        private final AdversarialObjective objective;
        private final @Nullable Constraint constraint;
        private final Generator generator;
        private final Discriminator discriminator;
        private final Optimizer forGenerator;
        private final Optimizer forDiscriminator;
        private final RandomGenerator random = new RandomGenerator(1);

        Game(AdversarialObjective objective, @Nullable Constraint constraint, double theta, double psi) {
            this.objective = objective;
            this.constraint = constraint;
            generator = new Point(theta);
            Discriminator slope = new Slope(psi);
            discriminator = constraint == null ? slope : constraint.apply(slope, Shape.of(1), random);
            forGenerator = new SgdConfig(H, 0).create(generator.parameters());
            forDiscriminator = new SgdConfig(H, 0).create(discriminator.parameters());
        }

        /** What G's loss wants of θ. */
        List<Tensor> generatorGradients(boolean createGraph) {
            Tensor sample = generator.forward(Tensors.zeros(1), Conditioning.NONE);
            Tensor loss = objective.generatorLoss(discriminator.forwardForGenerator(sample, Conditioning.NONE));
            return Autograd.grad(List.of(loss), generator.weights(), createGraph);
        }

        /** What D's loss and the penalty want of ψ; here, unlike in training, as a function of θ too. */
        List<Tensor> discriminatorGradients(boolean createGraph) {
            Tensor real = Tensors.of(new double[] {0}, 1, 1);
            Tensor sample = generator.forward(Tensors.zeros(1), Conditioning.NONE);
            Tensor fake = createGraph ? sample : sample.detach();
            Tensor realLogits = discriminator.forward(real, Conditioning.NONE);
            Tensor loss = objective.discriminatorLoss(realLogits, discriminator.forward(fake, Conditioning.NONE));
            if (constraint != null) {
                DiscriminatorUpdate update = new DiscriminatorUpdate(
                        discriminator, real, fake.detach(), realLogits, Conditioning.NONE, random, 0);
                loss = constraint.penalty(update).map(loss::add).orElse(loss);
            }
            return Autograd.grad(List.of(loss), discriminator.weights(), createGraph);
        }

        void updateDiscriminator(List<Tensor> gradients) {
            forDiscriminator.step(gradients);
            if (constraint != null) {
                constraint.project(discriminator);
            }
        }

        /** Both move from where both are. */
        void simultaneous() {
            try (TensorScope scope = TensorScope.open()) {
                List<Tensor> ofGenerator = generatorGradients(false);
                List<Tensor> ofDiscriminator = discriminatorGradients(false);
                forGenerator.step(ofGenerator);
                updateDiscriminator(ofDiscriminator);
            }
        }

        /** G moves once, then D this many times. */
        void alternating(int discriminatorSteps) {
            try (TensorScope scope = TensorScope.open()) {
                forGenerator.step(generatorGradients(false));
                for (int i = 0; i < discriminatorSteps; i++) {
                    updateDiscriminator(discriminatorGradients(false));
                }
            }
        }

        double theta() {
            return only(generator);
        }

        double psi() {
            return only(discriminator);
        }

        private static double only(Network network) {
            return network.weights().get(0).toDoubleArray()[0];
        }

        @Override
        public void close() {
            forGenerator.close();
            forDiscriminator.close();
            generator.close();
            discriminator.close();
            random.close();
        }
    }

    static Stream<Arguments> rows() {
        MinimaxObjective gan = new MinimaxObjective();
        NonSaturatingObjective nsgan = new NonSaturatingObjective();
        WassersteinObjective wgan = new WassersteinObjective();
        // −λ (|ψ| − g₀) sign ψ is the slope of λ/2 (|ψ| − g₀)²: our weight is λ/2.
        Constraint wganGp = GradientPenalty.wganGp(0.7 / 2);
        return Stream.of(
                row("GAN", gan, null, "0.9462117157", "1.0537882843", "3.096949", "1.421019", "1.845274"),
                row("NSGAN", nsgan, null, "0.8537882843", "1.0537882843", "0.6402071", "0.2839234", "0.1388767"),
                row("WGAN", wgan, new WeightClipping(1), "0.8", "1.0", "1.002152", "1.024119", "0.9168847"),
                row("WGAN-GP", wgan, wganGp, "0.8", "1.2", "1.801793", "1.221067", "0.7163009"),
                row(
                        "GAN + R1 .3",
                        gan,
                        GradientPenalty.r1(0.3),
                        "0.9462117157",
                        "0.9937882843",
                        "2.6427e-06",
                        "2.3009e-07",
                        "9.2e-34"),
                row(
                        "GAN + R1 1",
                        gan,
                        GradientPenalty.r1(1),
                        "0.9462117157",
                        "0.8537882843",
                        "9.529e-22",
                        "7.481e-17",
                        "5.14e-12"),
                row(
                        "NSGAN + R1 .3",
                        nsgan,
                        GradientPenalty.r1(0.3),
                        "0.8537882843",
                        "0.9937882843",
                        "2.2120e-06",
                        "1.4994e-07",
                        "4.0e-34"));
    }

    private static Arguments row(
            String name, AdversarialObjective objective, @Nullable Constraint constraint, String... printed) {
        return Arguments.of(name, objective, constraint, printed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void eachMethodMovesAsPrinted(
            String name, AdversarialObjective objective, @Nullable Constraint constraint, String[] printed) {
        try (Game game = new Game(objective, constraint, 1, 1)) {
            game.simultaneous();
            requirePrinted("θ after step 1", game.theta(), printed[0]);
            requirePrinted("ψ after step 1", game.psi(), printed[1]);
            for (int step = 1; step < STEPS; step++) {
                game.simultaneous();
            }
            requirePrinted("r, simultaneous", Math.hypot(game.theta(), game.psi()), printed[2]);
        }
        for (int discriminatorSteps : new int[] {1, 5}) {
            try (Game game = new Game(objective, constraint, 1, 1)) {
                for (int step = 0; step < STEPS; step++) {
                    game.alternating(discriminatorSteps);
                }
                double radius = Math.hypot(game.theta(), game.psi());
                requirePrinted("r, " + discriminatorSteps, radius, printed[discriminatorSteps == 1 ? 3 : 4]);
            }
        }
    }

    /** All printed digits: the difference is half a unit of the last at most. */
    private static void requirePrinted(String what, double actual, String printed) {
        double lastDigit = new BigDecimal(printed).ulp().doubleValue();
        assertThat(actual).as(what).isCloseTo(Double.parseDouble(printed), within(0.5 * lastDigit + 1e-15 * actual));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.9, 1, 1.5})
    void theEigenvaluesAtTheEquilibriumAreThoseOfThePaper(double gamma) {
        for (AdversarialObjective objective : List.of(new MinimaxObjective(), new NonSaturatingObjective())) {
            // Positive γ so that the penalty is there; at 0 there is none.
            try (TensorScope scope = TensorScope.open();
                    Game game = new Game(objective, gamma > 0 ? GradientPenalty.r1(gamma) : null, 0, 0)) {
                Tensor theta = game.generator.weights().get(0);
                Tensor psi = game.discriminator.weights().get(0);
                Tensor zero = theta.sum().add(psi.sum()).mul(0); // where a gradient does not depend on one of the two
                List<double[]> jacobian = new ArrayList<>();
                for (Tensor gradient : List.of(
                        game.generatorGradients(true).get(0),
                        game.discriminatorGradients(true).get(0))) {
                    List<Tensor> row = Autograd.grad(gradient.sum().neg().add(zero), List.of(theta, psi));
                    jacobian.add(new double[] {row.get(0).item(), row.get(1).item()});
                }
                double trace = jacobian.get(0)[0] + jacobian.get(1)[1];
                double determinant = jacobian.get(0)[0] * jacobian.get(1)[1] - jacobian.get(0)[1] * jacobian.get(1)[0];
                double discriminant = trace * trace / 4 - determinant;
                assertThat(jacobian.get(0)).containsExactly(new double[] {0, -0.5}, within(1e-15)); // f′(0) = ½
                assertThat(jacobian.get(1)).containsExactly(new double[] {0.5, -gamma}, within(1e-15));
                // −γ/2 ± √(γ²/4 − ¼): rotation below γ = 1, none above.
                assertThat(trace / 2).isCloseTo(-gamma / 2, within(1e-15));
                assertThat(discriminant).isCloseTo(gamma * gamma / 4 - 0.25, within(1e-15));
                assertThat(Math.signum(discriminant)).isEqualTo(Math.signum(gamma - 1));
            }
        }
    }

    /** Derivative of G's loss with respect to its logit. */
    private static double generatorSlope(AdversarialObjective objective, double logit) {
        if (objective instanceof MinimaxObjective) {
            return -1 / (1 + Math.exp(-logit));
        }
        return objective instanceof NonSaturatingObjective ? -1 / (1 + Math.exp(logit)) : -1;
    }

    /**
     * Under gradient normalization f̂(x) = −sign(ψ) x / (1 + |x|): the size of ψ is gone, so D has nothing to learn and
     * stays, and θ runs along f̂ past the data without end.
     *
     * <pre>θ ← θ + h L_G′(f̂(θ)) sign(ψ) / (1 + |θ|)²</pre>
     */
    @ParameterizedTest
    @EnumSource(GradientNormalization.GeneratorPath.class)
    void underGradientNormalizationDNeverMovesAndGRunsPastTheData(GradientNormalization.GeneratorPath path) {
        Constraint normalization = new GradientNormalization(GradientNormalization.Zeta.ABSOLUTE, path);
        for (AdversarialObjective objective : List.of(
                new WassersteinObjective(),
                new HingeObjective(),
                new MinimaxObjective(),
                new NonSaturatingObjective())) {
            for (double psi : new double[] {1, -0.4}) {
                try (Game game = new Game(objective, normalization, 1, psi)) {
                    double theta = 1;
                    for (int step = 0; step < 150; step++) {
                        double logit = -Math.signum(psi) * theta / (1 + Math.abs(theta));
                        double slope = -Math.signum(psi) / Math.pow(1 + Math.abs(theta), 2);
                        theta -= H * generatorSlope(objective, logit) * slope;
                        game.simultaneous();
                        assertThat(game.psi()).isCloseTo(psi, within(1e-12));
                        assertThat(game.theta()).isCloseTo(theta, within(1e-10));
                    }
                    assertThat(theta * Math.signum(psi)).isLessThan(-1); // the data lies at 0
                }
            }
        }
    }

    @Test
    void theGradientOfDUnderGradientNormalizationIs0() {
        try (TensorScope scope = TensorScope.open();
                Game game = new Game(new WassersteinObjective(), GradientNormalization.PAPER, 0.7, 1.3)) {
            assertThat(game.discriminatorGradients(false).get(0).item()).isCloseTo(0, within(1e-15));
        }
    }
}
