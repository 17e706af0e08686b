package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.inspection.Selection;
import org.saddlepoint.data.inspection.Survey;
import org.saddlepoint.export.DatasetZip;
import org.saddlepoint.recipes.DataSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data prepare}: pictures as a zip that is ready to train on. */
@Command(
        name = "prepare",
        description = {
            "Writes pictures as a zip to train on: cropped to their central square, resized, without copies and damaged"
                    + " files, with labels.",
            "",
            "The layout is that of StyleGAN's dataset tool, so that other programs read it, too."
        },
        sortOptions = false)
final class DataPrepareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "Pictures, as for train --data.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "OUT.zip", description = "The zip to write.")
    private Path output = Path.of("");

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Mixin
    private TrainingSize size = new TrainingSize();

    @Option(
            names = "--channels",
            paramLabel = "1|3",
            description = "1 for grey, 3 for colour (default: 3 if any picture shows colour).")
    private @Nullable Integer channels;

    @Option(names = "--upscale", description = "Enlarges pictures that are too small, instead of dropping them.")
    private boolean upscale;

    @Option(
            names = "--keep-near-duplicates",
            description = "Drops only copies whose pixels are equal, not those that were compressed again, resized,"
                    + " moved by a pixel or made brighter.")
    private boolean keepNear;

    @Option(names = "--force", description = "Replaces OUT.zip if it exists.")
    private boolean force;

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        if (DataSources.givesPairs(source)) {
            throw refused("pairs");
        }
        ImageFormat format = format();
        PreparedTarget.require(output, source, force);
        Reporter reporter = new Reporter(json);
        // in colour, to see whether there is any
        try (Dataset data = open(format.channels().isPresent() ? format : format.withChannels(3))) {
            Selection selection = selection(data, reporter);
            Preparation preparation = new Preparation(data, selection, output);
            preparation.requireSome();
            if (format.channels().isEmpty() && !selection.coloured()) {
                try (Dataset grey = open(format.withChannels(1))) {
                    write(grey, preparation, reporter);
                }
            } else {
                write(data, preparation, reporter);
            }
        }
        return 0;
    }

    private ImageFormat format() {
        ImageFormat format = size.format();
        if (channels == null) {
            return format;
        }
        try {
            return format.withChannels(channels);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    private Dataset open(ImageFormat format) {
        Dataset data = links.request(source).open(TrainingSize.options(format, ImageCollection.DEFAULT_CACHE_BYTES));
        List<ImageShape> shapes = data.shape().images();
        if (shapes.isEmpty()) {
            data.close();
            throw refused("points");
        }
        ImageShape shape = shapes.get(0);
        if (shape.width() != shape.height()) {
            data.close();
            throw new UsageException("the pictures of " + source + " have " + shape.width() + "x" + shape.height()
                    + " pixels; give --size N, to which their central squares are resized");
        }
        return data;
    }

    private UsageException refused(String kind) {
        return new UsageException(source + " is " + kind + ", which cannot be prepared; expected pictures: a folder, a"
                + " .zip, or idx:, cifar10:, cifar100: or csv: with a column \"file\"");
    }

    private Selection selection(Dataset data, Reporter reporter) {
        Survey survey = Survey.of(data, links.words(source), data.pictures().get(0), new SurveyLines(reporter));
        return Selection.of(survey, upscale, keepNear);
    }

    private void write(Dataset data, Preparation preparation, Reporter reporter) {
        List<Integer> kept = preparation.selection().kept();
        EvaluationProgress progress = new EvaluationProgress(reporter, "wrote");
        new DatasetZip(data, kept).write(output, done -> progress.done(done, kept.size()));
        preparation.lines(data.shape()).forEach(reporter::note);
        reporter.event("prepared", preparation.values(data.shape()));
    }
}
