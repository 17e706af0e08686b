package org.saddlepoint.benchmarks.scale;

import java.util.List;

/**
 * What connects machines or GPUs.
 *
 * @param name in words
 * @param model α and β
 */
public record Interconnect(String name, CostModel model) {
    /**
     * Rates are those that standards and data sheets state, of one direction: IEEE 802.3ae (2002), IEEE 802.3ba (2010), NVIDIA's data sheet
     * of the A100 (600 GB/s of both directions). These state no latencies, which are assumed: that of TCP between two machines of a
     * rack, of RDMA, and of NCCL's kernels.
     */
    static final List<Interconnect> PUBLISHED = List.of(
            new Interconnect("10 Gbit/s, TCP", new CostModel(30e-6, 1 / 1.25e9)),
            new Interconnect("100 Gbit/s, RDMA", new CostModel(5e-6, 1 / 12.5e9)),
            new Interconnect("NVLink of an A100", new CostModel(3e-6, 1 / 300e9)));
}
