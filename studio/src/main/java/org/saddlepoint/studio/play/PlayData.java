package org.saddlepoint.studio.play;

import java.util.List;
import java.util.SplittableRandom;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.data.synthetic.SwissRoll;
import org.saddlepoint.input.Require;

/** Data of the plane for games: well-known shapes, and what the user draws. */
final class PlayData {
    static final String DRAWN = "drawn";
    static final List<String> WORDS = List.of("ring8", "grid25", "swissroll", "line", "far", DRAWN);

    private static final int COUNT = 4096;
    private static final int FEWEST_DRAWN = 2;
    private static final double REACH = 10;

    /** Drawn points are spread by this much, so that there is a distribution to learn. */
    private static final double BLUR = 0.03;

    private PlayData() {}

    /** @throws IllegalArgumentException if there is no such data */
    static void require(String word, List<Float> drawn) {
        Require.that(WORDS.contains(word), "data", "one of " + WORDS, word);
        if (word.equals(DRAWN)) {
            Require.that(drawn.size() >= 2 * FEWEST_DRAWN, "drawn", "at least 2 points", drawn.size() / 2);
            for (float number : drawn) {
                Require.within(-REACH, REACH, "each coordinate", number);
            }
        }
    }

    static PointDataset of(PlaySettings settings) {
        long seed = settings.seed();
        return switch (settings.data()) {
            case "ring8" -> GaussianMixture.RING8.sample(COUNT, seed);
            case "grid25" -> GaussianMixture.GRID25.sample(COUNT, seed);
            case "swissroll" -> SwissRoll.sample(COUNT, seed);
            case "line" -> spread("line", new float[] {-1.2f, 0.6f, 1.2f, -0.6f}, true, seed);
            case "far" -> spread("far", new float[] {1.7f, 1.7f}, false, seed);
            default -> spread(DRAWN, array(settings.drawn()), false, seed);
        };
    }

    private static float[] array(List<Float> numbers) {
        float[] array = new float[numbers.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = numbers.get(i);
        }
        return array;
    }

    /** Points at these places, or on the line between the first two, each moved a little. */
    private static PointDataset spread(String name, float[] places, boolean between, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[2 * COUNT];
        for (int i = 0; i < COUNT; i++) {
            double share = random.nextDouble();
            int at = 2 * random.nextInt(places.length / 2);
            for (int k = 0; k < 2; k++) {
                double place = between ? (1 - share) * places[k] + share * places[2 + k] : places[at + k];
                values[2 * i + k] = (float) (place + BLUR * random.nextGaussian());
            }
        }
        return PointDataset.of(name, new PointShape(2), values);
    }
}
