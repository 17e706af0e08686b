package org.saddlepoint.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: what this machine can do. */
@Command(name = "doctor", description = "Says what this machine can do, and tries it.")
final class DoctorCommand implements Callable<Integer> {
    private static final double GIBIBYTE = 1L << 30;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Reporter reporter = new Reporter(json);
        Device device = engine.start(reporter);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("saddlepoint", Version.current());
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("libtorch", Engine.version());
        facts.put("oneDNN", Engine.hasOneDnn());
        facts.put("threads", Engine.threads());
        facts.put("heapGiB", round(Runtime.getRuntime().maxMemory() / GIBIBYTE));
        facts.put("cuda", Device.cudaIsAvailable());
        facts.put("device", device.toString());
        MachineSpeed speed = MachineSpeed.measure(device);
        facts.put("gflopsFloat32", round(speed.float32()));
        facts.put("gflopsBfloat16", round(speed.bfloat16()));
        if (json) {
            reporter.object(facts);
        } else {
            facts.forEach((name, value) -> reporter.note(String.format(Locale.ROOT, "%-16s %s", name, value)));
            reporter.note(
                    speed.bfloat16() > 1.3 * speed.float32()
                            ? "bfloat16 is faster here: try train --precision bfloat16"
                            : "float32 is the better precision here");
        }
        return 0;
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
