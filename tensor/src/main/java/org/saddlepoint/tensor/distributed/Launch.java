package org.saddlepoint.tensor.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of several processes this one is, and where they meet, as {@code torchrun}, PyTorchJob and Slurm scripts say it.
 *
 * @param rank of this process, from 0; rank 0 leads
 * @param size how many there are in all
 * @param localRank of this process among those of its machine, from 0
 * @param localSize how many there are on its machine
 * @param address of the machine of rank 0
 * @param port where the store is served there; 0 for one that is free, where this process serves it
 * @param servedByAgent whether the launcher serves the store, as {@code torchrun} does; else rank 0 does
 * @param attempt which start of the processes this is, from 0, so that one does not read what another wrote
 * @param network interface through which the others reach this process; empty for that of the way to rank 0
 */
public record Launch(
        int rank,
        int size,
        int localRank,
        int localSize,
        String address,
        int port,
        boolean servedByAgent,
        int attempt,
        String network) {
    /** The names that {@link #of(Map)} reads. */
    public static final String RANK = "RANK";

    public static final String WORLD_SIZE = "WORLD_SIZE";
    public static final String LOCAL_RANK = "LOCAL_RANK";
    public static final String LOCAL_WORLD_SIZE = "LOCAL_WORLD_SIZE";
    public static final String MASTER_ADDR = "MASTER_ADDR";
    public static final String MASTER_PORT = "MASTER_PORT";

    /** The name by which Gloo's users choose a network interface. */
    public static final String NETWORK = "GLOO_SOCKET_IFNAME";

    private static final String AGENT = "TORCHELASTIC_USE_AGENT_STORE";
    private static final String ATTEMPT = "TORCHELASTIC_RESTART_COUNT";
    private static final int LARGEST_PORT = 65_535;

    /** @throws IllegalArgumentException if a rank is not below its number of processes, or the port is none */
    public Launch {
        require(size >= 1, WORLD_SIZE, ">= 1", size);
        require(rank >= 0 && rank < size, RANK, "from 0 to " + (size - 1) + ", below " + WORLD_SIZE, rank);
        require(localSize >= 1, LOCAL_WORLD_SIZE, ">= 1", localSize);
        require(
                localRank >= 0 && localRank < localSize,
                LOCAL_RANK,
                "from 0 to " + (localSize - 1) + ", below " + LOCAL_WORLD_SIZE,
                localRank);
        require(port >= 0 && port <= LARGEST_PORT, MASTER_PORT, "from 0 to " + LARGEST_PORT, port);
    }

    private static void require(boolean holds, String name, String expected, int value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + expected + " but was " + value);
        }
    }

    /** One of several processes of this machine, which meet at a port of it. */
    public static Launch local(int rank, int size, int port) {
        return new Launch(rank, size, rank, size, "127.0.0.1", port, false, 0, "");
    }

    /**
     * What the environment says.
     *
     * @return empty where it says nothing of several processes: neither {@code RANK} nor {@code WORLD_SIZE}
     * @throws IllegalArgumentException if it says a part of it, or what is no number
     */
    public static Optional<Launch> of(Map<String, String> environment) {
        if (!environment.containsKey(RANK) && !environment.containsKey(WORLD_SIZE)) {
            return Optional.empty();
        }
        List<String> missing = new ArrayList<>();
        for (String name : List.of(RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT)) {
            if (environment.getOrDefault(name, "").isBlank()) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "of several processes the environment lacks " + String.join(", ", missing)
                            + "; set " + String.join(", ", List.of(RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT))
                            + " for each, as torchrun does, or none of them");
        }
        int rank = number(environment, RANK, 0);
        return Optional.of(new Launch(
                rank,
                number(environment, WORLD_SIZE, 1),
                number(environment, LOCAL_RANK, 0),
                number(environment, LOCAL_WORLD_SIZE, number(environment, LOCAL_RANK, 0) + 1),
                environment.getOrDefault(MASTER_ADDR, ""),
                number(environment, MASTER_PORT, 0),
                environment.getOrDefault(AGENT, "").equalsIgnoreCase("true"),
                number(environment, ATTEMPT, 0),
                environment.getOrDefault(NETWORK, "").strip()));
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number but was \"" + text + "\"", e);
        }
    }

    /** The environment of another process of the same kind. */
    public Map<String, String> environment() {
        return Map.of(
                RANK, Integer.toString(rank),
                WORLD_SIZE, Integer.toString(size),
                LOCAL_RANK, Integer.toString(localRank),
                LOCAL_WORLD_SIZE, Integer.toString(localSize),
                MASTER_ADDR, address,
                MASTER_PORT, Integer.toString(port),
                NETWORK, network);
    }

    /** Whether this process serves the store. */
    boolean serves() {
        return rank == 0 && !servedByAgent;
    }

    /** The address where processes of one machine reach each other; empty where some are of others. */
    String host() {
        boolean loopback = address.startsWith("127.") || address.equals("localhost") || address.equals("::1");
        if (loopback) {
            return address;
        }
        return localSize == size ? "127.0.0.1" : "";
    }
}
