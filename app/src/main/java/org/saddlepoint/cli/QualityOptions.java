package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.quality.QualityConfig;
import org.saddlepoint.benchmarks.quality.QualityPeer;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code bench --quality}. */
final class QualityOptions {
    private static final int SAMPLES = 10_000;

    @Option(
            names = "--quality",
            description =
                    "Instead of speed: trains recipes for some minutes each and measures their samples on the way.")
    private boolean quality;

    @Option(
            names = "--data",
            paramLabel = "S",
            description = "With --quality: pictures to learn from, as for train --data (default: digits).")
    private @Nullable String data;

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Option(
            names = "--recipes",
            split = ",",
            paramLabel = "R",
            description = "With --quality: recipes, such as cdcgan,dcgan-quick (default: the usual ones for pictures).")
    private List<String> recipes = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "With --quality: changes one setting of all recipes; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "P",
            description = "With --quality: methods in PyTorch, by the Python of --python: pytorch-dcgan,"
                    + " pytorch-dcgan-32, pytorch-wgan-gp (default: none).")
    private List<String> peers = new ArrayList<>();

    @Option(
            names = "--minutes",
            split = ",",
            paramLabel = "M",
            description = "With --quality: minutes of training with start-up, without evaluations, such as 1,2,5,15,60"
                    + " (default: 2).")
    private List<Double> minutes = new ArrayList<>();

    @Option(names = "--seeds", paramLabel = "N", description = "With --quality: how many seeds (default: 1).")
    private int seeds = 1;

    @Option(
            names = "--points",
            paramLabel = "N",
            description = "With --quality: evaluations of each training, the last at its end (default: 4).")
    private int points = 4;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "With --quality: generated samples of an evaluation (default: 10,000).")
    private int samples = SAMPLES;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "With --quality: where tables and figure go; what is finished there is not repeated (default:"
                    + " runs/quality).")
    private @Nullable Path out;

    /** Whether it is asked for. */
    boolean isGiven() {
        return quality;
    }

    /** Refuses options that only mean something with {@code --quality}. */
    void requireUnused() {
        if (data != null || !recipes.isEmpty() || !peers.isEmpty() || !minutes.isEmpty() || out != null) {
            throw new UsageException(
                    "--data, --recipes, --peers, --minutes and --out need --quality, without which speed is"
                            + " measured; add it, or leave them out");
        }
    }

    /**
     * What was asked for.
     *
     * @throws UsageException if a word or number is wrong
     */
    QualityConfig config(@Nullable String python, OptionalInt threads) {
        if (seeds < 1) {
            throw new UsageException("--seeds must be >= 1 but was " + seeds);
        }
        List<String> names = recipes.isEmpty() && peers.isEmpty()
                ? List.of(Recipes.DEFAULT_FOR_LABELS, Recipes.DEFAULT_FOR_UNLABELLED)
                : recipes;
        List<Recipe> chosen =
                names.stream().map(name -> Recipes.load(name, settings)).toList();
        List<QualityPeer> others = peers.stream().map(QualityOptions::peer).toList();
        try {
            return new QualityConfig(
                    links.request(data == null ? "digits" : data),
                    chosen,
                    others,
                    minutes.isEmpty() ? List.of(2.0) : minutes,
                    LongStream.range(0, seeds).boxed().toList(),
                    points,
                    samples,
                    python == null ? "python3" : python,
                    threads,
                    out == null ? RunReporter.RUNS.resolve("quality") : out);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--" + wrong.getMessage());
        }
    }

    private static QualityPeer peer(String word) {
        return List.of(QualityPeer.values()).stream()
                .filter(peer -> peer.toString().equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new UsageException("--peers: expected one of "
                        + String.join(", ", QualityPeer.words()) + " but was \"" + word + "\""));
    }
}
