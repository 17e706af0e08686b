package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkConfig;
import org.saddlepoint.benchmarks.BenchmarkReport;
import org.saddlepoint.benchmarks.BenchmarkRunner;
import org.saddlepoint.benchmarks.Method;
import org.saddlepoint.benchmarks.quality.QualityConfig;
import org.saddlepoint.benchmarks.quality.QualityReport;
import org.saddlepoint.benchmarks.quality.QualityRunner;
import org.saddlepoint.training.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code bench}: how fast this machine trains, beside PyTorch where there is one. */
@Command(
        name = "bench",
        description = {
            "Times training steps, in turns with PyTorch where python3 has it: of a DCGAN (32x32x3), or of a recipe that"
                    + " translates pictures, one at a time.",
            "All methods of the DCGAN take about four minutes, one takes one or two, and so does a small recipe;"
                    + " cyclegan takes a quarter of an hour. --rounds 1 is a quick look.",
            "With --quality it measures how good the samples of recipes are after minutes of training."
        },
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {
    /** The methods that a word names. */
    record Methods(List<Method> values) {
        private static final String ALL = "all";
        private static final List<Method> CHOICES = Stream.of(Method.values())
                .filter(method -> method != Method.NON_SATURATING_NO_NORM)
                .toList();
        private static final Methods OF_DCGAN = new Methods(
                CHOICES.stream().filter(method -> !method.translates()).toList());

        static Methods named(String word) {
            if (word.equalsIgnoreCase(ALL)) {
                return OF_DCGAN;
            }
            return CHOICES.stream()
                    .filter(method -> method.toString().equalsIgnoreCase(word))
                    .findFirst()
                    .map(method -> new Methods(List.of(method)))
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + CHOICES + " or all but was '" + word + "'"));
        }
    }

    @Option(
            names = "--method",
            paramLabel = "WORD",
            description =
                    "What the step trains by: non-saturating, wgan-gp, gngan or all three (default: all). The last"
                            + " two are also given as multiples of the non-saturating step on their networks, which have no"
                            + " batch normalization in the discriminator. Or a recipe: pix2pix-small, cyclegan-small (64x64),"
                            + " pix2pix, cyclegan (256x256).")
    private Methods methods = Methods.OF_DCGAN;

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "The Python to compare with (default: ${DEFAULT-VALUE}).")
    private @Nullable String python = BenchmarkConfig.DEFAULT.python();

    @Option(names = "--rounds", paramLabel = "N", description = "How often all take turns (default: ${DEFAULT-VALUE}).")
    private int rounds = BenchmarkConfig.DEFAULT.rounds();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "About how long a turn lasts (default: ${DEFAULT-VALUE}).")
    private double seconds = BenchmarkConfig.DEFAULT.secondsPerRound();

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16",
            description = "Our arithmetic; PyTorch's stays float32 (default: ${DEFAULT-VALUE}).")
    private Precision precision = BenchmarkConfig.DEFAULT.precision();

    @Mixin
    private QualityOptions quality = new QualityOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        long started = System.nanoTime() - Main.startUpNanos();
        Reporter reporter = new Reporter(json);
        if (quality.isGiven()) {
            QualityConfig asked = quality.config(python, engine.threads());
            engine.start(reporter);
            QualityReport found = new QualityRunner(asked, System.nanoTime() - started, reporter::note).run();
            found.table().forEach(reporter::note);
            if (json) {
                reporter.object(found.results());
            }
            reporter.note("tables and figure are in " + asked.out());
            return 0;
        }
        quality.requireUnused();
        engine.start(reporter);
        BenchmarkConfig config = BenchmarkConfig.DEFAULT
                .withMethods(methods.values())
                .withPython(python)
                .withPrecision(precision)
                .withRounds(rounds, seconds);
        if (engine.threads().isPresent()) {
            config = config.withThreads(engine.threads().getAsInt());
        }
        BenchmarkReport report = new BenchmarkRunner(config, line -> reporter.note(line + " ...")).run();
        if (json) {
            reporter.object(report);
        } else {
            lines(report).forEach(reporter::note);
        }
        return 0;
    }

    /** The report for people. */
    static List<String> lines(BenchmarkReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Saddlepoint: libtorch " + report.libtorch() + ", " + report.precision() + ", " + report.threads()
                + " threads");
        BenchmarkReport.Peer peer = report.peer();
        lines.add(
                peer == null
                        ? "no comparison: " + report.peerAbsence()
                        : "PyTorch: " + peer.torch() + ", float32, " + peer.threads() + " threads");
        for (BenchmarkReport.Step step : report.steps()) {
            lines.add(speed(step));
            if (step.multiple() != null && step.generatorMultiple() != null) {
                lines.add(multiples(step, report.baseline()));
            }
        }
        return lines;
    }

    private static String speed(BenchmarkReport.Step step) {
        String line = String.format(
                Locale.ROOT,
                "batch %-3d %-22s %s images/s",
                step.batchSize(),
                step.method(),
                rate(step.imagesPerSecond()));
        BenchmarkReport.Spread theirs = step.peerImagesPerSecond();
        BenchmarkReport.Spread ratio = step.ratio();
        return theirs == null || ratio == null
                ? line
                : line + String.format(Locale.ROOT, ", PyTorch %s, ratio %s", rate(theirs), words(ratio));
    }

    /** The median; with decimals where it is small. */
    private static String rate(BenchmarkReport.Spread imagesPerSecond) {
        double median = imagesPerSecond.median();
        return String.format(Locale.ROOT, median < 100 ? "%6.2f" : "%,6.0f", median);
    }

    private static String multiples(BenchmarkReport.Step step, String baseline) {
        BenchmarkReport.Spread theirs = step.peerMultiple();
        return String.format(
                "          step %s times %s%s, generator's update %s times",
                words(step.multiple()),
                baseline,
                theirs == null ? "" : " (PyTorch: " + words(theirs) + ")",
                words(step.generatorMultiple()));
    }

    private static String words(BenchmarkReport.@Nullable Spread spread) {
        return spread == null
                ? "-"
                : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", spread.median(), spread.min(), spread.max());
    }
}
