package org.saddlepoint.theory;

/**
 * A real function on R^d with its gradient, almost everywhere: a critic, a discriminator's logit, or a closed form. A
 * network becomes one by a lambda for each half.
 */
public interface DifferentiableFunction {
    /** f(x). */
    double value(double[] x);

    /** ∇f(x), [d], a new array; where f has a kink, the gradient of either side or 0. */
    double[] gradient(double[] x);
}
