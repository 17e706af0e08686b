package org.saddlepoint.cli;

import org.saddlepoint.tensor.Autocast;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * How fast this machine convolves.
 *
 * @param float32 billions of operations a second
 * @param bfloat16 the same in bfloat16
 */
record MachineSpeed(double float32, double bfloat16) {
    private static final int BATCH = 16;
    private static final int CHANNELS = 128;
    private static final int SIDE = 16;
    private static final int REPEATS = 12;

    /** Times a 3×3 convolution of 128 channels, the best of some rounds. */
    static MachineSpeed measure(Device device) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Autograd.Recording off = Autograd.noGrad()) {
            Tensor images = random.normal(BATCH, CHANNELS, SIDE, SIDE).to(device);
            Tensor weight = random.normal(CHANNELS, CHANNELS, 3, 3).to(device);
            double float32 = best(images, weight);
            try (Autocast autocast = Autocast.bfloat16(device)) {
                return new MachineSpeed(float32, best(images, weight));
            }
        }
    }

    private static double best(Tensor images, Tensor weight) {
        double operations = 2.0 * BATCH * SIDE * SIDE * CHANNELS * CHANNELS * 9;
        double best = 0;
        for (int i = 0; i < REPEATS; i++) {
            try (TensorScope scratch = TensorScope.open()) {
                long start = System.nanoTime();
                Functional.conv2d(images, weight, null, 1, 1).sum().item();
                best = Math.max(best, operations / (System.nanoTime() - start));
            }
        }
        return best;
    }
}
