package org.saddlepoint.onnx;

/**
 * How networks are written as ONNX.
 *
 * @param precision of weights and arithmetic
 * @param noise what becomes of random numbers inside the network
 */
public record OnnxOptions(Precision precision, Noise noise) {
    /** Float32, with the noise that {@code sample} uses. */
    public static final OnnxOptions DEFAULT = new OnnxOptions(Precision.FLOAT32, Noise.CONSTANT);

    /** What becomes of random numbers inside a network. */
    public enum Noise {
        /** They are part of the model: a latent always gives the same picture. */
        CONSTANT,
        /** They are inputs, which callers draw from a seed of theirs. */
        INPUT
    }
}
