/**
 * Closed forms: what the theory of GANs says exactly, computed on discrete distributions in double precision.
 *
 * <p>A distribution is a {@code double[]} of probabilities that sum to 1; element i is the probability of outcome i,
 * and two distributions that are compared have the same length. Logarithms are natural, so divergences are in nats.
 * Nothing here needs tensors or training: these are the numbers that training is checked against.
 */
@NullMarked
package org.saddlepoint.theory;

import org.jspecify.annotations.NullMarked;
