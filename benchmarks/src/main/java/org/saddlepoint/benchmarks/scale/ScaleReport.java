package org.saddlepoint.benchmarks.scale;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkReport.Spread;

/**
 * What {@link ScaleRunner} measured, and what follows from it by the model.
 *
 * @param cores of this machine
 * @param sums the model of sums, of all probes
 * @param probes seconds of one sum, medians over the rounds
 * @param workloads one each
 * @param drawn what the model says of more ranks
 */
public record ScaleReport(
        int cores, CostModel sums, List<CostModel.Probe> probes, List<Measured> workloads, List<Drawn> drawn) {

    /**
     * What was measured of the steps of one workload.
     *
     * @param workload its recipe
     * @param batch examples of an update, of all ranks together
     * @param bytes a step, that each rank hands to sums
     * @param messages a step, in which they are summed
     * @param compute seconds of a step on one thread by the examples of an update
     * @param efficiency time of one process with two threads by that of two processes with one, of the same rounds
     * @param settings one each
     */
    public record Measured(
            String workload,
            int batch,
            double bytes,
            double messages,
            Line compute,
            @Nullable Spread efficiency,
            List<Setting> settings) {}

    /**
     * A number of processes and threads.
     *
     * @param seconds of a step
     * @param exchange part of it that rank 0 spent in sums, waiting for others included
     * @param predicted seconds of a step by the model; null for several threads, of which it says nothing
     */
    public record Setting(
            int processes, int threads, int batch, Spread seconds, Spread exchange, @Nullable Double predicted) {}

    /**
     * Efficiencies of N = 1, 2, 4, … ranks that each have the batch of one: c / (c + E(N)).
     *
     * @param network what is trained where
     * @param interconnect by which ranks are connected
     * @param efficiencies one each
     * @param worstDoubling the least of the quotients of neighbours up to 64 ranks
     */
    public record Drawn(String network, String interconnect, List<Double> efficiencies, double worstDoubling) {
        static Drawn of(String network, double compute, double messages, double bytes, Interconnect interconnect) {
            List<Double> efficiencies = java.util.stream.IntStream.rangeClosed(0, LARGEST)
                    .mapToObj(power -> compute / (compute + interconnect.model().seconds(1 << power, messages, bytes)))
                    .toList();
            double worst = 1;
            for (int power = 1; power <= LISTED; power++) {
                worst = Math.min(worst, efficiencies.get(power) / efficiencies.get(power - 1));
            }
            return new Drawn(network, interconnect.name(), efficiencies, worst);
        }

        /** 1,024 ranks are 2 to this power, 64 to the other. */
        private static final int LARGEST = 10;

        private static final int LISTED = 6;
    }
}
