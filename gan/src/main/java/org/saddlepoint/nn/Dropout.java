package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** In training, zeroes elements at random and scales the rest so that the mean is unchanged (Srivastava et al. 2014). */
public final class Dropout extends Layer {
    private final double probability;
    private final RandomGenerator random;

    /**
     * @param probability of zeroing an element, in [0, 1)
     * @param random the source of random numbers; the caller owns and saves it
     */
    public Dropout(double probability, RandomGenerator random) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("the dropout probability must be in [0, 1) but was " + probability);
        }
        this.probability = probability;
        this.random = random;
    }

    @Override
    public Tensor forward(Tensor input) {
        return isTraining() ? Functional.dropout(input, probability, random) : input;
    }

    @Override
    public boolean isPiecewiseLinear() {
        return true;
    }
}
