package org.saddlepoint;

import org.saddlepoint.tensor.Device;

/**
 * How a trained model is opened.
 *
 * @param device where it computes
 * @param best whether it is the checkpoint with the best evaluation, which {@code train --evaluate-every} keeps, instead of
 *     the newest one
 */
public record ModelOptions(Device device, boolean best) {
    /** The newest checkpoint, on the CPU. */
    public static final ModelOptions DEFAULT = new ModelOptions(Device.CPU, false);

    /** The same on another device. */
    public ModelOptions device(Device other) {
        return new ModelOptions(other, best);
    }

    /** The same of the best checkpoint. */
    public ModelOptions ofBest() {
        return new ModelOptions(device, true);
    }
}
