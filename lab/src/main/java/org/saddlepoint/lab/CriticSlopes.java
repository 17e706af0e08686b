package org.saddlepoint.lab;

import java.util.Arrays;
import java.util.List;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * A critic of the plane at some points, in float64.
 *
 * @param values f, [N]
 * @param gradients ∇f, each a row
 */
record CriticSlopes(double[] values, double[][] gradients) {
    /** Steps of {@link #steepest}, the first of them a tenth of the square's half side, the last a millionth of it. */
    private static final int STEPS = 30;

    static CriticSlopes at(Discriminator critic, double[][] points) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor x = RandomCritic.tensor(points).withGrad(true);
            Tensor f = critic.forward(x, Conditioning.none());
            double[] gradients = Autograd.grad(f, List.of(x)).get(0).toDoubleArray();
            return new CriticSlopes(f.toDoubleArray(), Plane.points(gradients, 2));
        }
    }

    /** ‖∇f‖, [N]. */
    double[] norms() {
        return Arrays.stream(gradients).mapToDouble(Plane::norm).toArray();
    }

    /** max |f|. */
    double largestValue() {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    /**
     * The largest ‖∇f‖ that a search finds in a square around the origin, a lower bound of the Lipschitz constant there:
     * from an even grid of points uphill along the gradient of ‖∇f‖, in ever smaller steps. All points climb together, in
     * one pass through the critic a step, where {@link org.saddlepoint.theory.LipschitzEstimate} looks at one at a time.
     *
     * @param half half the side of the square
     * @param starts points a side of the grid
     */
    static double steepest(Discriminator critic, double half, int starts) {
        double largest = 0;
        double[][] points = Plane.grid(half, starts);
        for (int step = 0; step < STEPS; step++) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor x = RandomCritic.tensor(points).withGrad(true);
                Tensor gradient = Autograd.grad(List.of(critic.forward(x, Conditioning.none())), List.of(x), true)
                        .get(0);
                Tensor flat = x.sum().mul(0); // the slopes of a piecewise linear critic may depend on no point
                Tensor squares = gradient.square().sum(false, 1).add(flat);
                largest = Math.max(largest, Math.sqrt(squares.max().item()));
                Tensor uphill = Autograd.grad(squares, List.of(x)).get(0);
                Tensor length = uphill.norm(1).unsqueeze(1);
                Tensor unit = uphill.div(Tensors.where(length.gt(0), length, Tensors.onesLike(length)));
                double size = 0.1 * half * Math.pow(1e-5, step / (STEPS - 1.0));
                double[] next =
                        x.detach().add(unit.mul(size)).clamp(-half, half).toDoubleArray();
                for (int i = 0; i < points.length; i++) {
                    points[i] = new double[] {next[2 * i], next[2 * i + 1]};
                }
            }
        }
        return largest;
    }
}
