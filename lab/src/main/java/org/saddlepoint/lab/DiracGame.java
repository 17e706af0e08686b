package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.DiscriminatorUpdate;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.Generator;
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.DiracGan.State;
import org.saddlepoint.theory.PlanarMap;

/**
 * Dirac-GAN as a game that is really trained, in float64, by the objectives, constraints, gradients and optimizers that
 * train large networks. The data is the point 0, the generator the point θ, the discriminator D(x) = −ψx, high for data.
 */
final class DiracGame implements AutoCloseable {
    private final AdversarialObjective objective;
    private final Constraint constraint;
    private final Generator generator;
    private final Discriminator discriminator;
    private final Optimizer forGenerator;
    private final Optimizer forDiscriminator;
    private final RandomGenerator random = new RandomGenerator(0); // for penalties, which draw points between 0 and θ

    /**
     * Players where they start.
     *
     * @param stepSize h, the learning rate of both
     */
    DiracGame(AdversarialObjective objective, Constraint constraint, State start, double stepSize) {
        this.objective = objective;
        this.constraint = constraint;
        generator = new Point(start.theta());
        discriminator = constraint.apply(new Slope(start.psi()), Shape.of(1), random);
        forGenerator = new SgdConfig(stepSize, 0).create(generator.parameters());
        forDiscriminator = new SgdConfig(stepSize, 0).create(discriminator.parameters());
    }

    /** G(z) = θ for every latent z. */
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

    /** The current parameters of both players. */
    State state() {
        return new State(only(generator), only(discriminator));
    }

    /** Takes this many steps and returns steps + 1 states, the current one first. */
    List<State> trajectory(Consumer<DiracGame> step, int steps) {
        List<State> states = new ArrayList<>(List.of(state()));
        for (int i = 0; i < steps; i++) {
            step.accept(this);
            states.add(state());
        }
        return states;
    }

    /** Both players move at once. */
    void simultaneous() {
        try (TensorScope scope = TensorScope.open()) {
            List<Tensor> ofGenerator = generatorGradients(false);
            List<Tensor> ofDiscriminator = discriminatorGradients(false);
            forGenerator.step(ofGenerator);
            updateDiscriminator(ofDiscriminator);
        }
    }

    /** G moves first, then D, which sees the moved G. */
    void alternating() {
        try (TensorScope scope = TensorScope.open()) {
            forGenerator.step(generatorGradients(false));
            updateDiscriminator(discriminatorGradients(false));
        }
    }

    /** The Jacobian of the field (θ′, ψ′) at the current state, by differentiating both players' gradients again. */
    PlanarMap jacobian() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor theta = generator.weights().get(0);
            Tensor psi = discriminator.weights().get(0);
            Tensor zero = theta.sum().add(psi.sum()).mul(0); // where a gradient does not depend on one of the two
            double[] rows = new double[4];
            List<Tensor> gradients = List.of(
                    generatorGradients(true).get(0),
                    discriminatorGradients(true).get(0));
            for (int row = 0; row < 2; row++) {
                Tensor descent = gradients.get(row).sum().neg().add(zero);
                List<Tensor> derivatives = Autograd.grad(List.of(descent), List.of(theta, psi), true);
                rows[2 * row] = derivatives.get(0).item();
                rows[2 * row + 1] = derivatives.get(1).item();
            }
            return new PlanarMap(rows[0], rows[1], rows[2], rows[3]);
        }
    }

    private List<Tensor> generatorGradients(boolean createGraph) {
        Tensor sample = generator.forward(Tensors.zeros(1), Conditioning.none());
        Tensor loss = objective.generatorLoss(discriminator.forwardForGenerator(sample, Conditioning.none()));
        return Autograd.grad(List.of(loss), generator.weights(), createGraph);
    }

    /** With a graph, unlike in training, the gradients are functions of θ, too. */
    private List<Tensor> discriminatorGradients(boolean createGraph) {
        Tensor real = Tensors.of(new double[] {0}, 1, 1);
        Tensor sample = generator.forward(Tensors.zeros(1), Conditioning.none());
        Tensor fake = createGraph ? sample : sample.detach();
        Tensor realLogits = discriminator.forward(real, Conditioning.none());
        Tensor loss = objective.discriminatorLoss(realLogits, discriminator.forward(fake, Conditioning.none()));
        DiscriminatorUpdate update = new DiscriminatorUpdate(
                discriminator, real, fake.detach(), realLogits, Conditioning.none(), random, Progress.START, 0);
        Tensor whole = constraint.penalty(update).map(loss::add).orElse(loss);
        return Autograd.grad(List.of(whole), discriminator.weights(), createGraph);
    }

    private void updateDiscriminator(List<Tensor> gradients) {
        forDiscriminator.step(gradients);
        constraint.project(discriminator);
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
