package org.saddlepoint.training;

import java.util.Locale;
import java.util.function.Supplier;
import org.saddlepoint.models.DiscriminatorOutput;
import org.saddlepoint.tensor.Autocast;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;

/** The arithmetic of forward passes; weights, losses and updates are always float32. */
public enum Precision {
    FLOAT32,
    /** Convolutions and matrix products in bfloat16: faster where the processor has instructions for it. */
    BFLOAT16;

    /** What this pass gives under this arithmetic, as float32. */
    public Tensor forward(Device device, Supplier<Tensor> pass) {
        if (this == FLOAT32) {
            return pass.get();
        }
        Tensor output;
        try (Autocast autocast = Autocast.bfloat16(device)) {
            output = pass.get();
        }
        return output.to(DType.FLOAT32);
    }

    /** {@link #forward} of a discriminator that may be a classifier. */
    DiscriminatorOutput discriminate(Device device, Supplier<DiscriminatorOutput> pass) {
        if (this == FLOAT32) {
            return pass.get();
        }
        DiscriminatorOutput output;
        try (Autocast autocast = Autocast.bfloat16(device)) {
            output = pass.get();
        }
        Tensor classes = output.classLogits();
        return new DiscriminatorOutput(
                output.logits().to(DType.FLOAT32), classes == null ? null : classes.to(DType.FLOAT32));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
