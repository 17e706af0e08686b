/**
 * Closed forms: what the theory of GANs says exactly, in double precision, without tensors or training. These are the
 * numbers that training is checked against.
 *
 * <ul>
 *   <li>Discrete distributions, {@code double[]} of probabilities that sum to 1: {@code Divergences}, {@code CsiszarDivergence},
 *       {@code OptimalDiscriminator}, {@code NonSaturatingDecomposition}, {@code GeneratorDescent}. Two that are compared
 *       have the same length.
 *   <li>Densities on the line ({@code Density}) with the same numbers by quadrature, and normals of any dimension.
 *   <li>Optimal transport: {@code LinearAssignment}, {@code DiscreteTransport}, {@code LineWasserstein}, and the optimal
 *       critic, {@code KantorovichPotential}.
 *   <li>Lipschitz constants from below ({@code LipschitzEstimate}) and above ({@code LipschitzBound}).
 *   <li>{@code DiracGan}: the dynamics of training methods in the plane.
 * </ul>
 *
 * <p>Logarithms are natural, so divergences are in nats.
 */
@NullMarked
package org.saddlepoint.theory;

import org.jspecify.annotations.NullMarked;
