package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.inspection.ContactSheet;
import org.saddlepoint.data.inspection.Inspection;
import org.saddlepoint.data.pairs.PairFormat;
import org.saddlepoint.plot.LabelledSheet;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data inspect}: reads every example once and says what is there. */
@Command(
        name = "inspect",
        description =
                "Reads everything once: counts, sizes, classes; finds copies, blurred, blank, small and long pictures, damaged files, and says what to do.",
        sortOptions = false)
final class DataInspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "S", description = "Data, as for train --data.")
    private String source = "";

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Mixin
    private TrainingSize size = new TrainingSize();

    @Option(
            names = "--sheet",
            paramLabel = "OUT.png",
            description = "Also draws a sample of the pictures, and the worst of each finding.")
    private @Nullable Path sheet;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        boolean pairs = DataSources.givesPairs(source);
        if (size.isGiven() && (pairs || DataSources.givesPoints(source))) {
            throw new UsageException("--size is for pictures that are cropped to squares, but " + source + " is "
                    + (pairs ? "pairs" : "points") + "; leave it out");
        }
        if (sheet != null && !sheet.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new UsageException("--sheet must be a .png but was " + sheet);
        }
        if (sheet != null && DataSources.givesPoints(source)) {
            throw new UsageException("--sheet is for pictures, but " + source + " is points; leave it out");
        }
        DataOptions options = TrainingSize.options(size.format(), 0);
        Reporter reporter = new Reporter(json);
        try (Dataset data = links.request(source).open(pairs ? options.withPairFormat(PairFormat.PAPER) : options)) {
            Inspection found = Inspection.of(data, links.words(source), new SurveyLines(reporter));
            InspectionReport report = new InspectionReport(data, found);
            if (json) {
                reporter.object(report.values());
            } else {
                report.lines().forEach(reporter::note);
            }
            if (sheet != null && !found.sheet().isEmpty()) {
                draw(found.sheet(), sheet);
                reporter.note("a sample, and the worst of each finding, are in " + sheet);
            } else if (found.examples() > 0 && found.findings().stream().anyMatch(finding -> finding.count() > 0)) {
                reporter.note("to see them: saddlepoint data inspect " + links.words(source) + " --sheet OUT.png");
            }
        }
        return 0;
    }

    private static void draw(ContactSheet found, Path file) {
        ImageShape tile = found.tile();
        SampleSheet images = SampleSheet.of(
                found.rows().size() * ContactSheet.COLUMNS,
                tile.channels(),
                tile.height(),
                tile.width(),
                ContactSheet.COLUMNS);
        new LabelledSheet(images, found.labels()).write(found.pixels(), file);
    }
}
