package org.saddlepoint.cli;

import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.places.NativeLibraries;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Engine;
import picocli.CommandLine.Option;

/** On what a command computes; shared by the commands that compute. */
final class EngineOptions {
    private static final Pattern NUMBERED = Pattern.compile("cuda:\\d{1,2}");

    @Option(
            names = "--device",
            paramLabel = "cpu|cuda|cuda:N",
            description =
                    "Where to compute; cuda is the first GPU, of several processes on a machine one each (default: ${DEFAULT-VALUE}).")
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
        return check(0);
    }

    /** @param localRank which of several processes of this machine this one is, from 0 */
    Device check(int localRank) {
        if (threads != null && threads < 1) {
            throw new UsageException("--threads must be >= 1 but was " + threads);
        }
        if (device.equals("cpu")) {
            return Device.CPU;
        }
        if (device.equals("cuda")) {
            return Device.cuda(localRank);
        }
        if (!NUMBERED.matcher(device).matches()) {
            throw new UsageException("unknown device \"" + device + "\"; known are cpu, cuda and cuda:N");
        }
        return Device.cuda(Integer.parseInt(device.substring(device.indexOf(':') + 1)));
    }

    /** How many cores were asked for, if any number was. */
    OptionalInt threads() {
        return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
    }

    /** As {@link #start(Reporter)}, on this process's share of the cores where there are several. */
    Device start(Reporter reporter, ProcessOptions several) {
        Device device = start(reporter, check(several.localRank()));
        if (threads == null && several.areSeveral()) {
            Engine.threads(several.threads());
        }
        return device;
    }

    /** Loads the engine, saying so where that takes long, and sets it up. */
    Device start(Reporter reporter) {
        return start(reporter, check());
    }

    private Device start(Reporter reporter, Device chosen) {
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
        if (chosen.type() == Device.Type.CUDA && chosen.index() >= Device.cudaCount()) {
            throw new UsageException("--device: there is no " + chosen + " on this machine, which has "
                    + Device.cudaCount() + " GPUs; start no more processes on it than that, or name one as cuda:0");
        }
        return chosen;
    }
}
