package org.saddlepoint.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.RequestException;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.distributed.Launch;
import org.saddlepoint.tensor.distributed.Patience;
import org.saddlepoint.tensor.distributed.ProcessGroup;
import org.saddlepoint.training.Processes;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Work by several processes: of this machine by {@code --processes}, or as the environment says, as under torchrun. */
final class ProcessOptions {
    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "Processes of this machine that share the work (default: 1, or as RANK, WORLD_SIZE,"
                    + " MASTER_ADDR and MASTER_PORT in the environment say, which torchrun sets).")
    private @Nullable Integer processes;

    @Option(
            names = "--patience",
            paramLabel = "S",
            description =
                    "Seconds after which one of several processes that does not answer counts as gone; one that ended is noticed at"
                            + " once (default: ${DEFAULT-VALUE}).")
    private long patience = Patience.DEFAULT.operation().toSeconds();

    /** Whether this process may become one of several, before its arguments are read. */
    static boolean maySay(String... arguments) {
        return System.getenv().containsKey(Launch.RANK)
                || Arrays.stream(arguments).anyMatch(word -> word.startsWith("--processes"));
    }

    /** How this process is one of several, or alone; closed when the command ends. */
    static final class Joined implements AutoCloseable {
        private final Optional<ProcessGroup> group;
        private final Optional<LocalProcesses> others;

        private Joined(Optional<ProcessGroup> group, Optional<LocalProcesses> others) {
            this.group = group;
            this.others = others;
        }

        /** The processes, if there are several. */
        Optional<ProcessGroup> group() {
            return group;
        }

        /** Whether another process leads. */
        boolean follows() {
            return group.map(several -> several.rank() > 0).orElse(false);
        }

        /** Does some work; the other processes, if there are any, are told if it fails. */
        void together(Runnable work) {
            if (group.isEmpty()) {
                work.run();
                return;
            }
            group.get().together(() -> {
                work.run();
                return work;
            });
        }

        Optional<Processes> processes(boolean synchronizeStatistics) {
            return group.map(several -> new Processes(several, synchronizeStatistics));
        }

        @Override
        public void close() {
            group.ifPresent(ProcessGroup::close);
            others.ifPresent(LocalProcesses::close);
        }
    }

    /** What the command line and the environment say; empty for one process. */
    private Optional<Launch> launch(Map<String, String> environment) {
        try {
            Optional<Launch> said = Launch.of(environment);
            if (processes == null) {
                return said;
            }
            if (processes < 1) {
                throw new UsageException("--processes must be >= 1 but was " + processes);
            }
            if (said.isEmpty()) {
                return processes == 1 ? said : Optional.of(Launch.local(0, processes, 0));
            }
            if (said.get().size() != processes) {
                throw new UsageException("--processes " + processes + " and " + Launch.WORLD_SIZE + "="
                        + said.get().size() + " in the environment contradict each other; expected one of them");
            }
            return said;
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    /** Whether another process will lead. */
    boolean follow() {
        return launch(System.getenv()).map(Launch::rank).orElse(0) > 0;
    }

    /** Whether there will be several. */
    boolean areSeveral() {
        return launch(System.getenv()).map(Launch::size).orElse(1) > 1;
    }

    /** Which of the processes of this machine this one is, from 0. */
    int localRank() {
        return launch(System.getenv()).map(Launch::localRank).orElse(0);
    }

    /**
     * Opens what a command needs before processes meet; where that fails on a rank above 0, the others are told why, so that they do not
     * wait for it.
     */
    <T> T beforeMeeting(Supplier<T> opening) {
        try {
            return opening.get();
        } catch (RuntimeException failure) {
            launch(System.getenv())
                    .filter(own -> own.rank() > 0)
                    .ifPresent(own -> ProcessGroup.decline(own, String.valueOf(failure.getMessage())));
            throw failure;
        }
    }

    /** Cores for each process, where nobody says otherwise: those of the machine, shared. */
    int threads() {
        int local = launch(System.getenv()).map(Launch::localSize).orElse(1);
        return Math.max(1, Runtime.getRuntime().availableProcessors() / local);
    }

    /**
     * Meets the other processes, and starts those of this machine.
     *
     * @param spec of the command, whose words the others are given
     */
    Joined join(Device device, String version, Reporter reporter, CommandLine.Model.CommandSpec spec) {
        Optional<Launch> launch = launch(System.getenv());
        if (launch.isEmpty()) {
            return new Joined(Optional.empty(), Optional.empty());
        }
        if (patience < 1) {
            throw new UsageException("--patience must be >= 1 but was " + patience);
        }
        Launch own = launch.get();
        boolean starts = !System.getenv().containsKey(Launch.RANK);
        LocalProcesses others = null;
        try (ProcessGroup.Place place = ProcessGroup.place(
                own, Patience.DEFAULT.operation(Duration.ofSeconds(patience)), LocalProcesses::troubleOfLeader)) {
            if (starts) {
                others = LocalProcesses.start(
                        own.size(),
                        place.port(),
                        spec.root().commandLine().getParseResult().originalArgs());
            }
            LocalProcesses watched = others;
            ProcessGroup group = place.join(
                    device, version, reporter::note, () -> watched == null ? Optional.empty() : watched.failure());
            return new Joined(Optional.of(group), Optional.ofNullable(others));
        } catch (RuntimeException failure) {
            if (others != null) {
                others.close();
            }
            throw failure;
        }
    }

    /** @throws RequestException if there are several, for what is of one only */
    void requireOne(String what) {
        if (areSeveral()) {
            throw new RequestException(what);
        }
    }
}
