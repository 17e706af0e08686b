package org.saddlepoint.benchmarks;

import java.util.List;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;

/** What a {@link Method} stands for: at which batch sizes it is measured, and how its work is set up. */
interface WorkloadPlan {
    /** Real examples of an update, one measurement each. */
    List<Integer> batchSizes(BenchmarkConfig config);

    /** Steps after which the work of a step repeats; more than 1 where penalties are computed lazily. */
    default int period() {
        return 1;
    }

    /**
     * Networks and a batch of noise.
     *
     * @param batchSize one of {@link #batchSizes}
     */
    Workload open(int batchSize, BenchmarkConfig config, long seed);

    /** For which its step is stated as a multiple of {@link Method#NON_SATURATING_NO_NORM}, on the same networks; by default none. */
    default Map<String, Constraint> constraints() {
        return Map.of();
    }
}
