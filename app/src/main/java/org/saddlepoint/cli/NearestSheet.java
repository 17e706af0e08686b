package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.saddlepoint.Samples;
import org.saddlepoint.evaluation.CopySearch;
import org.saddlepoint.evaluation.PictureFeatures;
import org.saddlepoint.evaluation.RealPictures;
import org.saddlepoint.metrics.DataCopying;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.plot.SheetFrame;

/** {@code sample --nearest}: samples beside their nearest training pictures, and whether they are copies. */
final class NearestSheet {
    /** Samples that are drawn unless the user says otherwise. */
    static final int DRAWN = 512;

    private static final int ROWS = 12;
    private static final int NEIGHBOURS = 5;

    private final LearntPictures learnt;
    private final Samples samples;
    private final long seed;
    private final Reporter reporter;

    NearestSheet(LearntPictures learnt, Samples samples, long seed, Reporter reporter) {
        this.learnt = learnt;
        this.samples = samples;
        this.seed = seed;
        this.reporter = reporter;
    }

    /** Searches, writes the sheet and tells what was found. */
    void write(String source, Path file) {
        int[] example = samples.shape().dimensions();
        float[] pictures = samples.toFloatArray();
        RealPictures real = new RealPictures(learnt.data(), example);
        CopySearch search = new CopySearch(real, pictures, samples.count());
        List<CopySearch.Found> found = new ArrayList<>();
        for (PictureFeatures features : learnt.allFeatures()) {
            found.add(search.search(features, NEIGHBOURS, seed, new EvaluationProgress(reporter, "compared with")));
        }
        List<Integer> shown = found.get(0).mostAlike().stream().limit(ROWS).toList();
        String footer = String.format(
                Locale.ROOT,
                "%s · the %d of %,d samples that are most like a training picture",
                source,
                shown.size(),
                samples.count());
        draw(found, shown, footer, file);
        found.forEach(this::tell);
        reporter.note(String.format(
                Locale.ROOT, "%d samples and the training pictures nearest to them are in %s", shown.size(), file));
        reporter.event(
                "nearest",
                Reporter.values(
                        "out",
                        file.toString(),
                        "count",
                        samples.count(),
                        "training",
                        learnt.data().size(),
                        "copying",
                        found.stream()
                                .map(each -> Reporter.values(
                                        "features",
                                        each.features(),
                                        "copies",
                                        each.copying().copies(),
                                        "expected",
                                        each.copying().expected(),
                                        "closer",
                                        each.copying().closer(),
                                        "z",
                                        each.copying().z()))
                                .toList()));
    }

    private void tell(CopySearch.Found found) {
        DataCopying copying = found.copying();
        reporter.note(String.format(
                Locale.ROOT,
                "by %s: %.1f %% of the samples count as copies (%.1f %% of the training pictures among themselves);"
                        + " nearer to the training pictures than these are to one another: %.3f (unseen pictures"
                        + " 0.5, copies 1; z %+.1f)",
                found.features(),
                100 * copying.copies(),
                100 * copying.expected(),
                copying.closer(),
                copying.z()));
    }

    private void draw(List<CopySearch.Found> found, List<Integer> shown, String footer, Path file) {
        int[] example = samples.shape().dimensions();
        int columns = 1 + found.size() * NEIGHBOURS;
        int scale = SampleSheet.of(shown.size() * columns, example[0], example[1], example[2], columns)
                .scale();
        SampleSheet own = sheet(1, scale, shown.size(), example);
        List<SheetFrame.Part> parts = new ArrayList<>();
        float[] left = new float[shown.size() * samples.shape().elements()];
        for (int row = 0; row < shown.size(); row++) {
            float[] one = samples.toFloatArray(shown.get(row));
            System.arraycopy(one, 0, left, row * one.length, one.length);
        }
        parts.add(new SheetFrame.Part("sample", own.render(left)));
        for (CopySearch.Found each : found) {
            SampleSheet sheet = sheet(NEIGHBOURS, scale, shown.size(), example);
            String heading = "nearest training pictures by "
                    + (each.features().equals("pixels") ? "pixels" : "features (" + each.features() + ")");
            parts.add(new SheetFrame.Part(heading, sheet.render(neighbours(each, shown))));
        }
        new SheetFrame(own, List.of(), footer).write(parts, file);
    }

    private static SampleSheet sheet(int columns, int scale, int rows, int... example) {
        return new SampleSheet(rows * columns, example[0], example[1], example[2], columns, scale);
    }

    /** Row by row; black where the data has fewer pictures. */
    private float[] neighbours(CopySearch.Found found, List<Integer> shown) {
        int elements = samples.shape().elements();
        float[] values = new float[shown.size() * NEIGHBOURS * elements];
        Arrays.fill(values, -1);
        for (int row = 0; row < shown.size(); row++) {
            List<Integer> nearest = found.neighbours().get(shown.get(row));
            for (int rank = 0; rank < nearest.size(); rank++) {
                learnt.read(nearest.get(rank), values, (row * NEIGHBOURS + rank) * elements);
            }
        }
        return values;
    }
}
