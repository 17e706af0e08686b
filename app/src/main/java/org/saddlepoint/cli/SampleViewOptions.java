package org.saddlepoint.cli;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which samples {@code sample} shows, and how; at most one of these changes what is drawn. */
final class SampleViewOptions {
    /** In what order a sheet shows its pictures. */
    enum Order {
        /** As they were drawn. */
        RANDOM,
        /** Neighbours look alike. */
        SORTED
    }

    @Option(
            names = "--order",
            paramLabel = "random|sorted",
            description = "Of a sheet: as drawn, or so that neighbours look alike (default: random).")
    private String order = "random";

    @Option(names = "--random", description = "All samples as they are drawn, none selected; the default.")
    private boolean random;

    @Option(
            names = "--best",
            paramLabel = "N",
            description =
                    "Only the N most realistic of --count samples (default: of 8 N): those nearest to the training"
                            + " pictures by precision's rule; of several classes N each. The sheet says so.")
    private @Nullable Integer best;

    @Option(
            names = "--nearest",
            description = "Instead, a sheet of the samples that are most like a training picture beside the pictures"
                    + " nearest to them, and how many of --count samples are copies (default: of 512).")
    private boolean nearest;

    @Option(
            names = "--film",
            description = "Instead, the sample sheets of the training as a moving picture: --out F.png, which browsers"
                    + " play, or F.gif (default: film.png).")
    private boolean film;

    @Option(
            names = "--against",
            paramLabel = "S",
            description = "With --best and --nearest: the training pictures (default: where the run found them).")
    private @Nullable String against;

    @Mixin
    private LinkOptions links = new LinkOptions();

    /** @throws UsageException if options exclude one another */
    void check() {
        if (!order.equals("random") && !order.equals("sorted")) {
            throw new UsageException("--order: expected random or sorted but was \"" + order + "\"");
        }
        if (best != null && best < 1) {
            throw new UsageException("--best must be >= 1 but was " + best);
        }
        if (Stream.of(random, best != null, nearest, film).filter(each -> each).count() > 1) {
            throw new UsageException("--random, --best, --nearest and --film exclude one another; give one of them");
        }
        if ((nearest || film) && order() == Order.SORTED) {
            throw new UsageException(
                    "--order sorted: " + (film ? "--film" : "--nearest") + " has an order of its own; leave it out");
        }
        if (against != null && best == null && !nearest) {
            throw new UsageException("--against is only for --best and --nearest; leave it out");
        }
    }

    Order order() {
        return order.equals("sorted") ? Order.SORTED : Order.RANDOM;
    }

    @Nullable Integer best() {
        return best;
    }

    boolean isNearest() {
        return nearest;
    }

    boolean isFilm() {
        return film;
    }

    @Nullable String against() {
        return against;
    }

    LinkOptions links() {
        return links;
    }
}
