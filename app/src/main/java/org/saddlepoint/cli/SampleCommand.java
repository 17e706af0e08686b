package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.ClassChoice;
import org.saddlepoint.ModelOptions;
import org.saddlepoint.SampleGrid;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.Samples;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.plot.TrainingFilm;
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
                            + " class and one column a latent; a folder gets one folder a class (default: each class in"
                            + " turn, clusters in proportion to their sizes).")
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
            names = "--truncation",
            paramLabel = "PSI",
            description =
                    "Of a run with styles, such as stylegan2: moves them towards their mean, from 1 for as they are to 0"
                            + " for the mean itself; pictures become more usual and less diverse.")
    private @Nullable Double truncation;

    @Option(
            names = "--out",
            paramLabel = "F.png|F.csv|DIR",
            description = "One sheet, a table of points, or a folder of single pictures (default: samples.png, for"
                    + " points samples.csv, with --nearest nearest.png).")
    private @Nullable Path out;

    @Mixin
    private SampleViewOptions view = new SampleViewOptions();

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
        if (truncation != null && !(truncation >= -1 && truncation <= 1)) {
            throw new UsageException("--truncation must be in [-1, 1] but was " + truncation);
        }
        view.check();
        Reporter reporter = new Reporter(json);
        engine.check();
        RunFolder folder = RunFolder.open(run); // before the engine is loaded, which takes a second
        if (view.isFilm()) {
            film(folder, reporter);
        } else if (view.best() != null || view.isNearest()) {
            check(view.best());
            try (Dataset data = LearntPictures.data(run, view.against(), view.links(), reporter)) {
                draw(Optional.of(data), reporter);
            }
        } else {
            draw(Optional.empty(), reporter);
        }
        return 0;
    }

    private void film(RunFolder folder, Reporter reporter) {
        if (count != null || interpolate != null || label != null || vector != null || truncation != null) {
            throw new UsageException("--film shows the sample sheets that the training drew; leave --count,"
                    + " --interpolate, --label, --vector and --truncation out");
        }
        Path file = out == null ? Path.of("film.png") : out;
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".apng") && !name.endsWith(".gif")) {
            throw new UsageException("--film: --out is " + file + "; give a .png or .apng for a moving PNG, or a .gif");
        }
        EvaluationProgress progress = new EvaluationProgress(reporter, "drew");
        TrainingFilm.Written film = new TrainingFilm(folder).write(file, progress::done);
        reporter.note(String.format(
                Locale.ROOT,
                "%d of %d sample sheets are in %s, %.1f MB",
                film.frames(),
                film.sheets(),
                file,
                film.bytes() / 1e6));
        reporter.event(
                "film",
                Reporter.values(
                        "out",
                        file.toString(),
                        "frames",
                        film.frames(),
                        "sheets",
                        film.sheets(),
                        "bytes",
                        film.bytes()));
    }

    /** @throws UsageException if some of the samples cannot be compared with pictures */
    private void check(@Nullable Integer best) {
        String option = best == null ? "--nearest" : "--best";
        if (interpolate != null) {
            throw new UsageException(option + ": samples of --interpolate belong together; leave one of them out");
        }
        if (best != null && count != null && count < best) {
            throw new UsageException("--best " + best + ": --count must be >= " + best + " but was " + count
                    + "; it says of how many they are the best");
        }
        if (RunFolder.open(run).manifest().data().exampleShape().size() == 1) {
            throw new UsageException(option + ": this run draws points; it is for runs that draw pictures");
        }
    }

    private void draw(Optional<Dataset> data, Reporter reporter) {
        ModelOptions model = ModelOptions.DEFAULT.device(engine.start(reporter));
        try (TrainedGenerator generator = TrainedGenerator.open(run, model)) {
            SampleOptions options = options(generator);
            // Nobody chose clusters that are drawn by their sizes, so pictures are not sorted by them.
            boolean unsorted = label == null && !generator.clusterSizes().isEmpty();
            SampleGrid grid = unsorted ? generator.grid(options).withoutClasses() : generator.grid(options);
            SampleWriter writer = SampleWriter.of(
                    generator.sampleShape().dimensions(), grid, generator.classNames(), label != null, out);
            SampleChoices choices = new SampleChoices(view, grid, seed, reporter);
            choices.check(writer);
            generator.warnings().forEach(reporter::note);
            Samples samples = generator.sample(options);
            String source = generator.caption(seed);
            if (view.isNearest()) {
                try (LearntPictures learnt = LearntPictures.of(data.orElseThrow())) {
                    new NearestSheet(learnt, samples, seed, reporter)
                            .write(source, out == null ? Path.of("nearest.png") : out);
                }
                return;
            }
            SampleChoice choice = choices.of(samples, data);
            String selection = choices.selection();
            Path file = writer.write(
                    samples.toFloatArray(), choice, selection.isEmpty() ? source : source + " · " + selection);
            tell(file, choice.samples().size(), generator.step(), selection, reporter);
        }
    }

    private static void tell(Path file, int count, long step, String selection, Reporter reporter) {
        String line = String.format(Locale.ROOT, "%,d samples of step %d are in %s", count, step, file);
        Map<String, Object> event = Reporter.values("out", file.toString(), "count", count, "step", step);
        if (selection.isEmpty()) {
            reporter.note(line);
        } else {
            reporter.note(line + "; they are a selection, " + selection);
            event.put("selection", selection);
        }
        reporter.event("samples", event);
    }

    private SampleOptions options(TrainedGenerator generator) {
        SampleOptions options = SampleOptions.DEFAULT
                .seed(seed)
                .vector(SampleVector.parse(vector, generator.recipe().name(), generator.vectorNames()));
        Integer best = view.best();
        if (count != null) {
            options = options.count(count);
        } else if (best != null) {
            options = options.count((int) Math.min(Integer.MAX_VALUE, (long) SampleChoices.DRAWN_FOR_ONE * best));
        } else if (view.isNearest()) {
            options = options.count(NearestSheet.DRAWN);
        }
        if (interpolate != null) {
            options = options.interpolation(interpolate);
        }
        if (truncation != null) {
            options = options.truncation(truncation);
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
