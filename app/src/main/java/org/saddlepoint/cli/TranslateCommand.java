package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.saddlepoint.ModelOptions;
import org.saddlepoint.RequestException;
import org.saddlepoint.TrainedTranslator;
import org.saddlepoint.TranslateOptions;
import org.saddlepoint.TranslationSeries;
import org.saddlepoint.cli.TranslationTargets.Target;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SkippedSummary;
import org.saddlepoint.data.images.Picture;
import org.saddlepoint.data.images.PictureFiles;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.PictureTranslation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code translate}: pictures of one kind into pictures of the other. */
@Command(
        name = "translate",
        description = "Translates a picture, or all in a folder or zip, with a run of pix2pix or cyclegan.",
        sortOptions = false)
final class TranslateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Parameters(index = "1", paramLabel = "IN", description = "A picture of any size, or a folder or zip of them.")
    private Path input = Path.of("");

    @Parameters(
            index = "2",
            paramLabel = "OUT",
            description = "A .png for one picture; a folder for many, where they keep their names.")
    private Path output = Path.of("");

    @Option(
            names = "--direction",
            paramLabel = "a2b|b2a",
            description = "Which way; cyclegan alone knows both (default: ${DEFAULT-VALUE}).")
    private Direction direction = Direction.A2B;

    @Option(
            names = "--tile",
            paramLabel = "P",
            description = "Larger pictures are translated in overlapping tiles of this side, in pixels"
                    + " (default: ${DEFAULT-VALUE}).")
    private int tile = PictureTranslation.DEFAULT_TILE;

    @Option(names = "--seed", paramLabel = "S", description = "Of dropout, where a run has it in use.")
    private long seed = 0;

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        engine.check();
        Reporter reporter = new Reporter(json);
        RunFolder.open(run); // before the engine is loaded, which takes a second
        ModelOptions model = ModelOptions.DEFAULT.device(engine.start(reporter));
        try (TrainedTranslator translator = TrainedTranslator.open(run, model);
                PictureFiles pictures = PictureFiles.open(input, links.links())) {
            TranslationSeries series = series(translator);
            List<Target> targets = new TranslationTargets(pictures, input, output).all();
            translator.warnings().forEach(reporter::note);
            pictures.notes().forEach(reporter::note);
            List<Skipped> leftOut = new ArrayList<>(pictures.skipped());
            leftOut.addAll(translateAll(pictures, targets, translator.channels(direction), series, reporter));
            int unread =
                    (int) pictures.skipped().stream().filter(Skipped::isFault).count();
            return conclude(targets, leftOut, unread, translator.step(), reporter);
        }
    }

    private TranslationSeries series(TrainedTranslator translator) {
        try {
            return translator.series(new TranslateOptions(direction, tile, seed));
        } catch (RequestException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    /** Translates what can be read; answers what cannot. */
    private static List<Skipped> translateAll(
            PictureFiles pictures, List<Target> targets, int channels, TranslationSeries series, Reporter reporter) {
        EvaluationProgress progress = new EvaluationProgress(reporter, "translated");
        List<Skipped> leftOut = new ArrayList<>();
        int done = 0;
        for (Target target : targets) {
            try {
                Picture made = series.translate(pictures.read(target.index(), channels));
                SampleSheet.writeSingle(made.values(), made.channels(), made.height(), made.width(), target.file());
            } catch (DamagedExampleException e) {
                leftOut.add(e.skipped());
            }
            progress.done(++done, targets.size());
        }
        return leftOut;
    }

    /** @param unread how many pictures were left out before the first was translated */
    private int conclude(List<Target> targets, List<Skipped> leftOut, int unread, long step, Reporter reporter) {
        SkippedSummary.lines(leftOut).forEach(line -> reporter.note("left out: " + line));
        List<Skipped> faults = leftOut.stream().filter(Skipped::isFault).toList();
        String where = targets.size() == 1 ? targets.get(0).file().toString() : output.toString();
        int all = targets.size() + unread;
        int done = all - faults.size();
        reporter.note(String.format(Locale.ROOT, "%,d of %,d pictures are in %s", done, all, where));
        reporter.event(
                "translated",
                Reporter.values(
                        "out",
                        where,
                        "count",
                        done,
                        "step",
                        step,
                        "leftOut",
                        faults.stream().map(Skipped::name).toList()));
        return faults.isEmpty() ? 0 : Failures.FAILED;
    }
}
