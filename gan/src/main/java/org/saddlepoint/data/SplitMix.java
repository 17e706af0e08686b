package org.saddlepoint.data;

/**
 * The generator SplitMix64 of Steele, Lea and Flood (2014), with its derived draws, written out here: seeds stand in
 * saved runs, so their meaning must not change with the Java version or the machine.
 */
public final class SplitMix {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** Starts from {@code seed}. */
    public SplitMix(long seed) {
        this.state = seed;
    }

    /** An independent generator for each pair of {@code seed} and {@code stream}. */
    public static SplitMix of(long seed, long stream) {
        return new SplitMix(new SplitMix(seed).nextLong() ^ new SplitMix(~stream).nextLong());
    }

    /** Uniform over all 64-bit numbers. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, bound), with a bias below bound / 2^63. */
    public int nextInt(int bound) {
        return (int) Math.multiplyHigh(nextLong() >>> 1, 2L * bound);
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** Standard normal, by the transform of Box and Muller (1958). */
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }
}
