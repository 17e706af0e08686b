package org.saddlepoint.benchmarks;

import org.saddlepoint.models.Normalization;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.training.Precision;

/**
 * Prints the peak of this process's resident memory in KiB after 200 steps and after 2,000; arguments are the batch size
 * and the width of the networks.
 */
final class MemoryProbe {
    private MemoryProbe() {}

    public static void main(String[] args) {
        int batchSize = Integer.parseInt(args[0]);
        int width = Integer.parseInt(args[1]);
        DcganPlan plan = DcganPlan.of(new NonSaturatingObjective(), Normalization.BATCH);
        try (DcganWorkload workload =
                new DcganWorkload(plan, batchSize, width, DcganWorkload.SIDE, Precision.FLOAT32, 1)) {
            workload.seconds(200);
            long early = peak();
            workload.seconds(1800);
            System.out.println(early + " " + peak());
        }
    }

    private static long peak() {
        return PeakMemory.ofThisProcess().orElseThrow();
    }
}
