package org.saddlepoint.training;

/**
 * How learning rates change from one pass through the data to the next: a factor on those of the optimizers. The four of
 * the PyTorch implementation by the authors of pix2pix and CycleGAN, and none.
 */
public sealed interface EpochSchedule {
    /**
     * The factor of an epoch.
     *
     * @param epoch passes done before it
     * @param plateaus how often so far the loss had ceased to fall, as {@link Plateau} counts
     */
    double factor(long epoch, long plateaus);

    /** Always the optimizer's own. */
    record Constant() implements EpochSchedule {
        @Override
        public double factor(long epoch, long plateaus) {
            return 1;
        }
    }

    /**
     * Constant, then down in a line: 1 − max(0, epoch + 1 − constantEpochs) / (decayEpochs + 1), so that the last of
     * constantEpochs + decayEpochs epochs still learns.
     *
     * @param constantEpochs >= 0; 100 in both papers
     * @param decayEpochs >= 0; 100 in both papers
     */
    record Linear(int constantEpochs, int decayEpochs) implements EpochSchedule {
        public Linear {
            requireAtLeast(0, "constantEpochs", constantEpochs);
            requireAtLeast(0, "decayEpochs", decayEpochs);
        }

        @Override
        public double factor(long epoch, long plateaus) {
            return Math.max(0, 1 - (double) Math.max(0, epoch + 1 - constantEpochs) / (decayEpochs + 1));
        }
    }

    /**
     * Multiplied by a factor every so many epochs.
     *
     * @param every >= 1; 50 by default in the authors' code
     * @param factor in (0, 1]; 0.1 in the authors' code
     */
    record Step(int every, double factor) implements EpochSchedule {
        public Step {
            requireAtLeast(1, "every", every);
            requireFactor(factor);
        }

        @Override
        public double factor(long epoch, long plateaus) {
            long periods = epoch / every;
            return Math.pow(factor, (double) periods);
        }
    }

    /**
     * Multiplied by a factor whenever the generator's mean loss of an epoch has not fallen for some epochs, as PyTorch's
     * ReduceLROnPlateau. (The authors' code has this schedule but gives it a constant instead of a loss.)
     *
     * @param factor in (0, 1]; 0.2 in the authors' code
     * @param threshold by what part of the best loss another must be lower to count, in [0, 1); 0.01 in the authors' code
     * @param patience how many epochs in a row may pass without, >= 0; 5 in the authors' code
     */
    record Plateau(double factor, double threshold, int patience) implements EpochSchedule {
        public Plateau {
            requireFactor(factor);
            if (!(threshold >= 0 && threshold < 1)) {
                throw new IllegalArgumentException("threshold must be in [0, 1) but was " + threshold);
            }
            requireAtLeast(0, "patience", patience);
        }

        @Override
        public double factor(long epoch, long plateaus) {
            return Math.pow(factor, (double) plateaus);
        }
    }

    /**
     * Half a wave down to 0: (1 + cos(π epoch / epochs)) / 2, and up again after it.
     *
     * @param epochs >= 1; the epochs of constant rate of the linear schedule in the authors' code, 100
     */
    record Cosine(int epochs) implements EpochSchedule {
        public Cosine {
            requireAtLeast(1, "epochs", epochs);
        }

        @Override
        public double factor(long epoch, long plateaus) {
            return (1 + Math.cos(Math.PI * (double) epoch / epochs)) / 2;
        }
    }

    private static void requireAtLeast(int bound, String name, int value) {
        if (value < bound) {
            throw new IllegalArgumentException(name + " must be >= " + bound + " but was " + value);
        }
    }

    private static void requireFactor(double factor) {
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("factor must be in (0, 1] but was " + factor);
        }
    }
}
