package org.saddlepoint.cli;

import java.util.Locale;
import java.util.Optional;
import org.saddlepoint.SampleGrid;
import org.saddlepoint.Samples;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.RealPictures;
import org.saddlepoint.plot.LikenessOrder;

/** Chooses which samples of a draw are shown, and in what order. */
final class SampleChoices {
    /** How many are drawn for one of {@code --best}. */
    static final int DRAWN_FOR_ONE = 8;

    private final SampleViewOptions view;
    private final SampleGrid grid;
    private final long seed;
    private final Reporter reporter;

    SampleChoices(SampleViewOptions view, SampleGrid grid, long seed, Reporter reporter) {
        this.view = view;
        this.grid = grid;
        this.seed = seed;
        this.reporter = reporter;
    }

    /** @throws UsageException if these samples cannot be shown so */
    void check(SampleWriter writer) {
        if (view.isNearest() && !writer.isSheet()) {
            throw new UsageException("--nearest: give a .png for its sheet by --out");
        }
        if (view.isNearest() && grid.hasRows()) {
            throw new UsageException("--nearest: give one class as --label, or none");
        }
        if (view.order() == SampleViewOptions.Order.RANDOM) {
            return;
        }
        if (!writer.isSheet()) {
            throw new UsageException("--order sorted arranges a sheet of pictures; give --out F.png, or leave it out");
        }
        if (grid.hasRows()) {
            throw new UsageException("--order sorted: rows of this sheet have a meaning; leave it out");
        }
        Integer best = view.best();
        double shown = best == null ? grid.total() : best;
        if (shown > LikenessOrder.MOST) {
            throw new UsageException(String.format(
                    Locale.ROOT,
                    "--order sorted arranges at most %,d pictures but there are %,.0f; give a smaller --count",
                    LikenessOrder.MOST,
                    shown));
        }
    }

    /** The choice of these samples. */
    SampleChoice of(Samples samples, Optional<Dataset> real) {
        int[] example = samples.shape().dimensions();
        SampleChoice choice = SampleChoice.all(grid);
        Integer best = view.best();
        if (best != null) {
            try (LearntPictures learnt = LearntPictures.of(real.orElseThrow())) {
                double[] scores = new RealPictures(learnt.data(), example)
                        .realism(
                                samples.toFloatArray(),
                                samples.count(),
                                learnt.features(),
                                seed,
                                new EvaluationProgress(reporter, "compared with"));
                choice = SampleChoice.best(grid, scores, best);
            }
        }
        return view.order() == SampleViewOptions.Order.SORTED ? choice.sorted(samples.toFloatArray(), example) : choice;
    }

    /** What was selected, such as {@code the best 64 of 512}; empty if all are shown. */
    String selection() {
        Integer best = view.best();
        if (best == null) {
            return "";
        }
        boolean classes = !grid.names().isEmpty();
        return String.format(
                Locale.ROOT,
                "the best %,d of %,.0f%s",
                best,
                grid.total() / (classes ? grid.rows() : 1),
                classes ? " of each class" : "");
    }
}
