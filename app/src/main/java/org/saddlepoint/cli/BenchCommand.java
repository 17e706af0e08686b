package org.saddlepoint.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkConfig;
import org.saddlepoint.benchmarks.BenchmarkReport;
import org.saddlepoint.benchmarks.BenchmarkRunner;
import org.saddlepoint.training.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: how fast this machine trains, beside PyTorch where there is one. */
@Command(
        name = "bench",
        description = "Times the training step of a DCGAN (32x32x3), in turns with PyTorch where python3 has it.",
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {
    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "The Python to compare with (default: ${DEFAULT-VALUE}).")
    private @Nullable String python = BenchmarkConfig.DEFAULT.python();

    @Option(names = "--rounds", paramLabel = "N", description = "How often the two take turns.")
    private int rounds = BenchmarkConfig.DEFAULT.rounds();

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16",
            description = "Our arithmetic; PyTorch's stays float32 (default: ${DEFAULT-VALUE}).")
    private Precision precision = BenchmarkConfig.DEFAULT.precision();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Reporter reporter = new Reporter(json);
        engine.start(reporter);
        BenchmarkConfig config = BenchmarkConfig.DEFAULT
                .withPython(python)
                .withPrecision(precision)
                .withRounds(rounds, BenchmarkConfig.DEFAULT.secondsPerRound());
        if (engine.threads().isPresent()) {
            config = config.withThreads(engine.threads().getAsInt());
        }
        BenchmarkReport report = new BenchmarkRunner(config, line -> reporter.note(line + " ...")).run();
        if (json) {
            reporter.object(report);
        } else {
            print(reporter, report);
        }
        return 0;
    }

    private static void print(Reporter reporter, BenchmarkReport report) {
        reporter.note("Saddlepoint: libtorch " + report.libtorch() + ", " + report.precision() + ", " + report.threads()
                + " threads");
        BenchmarkReport.Peer peer = report.peer();
        reporter.note(
                peer == null
                        ? "no comparison: " + report.peerAbsence()
                        : "PyTorch: " + peer.torch() + ", float32, " + peer.threads() + " threads");
        for (BenchmarkReport.Size size : report.sizes()) {
            String line = String.format(
                    Locale.ROOT,
                    "batch %-3d %,8.0f images/s",
                    size.batchSize(),
                    size.imagesPerSecond().median());
            BenchmarkReport.Spread theirs = size.peerImagesPerSecond();
            BenchmarkReport.Spread ratio = size.ratio();
            if (theirs != null && ratio != null) {
                line += String.format(
                        Locale.ROOT,
                        ", PyTorch %,8.0f, ratio %.2f (%.2f to %.2f)",
                        theirs.median(),
                        ratio.median(),
                        ratio.min(),
                        ratio.max());
            }
            reporter.note(line);
        }
    }
}
