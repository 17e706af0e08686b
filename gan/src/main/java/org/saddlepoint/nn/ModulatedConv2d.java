package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A convolution whose input channels each image scales in its own way (Karras et al. 2020, "Analyzing and Improving the Image
 * Quality of StyleGAN", section 2.2, equations 1 to 3). The weight is shared by the images of a batch: scaling the input is the
 * same as scaling the weight.
 *
 * <pre>
 * y_o = d_o · (W ∗ (s ⊙ x))_o,   d_o = 1 / √(Σ_i s_i² Σ_k W²_oik + 10⁻⁸)   with demodulation
 * y_o = (W ∗ (s ⊙ x))_o / √in                                          without
 * </pre>
 *
 * <p>Demodulation makes the outputs of unit variance if the inputs are, so the weight needs no scale of its own. The padding
 * keeps the side. Where the side is doubled, the convolution is transposed, with {@link FirResampling#filter} behind it (appendix
 * B of that article). Parameter {@code weight} [out, in, k, k] from N(0, 1).
 */
public final class ModulatedConv2d extends NeuralModule {
    private static final double EPSILON = 1e-8;

    private final Parameter weight;
    private final Form form;
    private final int kernel;
    private final double gain;

    /** What becomes of the output. */
    public enum Form {
        /** Demodulated. */
        DEMODULATED,
        /** Demodulated, of twice the side; kernels of 3. */
        DOUBLED,
        /** Not demodulated, as where colours are made. */
        PLAIN
    }

    /**
     * A layer with these counts of channels.
     *
     * @param kernel side of the kernel in pixels, odd
     * @throws IllegalArgumentException if the kernel is even, or other than 3 where the side is doubled
     */
    public ModulatedConv2d(int in, int out, int kernel, Form form, RandomGenerator random) {
        if (kernel % 2 == 0 || (form == Form.DOUBLED && kernel != 3)) {
            throw new IllegalArgumentException(
                    "kernel must be odd, and 3 where the side is doubled, but was " + kernel);
        }
        this.form = form;
        this.kernel = kernel;
        this.gain = form == Form.PLAIN ? 1 / Math.sqrt((double) in * kernel * kernel) : 1;
        try (TensorScope scope = TensorScope.open()) {
            weight = parameter("weight", random.normal(out, in, kernel, kernel));
        }
    }

    /**
     * The convolution.
     *
     * @param images x, [N, in, H, W]
     * @param scales s, [N, in]
     * @return [N, out, H, W], or [N, out, 2H, 2W]
     */
    public Tensor forward(Tensor images, Tensor scales) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor factors = form == Form.PLAIN ? scales.mul(gain) : scales;
            Tensor scaled = images.mul(perChannel(factors));
            Tensor output = form == Form.DOUBLED
                    ? FirResampling.filter(
                            Functional.convTranspose2d(scaled, weight.tensor().transpose(0, 1), null, 2, 0, 0), 4, 1, 1)
                    : Functional.conv2d(scaled, weight.tensor(), null, 1, kernel / 2);
            return scratch.promote(form == Form.PLAIN ? output : output.mul(perChannel(demodulation(scales))));
        }
    }

    /** d, [N, out]. */
    private Tensor demodulation(Tensor scales) {
        Tensor powers = weight.tensor().square().sum(false, 2, 3);
        return Functional.linear(scales.square(), powers, null).add(EPSILON).pow(-0.5);
    }

    private static Tensor perChannel(Tensor values) {
        return values.unsqueeze(2).unsqueeze(3);
    }
}
