package org.saddlepoint.onnx;

import org.saddlepoint.input.Require;

/**
 * How networks are written as ONNX.
 *
 * @param precision of weights and arithmetic
 * @param noise what becomes of random numbers inside the network
 * @param tolerance how much the model may differ from the network, see {@link Precision#tolerance}
 * @param fidSamples of how many samples the loss in FID is measured, of generators of pictures in lower precision; 0 for not at all
 */
public record OnnxOptions(Precision precision, Noise noise, double tolerance, int fidSamples) {
    /** Enough for losses that matter. */
    public static final int FID_SAMPLES = 2000;

    /** Float32, with the noise that {@code sample} uses. */
    public static final OnnxOptions DEFAULT = of(Precision.FLOAT32, Noise.CONSTANT);

    public OnnxOptions {
        Require.atLeast(0, "fidSamples", fidSamples);
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance must be > 0 but was " + tolerance);
        }
    }

    /** With the usual tolerance and number of samples. */
    public static OnnxOptions of(Precision precision, Noise noise) {
        return new OnnxOptions(precision, noise, precision.tolerance(), FID_SAMPLES);
    }

    /** What becomes of random numbers inside a network. */
    public enum Noise {
        /** They are part of the model: a latent always gives the same picture. */
        CONSTANT,
        /** They are inputs, which callers draw from a seed of theirs. */
        INPUT
    }
}
