package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.PrecisionChoice;
import org.saddlepoint.benchmarks.BenchmarkConfig;
import org.saddlepoint.benchmarks.BenchmarkReport;
import org.saddlepoint.benchmarks.BenchmarkRunner;
import org.saddlepoint.benchmarks.Method;
import org.saddlepoint.benchmarks.Scaling;
import org.saddlepoint.benchmarks.ScalingFigure;
import org.saddlepoint.benchmarks.StepProfile;
import org.saddlepoint.benchmarks.quality.QualityConfig;
import org.saddlepoint.benchmarks.quality.QualityReport;
import org.saddlepoint.benchmarks.quality.QualityRunner;
import org.saddlepoint.benchmarks.scale.ScaleReport;
import org.saddlepoint.benchmarks.scale.ScaleRunner;
import org.saddlepoint.benchmarks.scale.ScaleWorkload;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code bench}: how fast this machine trains, beside PyTorch where there is one. */
@Command(
        name = "bench",
        description = {
            "Times training steps, in turns with PyTorch where python3 has it, as it comes and at its best: of a DCGAN"
                    + " (32x32x3), or of recipes. Ratios above 1 mean that Saddlepoint is faster.",
            "All methods of the DCGAN take about six minutes, one takes two or three, and so does a small recipe;"
                    + " cyclegan and gngan-resnet may take half an hour. --rounds 1 is a quick look.",
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
        private static final Methods OF_DCGAN = new Methods(Method.OF_DCGAN);

        /** Words with commas between them. */
        static Methods named(String words) {
            return new Methods(
                    Stream.of(words.split(",", -1)).flatMap(Methods::oneNamed).toList());
        }

        private static Stream<Method> oneNamed(String word) {
            if (word.equalsIgnoreCase(ALL)) {
                return Method.OF_DCGAN.stream();
            }
            return CHOICES.stream()
                    .filter(method -> method.toString().equalsIgnoreCase(word))
                    .findFirst()
                    .map(Stream::of)
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + CHOICES + " or all but was '" + word + "'"));
        }
    }

    @Option(
            names = "--method",
            paramLabel = "WORD[,WORD]",
            description =
                    "What the step trains by: non-saturating, wgan-gp, gngan or all three (default: all). The last"
                            + " two are also given as multiples of the non-saturating step on their networks, which have no"
                            + " batch normalization in the discriminator. Or a recipe: ring8 (wgan-gp-points, batches of 256),"
                            + " gan (digits, 100), gngan-resnet (32x32x3, 64), stylegan2-small, r3gan-small (32x32x3, 32), pix2pix-small, cyclegan-small (64x64, 1), pix2pix,"
                            + " cyclegan (256x256, 1).")
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
            description =
                    "Arithmetic of the networks' passes on both sides; bfloat16 is refused where the processor is slow at it"
                            + " (default: ${DEFAULT-VALUE}).")
    private Precision precision = BenchmarkConfig.DEFAULT.precision();

    @Option(
            names = "--profile",
            description = "Shows the time of our steps by native operation, instead of comparing them.")
    private boolean profile;

    @Option(
            names = "--scale",
            description =
                    "Instead of that: steps of dcgan (64x64x3, batches of 32) and wgan-gp (32x32x3, 64) by one to four processes, what"
                            + " these exchange, and what that says of up to 1,024. Takes about ten minutes.")
    private boolean scale;

    @Option(
            names = "--memory",
            description = "Measures the peak of each side's memory, too, each row in processes of its own.")
    private boolean memory;

    @Option(
            names = "--costs",
            paramLabel = "DIR",
            description =
                    "Measures our step of the DCGAN against batch (1 to 256), width, side of the images and threads instead, and"
                            + " fits powers; a chart goes to this folder.")
    private @Nullable Path scaling;

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
        Device device = engine.start(reporter);
        if (scale && profile) {
            throw new UsageException("--scale and --profile contradict each other; expected one of them");
        }
        if (scale) {
            ScaleReport found = new ScaleRunner(
                            List.of(ScaleWorkload.DCGAN, ScaleWorkload.WGAN_GP),
                            rounds,
                            seconds,
                            line -> reporter.note(line + " ..."))
                    .run();
            if (json) {
                reporter.object(found);
            } else {
                ScaleLines.of(found).forEach(reporter::note);
            }
            return 0;
        }
        if (precision == Precision.BFLOAT16) {
            requireFast(PrecisionChoice.convolutionRatio(device));
        }
        BenchmarkConfig config = BenchmarkConfig.DEFAULT
                .withMethods(methods.values())
                .withPython(python)
                .withPrecision(precision)
                .withRounds(rounds, seconds);
        if (engine.threads().isPresent()) {
            config = config.withThreads(engine.threads().getAsInt());
        }
        if (memory) {
            config = config.withMemory();
        }
        if (profile) {
            List<StepProfile> profiles = StepProfile.of(config, line -> reporter.note(line + " ..."));
            if (json) {
                reporter.object(profiles);
            } else {
                profiles.forEach(each -> BenchmarkLines.of(each).forEach(reporter::note));
            }
            return 0;
        }
        if (scaling != null) {
            return measureScaling(Scaling.Plan.of(config), scaling, reporter);
        }
        BenchmarkReport report = new BenchmarkRunner(config, line -> reporter.note(line + " ...")).run();
        if (json) {
            reporter.object(report);
        } else {
            BenchmarkLines.of(report).forEach(reporter::note);
        }
        return 0;
    }

    private int measureScaling(Scaling.Plan plan, Path folder, Reporter reporter) {
        List<Scaling> found = Scaling.measure(plan, line -> reporter.note(line + " ..."));
        if (json) {
            reporter.object(found);
        } else {
            found.forEach(each -> BenchmarkLines.of(each).forEach(reporter::note));
        }
        Path png = folder.resolve("scaling.png");
        ScalingFigure.write(found, png, folder.resolve("scaling.svg"));
        reporter.note("the chart is " + png);
        return 0;
    }

    /**
     * Refuses bfloat16 where it would take minutes a step.
     *
     * @param ratio how many times as long a convolution takes in it as in float32
     */
    static void requireFast(double ratio) {
        if (ratio >= PrecisionChoice.HOPELESS) {
            throw new UsageException(String.format(
                    Locale.ROOT,
                    "--precision bfloat16: a convolution takes %.1f times as long in it as in float32 here, where the processor"
                            + " has no instructions for it; leave it out",
                    ratio));
        }
    }
}
