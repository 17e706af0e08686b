package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.ClassChoice;
import org.saddlepoint.ModelOptions;
import org.saddlepoint.SampleGrid;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.Samples;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sample}: pictures or points from a run. */
@Command(name = "sample", description = "Draws from a run's generator.", sortOptions = false)
final class SampleCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Option(
            names = "--count",
            paramLabel = "N",
            description =
                    "How many, or how many rows; of several classes how many each (default: 64; of several classes"
                            + " 10; from class to class 8).")
    private @Nullable Integer count;

    @Option(names = "--seed", paramLabel = "S", description = "Which ones (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(
            names = "--label",
            paramLabel = "L|L,L|all",
            description =
                    "Of a conditional run: the class to draw, by name or number. Several classes, or all: one row a"
                            + " class and one column a latent; a folder gets one folder a class (default: each class in turn).")
    private @Nullable String label;

    @Option(
            names = "--vector",
            paramLabel = "V,V",
            description = "Of a run that is asked for numbers: which, in the order of the data's columns.")
    private @Nullable String vector;

    @Option(
            names = "--interpolate",
            paramLabel = "N",
            description =
                    "Instead, N pictures a row from one latent to another, on straight lines; --count rows. With two"
                            + " classes as --label: from one to the other, of the same latent.")
    private @Nullable Integer interpolate;

    @Option(
            names = "--out",
            paramLabel = "F.png|F.csv|DIR",
            description = "One sheet, a table of points, or a folder of single pictures (default: samples.png, for"
                    + " points samples.csv).")
    private @Nullable Path out;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (count != null && count < 1) {
            throw new UsageException("--count must be >= 1 but was " + count);
        }
        if (interpolate != null && interpolate < 2) {
            throw new UsageException("--interpolate must be >= 2 but was " + interpolate);
        }
        Reporter reporter = new Reporter(json);
        engine.check();
        RunFolder.open(run); // before the engine is loaded, which takes a second
        ModelOptions model = ModelOptions.DEFAULT.device(engine.start(reporter));
        try (TrainedGenerator generator = TrainedGenerator.open(run, model)) {
            SampleOptions options = options(generator);
            SampleGrid grid = generator.grid(options);
            SampleWriter writer = SampleWriter.of(
                    generator.sampleShape().dimensions(), grid, generator.classNames(), label != null, out);
            generator.warnings().forEach(reporter::note);
            Samples samples = generator.sample(options);
            Path file = writer.write(samples.toFloatArray());
            long step = generator.step();
            reporter.note(String.format(Locale.ROOT, "%,d samples of step %d are in %s", samples.count(), step, file));
            reporter.event("samples", Reporter.values("out", file.toString(), "count", samples.count(), "step", step));
        }
        return 0;
    }

    private SampleOptions options(TrainedGenerator generator) {
        SampleOptions options = SampleOptions.DEFAULT
                .seed(seed)
                .vector(SampleVector.parse(vector, generator.recipe().name(), generator.vectorNames()));
        if (count != null) {
            options = options.count(count);
        }
        if (interpolate != null) {
            options = options.interpolation(interpolate);
        }
        if (label == null) {
            return options;
        }
        if (generator.classNames().isEmpty()) {
            throw new UsageException("--label: " + run + " was trained with the recipe "
                    + generator.recipe().name()
                    + ", which asks for no classes; leave --label out, or train a recipe that does, such as cdcgan");
        }
        return options.labels(new ClassChoice.Numbered(ClassWords.parse(label, generator.classNames())));
    }
}
