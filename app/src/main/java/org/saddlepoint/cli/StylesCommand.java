package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.ClassChoice;
import org.saddlepoint.ModelOptions;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.StyleSpace;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.run.RunFolder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code styles}: what a run's generator does with its styles. */
@Command(
        name = "styles",
        description = "Mixes, walks through and finds the styles of a run, such as one of stylegan2-small.",
        sortOptions = false)
final class StylesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @ArgGroup(multiplicity = "1")
    private Work work = new Work();

    /** What the command does with the styles; exactly one is asked for. */
    private static final class Work {
        @Option(
                names = "--mix",
                paramLabel = "LAYER",
                description =
                        "Rows have the styles before this layer, columns those from it on; the samples are on the diagonal.")
        @Nullable Integer mix;

        @Option(
                names = "--walk",
                paramLabel = "N",
                description = "N pictures a row from a sample to the next, on lines in w.")
        @Nullable Integer walk;

        @Option(
                names = "--directions",
                paramLabel = "N",
                description = "N rows along the principal directions of w, from -2 to 2 standard deviations.")
        @Nullable Integer directions;

        @Option(
                names = "--project",
                paramLabel = "S",
                description =
                        "The styles whose pictures are most like the first --count examples of this data; first row"
                                + " the examples, second row what was found.")
        @Nullable String project;
    }

    @Option(names = "--count", paramLabel = "N", description = "Samples, rows or examples (default: ${DEFAULT-VALUE}).")
    private int count = 8;

    @Option(names = "--steps", paramLabel = "N", description = "Of --project (default: ${DEFAULT-VALUE}).")
    private int steps = 200;

    @Option(names = "--seed", paramLabel = "S", description = "Which samples (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(names = "--label", paramLabel = "L", description = "Of a conditional run: the class, by name or number.")
    private @Nullable String label;

    @Option(
            names = "--truncation",
            paramLabel = "PSI",
            description = "Moves styles towards their mean, from 1 for as they are to 0 (default: ${DEFAULT-VALUE}).")
    private double truncation = 1;

    @Option(names = "--out", paramLabel = "F.png", description = "The sheet (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("styles.png");

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        requireAtLeast(1, "--count", count);
        requireAtLeast(1, "--steps", steps);
        if (!(truncation >= -1 && truncation <= 1)) {
            throw new UsageException("--truncation must be in [-1, 1] but was " + truncation);
        }
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new UsageException("--out is " + out + "; give a .png");
        }
        Reporter reporter = new Reporter(json);
        engine.check();
        RunFolder.open(run); // before the engine is loaded, which takes a second
        ModelOptions model = ModelOptions.DEFAULT.device(engine.start(reporter));
        try (TrainedGenerator generator = TrainedGenerator.open(run, model)) {
            generator.warnings().forEach(reporter::note);
            StyleSpace.Sheet sheet = sheet(generator, reporter);
            int[] shape = generator.sampleShape().dimensions();
            SampleSheet.of(sheet.rows() * sheet.columns(), shape[0], shape[1], shape[2], sheet.columns())
                    .write(sheet.values(), out);
            reporter.note(String.format(
                    Locale.ROOT,
                    "%d rows of %d pictures of step %d are in %s",
                    sheet.rows(),
                    sheet.columns(),
                    generator.step(),
                    out));
            reporter.event(
                    "styles", Reporter.values("out", out.toString(), "rows", sheet.rows(), "columns", sheet.columns()));
        }
        return 0;
    }

    private StyleSpace.Sheet sheet(TrainedGenerator generator, Reporter reporter) {
        StyleSpace space = generator.styleSpace();
        SampleOptions options = options(generator);
        Integer mix = work.mix;
        Integer walk = work.walk;
        Integer directions = work.directions;
        if (mix != null) {
            if (mix < 1 || mix >= space.layers()) {
                throw new UsageException("--mix must be in [1, " + (space.layers() - 1) + "], since this run has "
                        + space.layers() + " styles, but was " + mix);
            }
            return space.mixing(options, mix);
        }
        if (walk != null) {
            requireAtLeast(2, "--walk", walk);
            return space.walk(options, walk);
        }
        if (directions != null) {
            requireAtLeast(1, "--directions", directions);
            return space.directions(options, directions, 9, 2);
        }
        return projected(generator, space, String.valueOf(work.project), reporter);
    }

    private StyleSpace.Sheet projected(TrainedGenerator generator, StyleSpace space, String source, Reporter reporter) {
        DataOptions format = generator.recipe().dataOptions();
        int elements = generator.sampleShape().elements();
        try (Dataset data = DataSources.open(source, format)) {
            if (!data.shape().equals(generator.sampleShape())) {
                throw new UsageException("--project: the pictures of " + source + " are " + data.shape()
                        + " but those of the run " + generator.sampleShape());
            }
            int examples = Math.min(count, data.size());
            float[] values = new float[2 * examples * elements];
            for (int i = 0; i < examples; i++) {
                float[] picture = read(data, i, elements);
                StyleSpace.Projection found = space.project(picture, steps, loss -> {});
                System.arraycopy(picture, 0, values, i * elements, elements);
                System.arraycopy(found.values(), 0, values, (examples + i) * elements, elements);
                reporter.note(String.format(Locale.ROOT, "example %d: mean squared error %.4f", i + 1, found.error()));
            }
            return new StyleSpace.Sheet(2, examples, values);
        }
    }

    private static float[] read(Dataset data, int index, int elements) {
        float[] picture = new float[elements];
        try {
            data.read(index, picture, 0);
        } catch (DamagedExampleException e) {
            throw new DataException(
                    "--project: example " + (index + 1) + " of " + data.name() + " cannot be read: " + e.getMessage()
                            + "; give data without it",
                    e);
        }
        return picture;
    }

    private SampleOptions options(TrainedGenerator generator) {
        SampleOptions options = SampleOptions.of(count).seed(seed).truncation(truncation);
        if (label == null) {
            return options;
        }
        if (generator.classNames().isEmpty()) {
            throw new UsageException("--label: " + run + " asks for no classes; leave --label out");
        }
        return options.labels(new ClassChoice.Numbered(ClassWords.parse(label, generator.classNames())));
    }

    private static void requireAtLeast(int bound, String option, int value) {
        if (value < bound) {
            throw new UsageException(option + " must be >= " + bound + " but was " + value);
        }
    }
}
