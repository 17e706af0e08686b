package org.saddlepoint.tensor;

import java.util.List;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A seeded source of random tensors (Mersenne Twister, as {@code torch.Generator} on the CPU), whose whole state can be
 * saved and restored. The global generator is never used. Values are drawn on the CPU whatever the device, so one seed
 * gives the same numbers everywhere.
 */
public final class RandomGenerator implements AutoCloseable {
    private final Generator generator;
    private final List<RandomGenerator> shares;
    private boolean closed;

    /** A generator that starts from this seed. */
    public RandomGenerator(long seed) {
        Engine.load();
        generator = torch.make_generator_cpu(seed);
        generator.retainReference();
        shares = List.of();
    }

    private RandomGenerator(List<RandomGenerator> shares) {
        this.generator = shares.get(0).generator;
        this.shares = List.copyOf(shares);
        generator.retainReference();
    }

    /**
     * What several processes draw that share each batch, as one: of a draw of n · k rows each of n generators, which stay the
     * caller's, gives k. One process thus computes what several would.
     *
     * @throws IllegalArgumentException from a draw whose rows do not divide
     */
    public static RandomGenerator ofShares(List<RandomGenerator> shares) {
        return new RandomGenerator(shares);
    }

    /** Independent draws from N(0, 1), float32. */
    public Tensor normal(long... shape) {
        return normal(DType.FLOAT32, shape);
    }

    /** Independent draws from N(0, 1) of a floating-point type. */
    public Tensor normal(DType dtype, long... shape) {
        return draw("normal", dtype, shape, (t, g) -> t.normal_(0, 1, g));
    }

    /** Independent draws from the uniform distribution on [low, high), float32. */
    public Tensor uniform(double low, double high, long... shape) {
        return uniform(DType.FLOAT32, low, high, shape);
    }

    /** Independent draws from the uniform distribution on [low, high) of a floating-point type. */
    public Tensor uniform(DType dtype, double low, double high, long... shape) {
        return draw("uniform", dtype, shape, (t, g) -> t.uniform_(low, high, g));
    }

    /** Independent draws of 1 with the given probability, else 0, float32. */
    public Tensor bernoulli(double probability, long... shape) {
        return draw("bernoulli", DType.FLOAT32, shape, (t, g) -> t.bernoulli_(probability, g));
    }

    /** Independent draws from 0 … bound − 1, int64. */
    public Tensor integers(long bound, long... shape) {
        return draw("integers", DType.INT64, shape, (t, g) -> t.random_(bound, g));
    }

    /** A permutation of 0 … n − 1, int64 of shape [n]. */
    public Tensor permutation(long n) {
        return Native.run("permutation", () -> torch.randperm(n, optional()));
    }

    /** The whole state; {@link #restore} takes it back. */
    public byte[] state() {
        try (TensorScope scope = TensorScope.open()) {
            return scope.adopt(requireOpen().get_state()).toByteArray();
        }
    }

    /**
     * Continues exactly where the saved state was taken.
     *
     * @throws TensorException if the bytes are no state of this kind of generator
     */
    public void restore(byte[] state) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor bytes = Tensors.of(state, state.length);
            Native.runVoid("restore", () -> requireOpen().set_state(bytes.handle), bytes);
        }
    }

    private interface Fill {
        void fill(org.bytedeco.pytorch.Tensor tensor, GeneratorOptional generator);
    }

    private Tensor ofShares(String name, DType dtype, long[] shape, Fill fill) {
        if (shape.length == 0 || shape[0] % shares.size() != 0) {
            throw new IllegalArgumentException(
                    name + " of shape " + Shape.of(shape) + " cannot be shared by " + shares.size() + " generators");
        }
        long[] part = shape.clone();
        part[0] /= shares.size();
        return Tensors.cat(
                shares.stream()
                        .map(share -> share.draw(name, dtype, part, fill))
                        .toList(),
                0);
    }

    private Tensor draw(String name, DType dtype, long[] shape, Fill fill) {
        if (!shares.isEmpty()) {
            return ofShares(name, dtype, shape, fill);
        }
        Tensor tensor = Native.run(name, () -> Tensors.allocate(dtype, shape));
        Native.runVoid(name, () -> fill.fill(tensor.handle, optional()), tensor);
        GraphRecorder.drawn(name, tensor);
        return tensor;
    }

    private GeneratorOptional optional() {
        return new GeneratorOptional(requireOpen());
    }

    private Generator requireOpen() {
        if (closed) {
            throw new IllegalStateException("this random generator was closed");
        }
        return generator;
    }

    /** Frees the generator; closing twice does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            generator.releaseReference();
        }
    }
}
