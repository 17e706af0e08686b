package org.saddlepoint.training;

import org.saddlepoint.tensor.distributed.ProcessGroup;

/**
 * Several processes that train together, as one of them sees them.
 *
 * @param group the processes
 * @param synchronizeStatistics whether batch normalization uses the statistics of the whole batch, or each process those of its
 *     own part of it
 */
public record Processes(ProcessGroup group, boolean synchronizeStatistics) {}
