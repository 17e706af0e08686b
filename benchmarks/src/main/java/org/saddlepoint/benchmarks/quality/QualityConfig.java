package org.saddlepoint.benchmarks.quality;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.saddlepoint.input.Require;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.Recipe;

/**
 * Settings of a {@link QualityRunner}.
 *
 * @param data pictures that all methods learn from and are compared with
 * @param recipes of ours
 * @param peers in PyTorch
 * @param minutes budgets: each is a training of its own, with start-up, without evaluations
 * @param seeds of each method and budget
 * @param points evaluations of a training, at equal distances in time, the last at its end
 * @param samples generated samples of an evaluation
 * @param python the interpreter of the peers
 * @param threads cores of each method; empty for all
 * @param out folder for results; what is finished in it is not repeated
 */
public record QualityConfig(
        DataRequest data,
        List<Recipe> recipes,
        List<QualityPeer> peers,
        List<Double> minutes,
        List<Long> seeds,
        int points,
        int samples,
        String python,
        OptionalInt threads,
        Path out) {
    /** @throws IllegalArgumentException if there is nothing to measure, or a number is out of bounds */
    public QualityConfig {
        recipes = List.copyOf(recipes);
        peers = List.copyOf(peers);
        minutes = minutes.stream().distinct().sorted().toList();
        seeds = seeds.stream().distinct().toList();
        Require.that(!recipes.isEmpty() || !peers.isEmpty(), "recipes and peers", "at least one", "none");
        Require.that(!minutes.isEmpty(), "minutes", "at least one budget", "none");
        minutes.forEach(each -> Require.that(each > 0 && each <= 100_000, "minutes", "> 0 and at most 100000", each));
        Require.that(!seeds.isEmpty(), "seeds", "at least one", "none");
        Require.atLeast(1, "points", points);
        Require.atLeast(2, "samples", samples);
    }
}
