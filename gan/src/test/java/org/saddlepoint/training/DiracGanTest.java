package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.theory.DiracGan;
import org.saddlepoint.theory.DiracGan.Regularization;
import org.saddlepoint.theory.DiracGan.State;
import org.saddlepoint.theory.PlanarMap;

/**
 * Dirac-GAN (Mescheder et al. 2018, section 2): the data is the point 0, the generator the point θ, and D is linear. In
 * the paper D(x) = ψ x is high for generated samples; here logits are high for real ones, so D(x) = −ψ x.
 */
@ExtendWith({LeakCheck.class, OneThread.class})
class DiracGanTest {
    private static final double H = 0.2;
    /** Enough to leave the start and to turn around the equilibrium; five hundred in the long form. */
    private static final int STEPS = Boolean.getBoolean("saddlepoint.laws") ? 500 : 120;

    /** G = θ, whatever the latent. */
    private static final class Point extends NeuralModule implements Generator {
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
    private static final class Slope extends NeuralModule implements Discriminator {
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
            Tensor sample = generator.forward(Tensors.zeros(1), Conditioning.none());
            Tensor loss = objective.generatorLoss(discriminator.forwardForGenerator(sample, Conditioning.none()));
            return Autograd.grad(List.of(loss), generator.weights(), createGraph);
        }

        /** What D's loss and the penalty want of ψ; here, unlike in training, as a function of θ too. */
        List<Tensor> discriminatorGradients(boolean createGraph) {
            Tensor real = Tensors.of(new double[] {0}, 1, 1);
            Tensor sample = generator.forward(Tensors.zeros(1), Conditioning.none());
            Tensor fake = createGraph ? sample : sample.detach();
            Tensor realLogits = discriminator.forward(real, Conditioning.none());
            Tensor loss = objective.discriminatorLoss(realLogits, discriminator.forward(fake, Conditioning.none()));
            if (constraint != null) {
                DiscriminatorUpdate update = new DiscriminatorUpdate(
                        discriminator, real, fake.detach(), realLogits, Conditioning.none(), random, Progress.START, 0);
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
                row(DiracGan.GAN, gan, null),
                row(DiracGan.NON_SATURATING, nsgan, null),
                row(theory(DiracGan.Game.WASSERSTEIN, new Regularization.Clipping(1)), wgan, new WeightClipping(1)),
                row(theory(DiracGan.Game.WASSERSTEIN, new Regularization.GradientPenalty(0.7, 1)), wgan, wganGp),
                row(theory(DiracGan.Game.MINIMAX, new Regularization.R1(0.3)), gan, GradientPenalty.r1(0.3)),
                row(theory(DiracGan.Game.MINIMAX, new Regularization.R1(1)), gan, GradientPenalty.r1(1)),
                row(theory(DiracGan.Game.NON_SATURATING, new Regularization.R1(0.3)), nsgan, GradientPenalty.r1(0.3)));
    }

    private static DiracGan theory(DiracGan.Game game, Regularization regularization) {
        return new DiracGan(game, regularization);
    }

    private static Arguments row(DiracGan theory, AdversarialObjective objective, @Nullable Constraint constraint) {
        return Arguments.of(theory, objective, constraint);
    }

    /** Objectives, constraints, gradients and optimizers against the vector fields in doubles, at each step. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void eachMethodMovesAsInTheory(DiracGan theory, AdversarialObjective objective, @Nullable Constraint constraint) {
        try (Game game = new Game(objective, constraint, 1, 1)) {
            State expected = new State(1, 1);
            for (int step = 0; step < STEPS; step++) {
                game.simultaneous();
                expected = theory.simultaneous(expected, H);
                requireAt(expected, game);
            }
        }
        for (int discriminatorSteps : new int[] {1, 5}) {
            try (Game game = new Game(objective, constraint, 1, 1)) {
                State expected = new State(1, 1);
                for (int step = 0; step < STEPS; step++) {
                    game.alternating(discriminatorSteps);
                    expected = theory.alternating(expected, H, discriminatorSteps);
                    requireAt(expected, game);
                }
            }
        }
    }

    private static void requireAt(State expected, Game game) {
        assertThat(game.theta()).isCloseTo(expected.theta(), within(1e-11 * expected.radius()));
        assertThat(game.psi()).isCloseTo(expected.psi(), within(1e-11 * expected.radius()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.9, 1, 1.5})
    void theJacobianAtTheEquilibriumIsThatOfTheory(double gamma) {
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
                DiracGan.Game each =
                        objective instanceof MinimaxObjective ? DiracGan.Game.MINIMAX : DiracGan.Game.NON_SATURATING;
                PlanarMap expected = theory(each, gamma > 0 ? new Regularization.R1(gamma) : new Regularization.None())
                        .jacobianAtEquilibrium()
                        .orElseThrow();
                assertThat(jacobian.get(0)).containsExactly(new double[] {expected.a(), expected.b()}, within(1e-15));
                assertThat(jacobian.get(1)).containsExactly(new double[] {expected.c(), expected.d()}, within(1e-15));
            }
        }
    }

    /**
     * Under gradient normalization f̂(x) = −sign(ψ) x / (1 + |x|): the size of ψ is gone, so D has nothing to learn and
     * stays, and θ runs along f̂ past the data without end.
     */
    @ParameterizedTest
    @EnumSource(GradientNormalization.GeneratorPath.class)
    void underGradientNormalizationDNeverMovesAndGRunsPastTheData(GradientNormalization.GeneratorPath path) {
        Constraint normalization = new GradientNormalization(GradientNormalization.Zeta.ABSOLUTE, path);
        for (DiracGan.Game each : DiracGan.Game.values()) {
            AdversarialObjective objective =
                    switch (each) {
                        case MINIMAX -> new MinimaxObjective();
                        case NON_SATURATING -> new NonSaturatingObjective();
                        case WASSERSTEIN -> new WassersteinObjective();
                        case HINGE -> new HingeObjective();
                    };
            DiracGan theory = theory(each, new Regularization.GradientNormalization());
            for (double psi : new double[] {1, -0.4}) {
                try (Game game = new Game(objective, normalization, 1, psi)) {
                    State expected = new State(1, psi);
                    for (int step = 0; step < 150; step++) {
                        expected = theory.simultaneous(expected, H);
                        game.simultaneous();
                        assertThat(game.psi()).isCloseTo(psi, within(1e-12));
                        assertThat(game.theta()).isCloseTo(expected.theta(), within(1e-10));
                    }
                    assertThat(expected.theta() * Math.signum(psi)).isLessThan(-1); // the data lies at 0
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
