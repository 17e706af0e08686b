package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.LipschitzBound;

/**
 * Lipschitz constants of the first k layers f_k of a fully connected critic of the plane.
 *
 * <pre>
 * max over the points of ‖J_k(x)‖₂  ≤  L(f_k)  ≤  ‖W_1‖₂ … ‖W_k‖₂,     J_k the Jacobian of f_k
 * </pre>
 *
 * for activations that are 1-Lipschitz. A layer is its weight with the activation behind it.
 *
 * @param found the largest norms of the Jacobians, one a layer: what L(f_k) is at least
 * @param norms ‖W_k‖₂, one a layer
 */
record LayerSlopes(double[] found, double[] norms) {
    /** Computes both at these points of the plane. */
    static LayerSlopes of(Discriminator critic, double[][] points) {
        try (TensorScope scope = TensorScope.open()) {
            List<Double> found = new ArrayList<>();
            List<Double> norms = new ArrayList<>();
            Tensor hidden = CriticTraining.tensor(points);
            Tensor jacobian = Tensors.eye(2, DType.FLOAT32).unsqueeze(0).expand(points.length, 2, 2);
            for (NeuralModule module : critic.modules().values()) {
                if (module instanceof Linear linear) {
                    Tensor matrix = linear.matrix().detach();
                    hidden = linear.forward(hidden).detach();
                    jacobian = jacobian.matmul(matrix.transpose(0, 1));
                    found.add(steepest(jacobian));
                    norms.add(LipschitzBound.ofLayer(Plane.points(matrix.toDoubleArray(), (int) matrix.size(1))));
                } else if (module instanceof Activation activation) {
                    jacobian = jacobian.mul(slopes(activation, hidden).unsqueeze(1));
                    hidden = activation.forward(hidden).detach();
                    found.set(found.size() - 1, steepest(jacobian));
                }
            }
            return new LayerSlopes(array(found), array(norms));
        }
    }

    /** ‖W_1‖₂ … ‖W_k‖₂ for each k. */
    double[] products() {
        double[] products = norms.clone();
        for (int k = 1; k < products.length; k++) {
            products[k] *= products[k - 1];
        }
        return products;
    }

    private static Tensor slopes(Layer activation, Tensor hidden) {
        Tensor input = hidden.withGrad(true);
        return Autograd.grad(activation.forward(input), List.of(input)).get(0);
    }

    /** The largest of the two singular values of all [2, d] matrices, from their Gram matrices. */
    private static double steepest(Tensor jacobian) {
        Tensor gram = jacobian.matmul(jacobian.transpose(1, 2));
        double[] entries = gram.toDoubleArray();
        double largest = 0;
        for (int i = 0; i < entries.length; i += 4) {
            double half = (entries[i] - entries[i + 3]) / 2;
            largest = Math.max(largest, (entries[i] + entries[i + 3]) / 2 + Math.hypot(half, entries[i + 1]));
        }
        return Math.sqrt(largest);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
