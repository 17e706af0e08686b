package org.saddlepoint.benchmarks.scale;

/**
 * What one process does in a measurement.
 *
 * @param workload what it trains
 * @param batch examples of an update, of all ranks together
 * @param rank of this process
 * @param size how many processes there are
 * @param threads of this process
 * @param port where they meet; 0 on rank 0, which says where
 */
record ScaleTask(ScaleWorkload workload, int batch, int rank, int size, int threads, int port) {}
