package org.saddlepoint.cli;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.places.NativeLibraries;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Engine;
import picocli.CommandLine.Option;

/** On what a command computes; shared by the commands that compute. */
final class EngineOptions {
    @Option(names = "--device", paramLabel = "cpu|cuda", description = "Where to compute (default: ${DEFAULT-VALUE}).")
    private String device = "cpu";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Cores to compute on (default: all of this machine's).")
    private @Nullable Integer threads;

    /**
     * What was asked for, before anything is loaded.
     *
     * @throws UsageException if there is no such device, or the number of threads is below 1
     */
    Device check() {
        if (threads != null && threads < 1) {
            throw new UsageException("--threads must be >= 1 but was " + threads);
        }
        return switch (device) {
            case "cpu" -> Device.CPU;
            case "cuda" -> Device.cuda(0);
            default -> throw new UsageException("unknown device \"" + device + "\"; known are cpu and cuda");
        };
    }

    /** How many cores were asked for, if any number was. */
    OptionalInt threads() {
        return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
    }

    /** Loads the engine, saying so where that takes long, and sets it up. */
    Device start(Reporter reporter) {
        Device chosen = check();
        if (!Engine.isUnpacked()) {
            reporter.note("Unpacking the native libraries, about " + NativeLibraries.MEGABYTES + " MB, this once, into "
                    + NativeLibraries.folder() + " ...");
        }
        Engine.load();
        if (threads != null) {
            Engine.threads(threads);
        }
        if (chosen.type() == Device.Type.CUDA && !Device.cudaIsAvailable()) {
            throw new UsageException("--device cuda: this build or this machine has no CUDA; build with"
                    + " mvn -Pcuda package on a machine with an NVIDIA GPU, or use --device cpu");
        }
        return chosen;
    }
}
