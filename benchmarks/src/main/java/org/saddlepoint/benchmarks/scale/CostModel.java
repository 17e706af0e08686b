package org.saddlepoint.benchmarks.scale;

import java.util.List;

/**
 * The time of sums over ranks in a ring, of Thakur, Rabenseifner and Gropp (2005), section 4.5:
 *
 * <pre>E(N) = 2 (N − 1) α messages + 2 (N − 1)/N β bytes</pre>
 *
 * @param latency α, of one message to a neighbour, seconds
 * @param secondsPerByte β
 */
public record CostModel(double latency, double secondsPerByte) {
    /**
     * A sum that was measured.
     *
     * @param ranks N
     * @param bytes of the message
     * @param seconds of one sum
     */
    public record Probe(int ranks, long bytes, double seconds) {}

    /** The time of this many sums of so many bytes in all. */
    public double seconds(int ranks, double messages, double bytes) {
        return rounds(ranks) * messages * latency + share(ranks) * bytes * secondsPerByte;
    }

    private static double rounds(int ranks) {
        return 2.0 * (ranks - 1);
    }

    private static double share(int ranks) {
        return 2.0 * (ranks - 1) / ranks;
    }

    /**
     * The α and β, neither below 0, of the least squares of relative errors.
     *
     * @throws IllegalArgumentException if fewer than two probes are given
     */
    public static CostModel fit(List<Probe> probes) {
        if (probes.size() < 2) {
            throw new IllegalArgumentException("probes must be at least two but were " + probes.size());
        }
        double aa = 0;
        double ab = 0;
        double bb = 0;
        double at = 0;
        double bt = 0;
        for (Probe probe : probes) {
            double a = rounds(probe.ranks()) / probe.seconds();
            double b = share(probe.ranks()) * probe.bytes() / probe.seconds();
            aa += a * a;
            ab += a * b;
            bb += b * b;
            at += a;
            bt += b;
        }
        double determinant = aa * bb - ab * ab;
        double latency = (at * bb - bt * ab) / determinant;
        double perByte = (bt * aa - at * ab) / determinant;
        if (latency < 0) {
            return new CostModel(0, bt / bb);
        }
        return perByte < 0 ? new CostModel(at / aa, 0) : new CostModel(latency, perByte);
    }
}
