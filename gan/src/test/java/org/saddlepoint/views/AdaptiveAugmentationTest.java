package org.saddlepoint.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/** Adaptive augmentation: permutations, warps of known pictures, colours by hand, and how p follows D. */
@ExtendWith({LeakCheck.class, OneThread.class})
class AdaptiveAugmentationTest {
    private static final int SIDE = 16;

    private static AdaptiveAugmentation of(boolean pixels, boolean geometry, boolean color, double p) {
        return new AdaptiveAugmentation(pixels, geometry, color, p, 0.6, 4, 0, 1);
    }

    private static Sight sight(RandomGenerator random, Memory memory) {
        return new Sight(Sight.Origin.REAL, Progress.START, random, memory);
    }

    @Test
    void withoutProbabilitySamplesAreLeftAloneAndNothingIsDrawn() {
        try (TensorScope scope = TensorScope.open();
                Memory memory = new Memory();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor images = random.normal(4, 3, SIDE, SIDE);
            byte[] state = random.state();
            assertThat(of(true, true, true, 0).apply(images, sight(random, memory)))
                    .isSameAs(images);
            assertThat(random.state()).isEqualTo(state);
        }
    }

    @Test
    void flipsAndTurnsArePermutationsOfAllEightKinds() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor image = random.normal(1, 1, 3, 3);
            Tensor images = image.expand(64, 1, 3, 3); // an eighth of 3 pixels rounds to none: nothing moves
            Tensor seen = RandomMoves.apply(images, new Chances(1, 64, random));
            boolean[] kinds = new boolean[8];
            for (int i = 0; i < 64; i++) {
                Tensor one = seen.narrow(0, i, 1);
                int kind = kind(image, one);
                assertThat(kind).as("image " + i).isNotNegative();
                kinds[kind] = true;
            }
            assertThat(kinds).doesNotContain(false);
        }
    }

    /** Which of the eight symmetries of a square makes one of the other, to the bit; −1 for none. */
    private static int kind(Tensor image, Tensor other) {
        Tensor turned = image;
        for (int quarter = 0; quarter < 4; quarter++) {
            for (int flip = 0; flip < 2; flip++) {
                Tensor candidate = flip == 0 ? turned : turned.flip(3);
                if (Arrays.equals(candidate.toFloatArray(), other.toFloatArray())) {
                    return 2 * quarter + flip;
                }
            }
            turned = turned.transpose(2, 3).flip(2);
        }
        return -1;
    }

    @Test
    void shiftsMovePixelsAsTheyAreAndMirrorTheBorder() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor row = Tensors.of(new double[] {1, 2, 3, 4, 5}, 1, 1, 1, 5);
            assertThat(RandomMoves.shifted(row, 3, Tensors.of(new double[] {2}, 1, 1, 1, 1))
                            .toDoubleArray())
                    .containsExactly(3, 2, 1, 2, 3);
            assertThat(RandomMoves.shifted(row, 3, Tensors.of(new double[] {-1}, 1, 1, 1, 1))
                            .toDoubleArray())
                    .containsExactly(2, 3, 4, 5, 4);
        }
    }

    @Test
    void anImageThatIsNotWarpedComesOutAsItWas() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            for (int side : new int[] {3, 4, 7, 16}) {
                Tensor images = random.normal(DType.FLOAT64, 2, 3, side, side);
                RandomWarp.Affine identity = RandomWarp.Affine.scaling(1, 1);
                Tensor seen = RandomWarp.warped(images, new RandomWarp.Affine[] {identity, identity});
                Golden.requireClose("identity", seen, images, 0, 1e-10);
            }
        }
    }

    @Test
    void batchesInWhichNothingHappensAreNotWarped() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor images = random.normal(4, 1, 8, 8);
            assertThat(RandomWarp.apply(images, new Chances(1e-9, 4, random))).isSameAs(images);
            assertThat(RandomWarp.apply(images, new Chances(1, 4, random))).isNotSameAs(images);
        }
    }

    /** A picture without detail: a wave of a long period, at points (x, y) from the centre in pixels. */
    private static Tensor wave(RandomWarp.Affine source) {
        double[] values = new double[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            double x = i % SIDE - (SIDE - 1) / 2.0;
            double y = i / SIDE - (SIDE - 1) / 2.0;
            double u = source.a() * x + source.b() * y + source.c();
            double v = source.d() * x + source.e() * y + source.f();
            values[i] = Math.cos(0.25 * u + 0.4) * Math.cos(0.2 * v - 0.3);
        }
        return Tensors.of(values, 1, 1, SIDE, SIDE);
    }

    @Test
    void warpsAreThoseOfTheirMaps() {
        List<RandomWarp.Affine> maps = List.of(
                RandomWarp.Affine.translation(1, 0),
                RandomWarp.Affine.translation(0.5, -1.25),
                RandomWarp.Affine.rotation(0.4),
                RandomWarp.Affine.rotation(Math.PI / 2),
                RandomWarp.Affine.scaling(0.8, 1.1),
                RandomWarp.Affine.scaling(0.9, 0.9)
                        .after(RandomWarp.Affine.rotation(-0.7))
                        .after(RandomWarp.Affine.translation(0.3, 0.8)));
        try (TensorScope scope = TensorScope.open()) {
            Tensor picture = wave(RandomWarp.Affine.scaling(1, 1));
            for (RandomWarp.Affine map : maps) {
                Tensor seen = RandomWarp.warped(picture, new RandomWarp.Affine[] {map});
                // Away from the border, which is mirrored: the wave is not.
                Tensor inner = seen.narrow(2, 5, 6).narrow(3, 5, 6);
                Golden.requireClose(
                        map.toString(), inner, wave(map).narrow(2, 5, 6).narrow(3, 5, 6), 0, 0.01);
            }
        }
    }

    @Test
    void mapsComposeInTheirOrder() {
        RandomWarp.Affine both = RandomWarp.Affine.rotation(Math.PI / 2)
                .after(RandomWarp.Affine.scaling(2, 3))
                .after(RandomWarp.Affine.translation(1, 10));
        // (x, y) → (x + 1, y + 10) → (2x + 2, 3y + 30) → (−3y − 30, 2x + 2)
        assertThat(both.a()).isCloseTo(0, within(1e-12));
        assertThat(both.b()).isCloseTo(-3, within(1e-12));
        assertThat(both.c()).isCloseTo(-30, within(1e-12));
        assertThat(both.d()).isCloseTo(2, within(1e-12));
        assertThat(both.e()).isCloseTo(0, within(1e-12));
        assertThat(both.f()).isCloseTo(2, within(1e-12));
        assertThat(both.reach(1)).isCloseTo(33, within(1e-12));
    }

    @Test
    void coloursAreTurnedAboutGreyAndSaturatedAwayFromIt() {
        double third = 2 * Math.PI / 3;
        // A third of a turn about grey maps red to green, green to blue and blue to red.
        double[][] turned = RandomColours.linear(3, third, 1, false);
        double[][] cycle = {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}};
        double[][] none = RandomColours.linear(3, 1.234, 0, false);
        double[][] flipped = RandomColours.linear(3, 0, 1, true);
        double[][] grey = RandomColours.linear(1, 0, 5, true);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(turned[i][j]).isCloseTo(cycle[i][j], within(1e-12));
                assertThat(none[i][j]).isCloseTo(1 / 3.0, within(1e-12)); // without saturation: the mean
                assertThat(flipped[i][j]).isCloseTo((i == j ? 1 : 0) - 2 / 3.0, within(1e-12));
            }
        }
        assertThat(grey[0][0]).isEqualTo(-1);
    }

    @Test
    void brightnessAndContrastAreThoseOfTheirDistributions() {
        int count = 4000;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            Tensor images = Tensors.of(new double[] {0, 1}, 1, 1, 1, 2).expand(count, 1, 1, 2);
            double[] seen =
                    RandomColours.apply(images, new Chances(1, count, random)).toDoubleArray();
            double contrast = 0;
            double bright = 0;
            int flipped = 0;
            for (int i = 0; i < count; i++) {
                double scale = seen[2 * i + 1] - seen[2 * i];
                flipped += scale < 0 ? 1 : 0;
                double exponent = Math.log(Math.abs(scale)) / Math.log(2);
                contrast += exponent * exponent / count;
                bright += Math.pow(seen[2 * i] / scale, 2) / count;
            }
            assertThat(Math.sqrt(contrast)).isCloseTo(0.5, within(0.02));
            assertThat(Math.sqrt(bright)).isCloseTo(0.2, within(0.01));
            assertThat(flipped / (double) count).isCloseTo(0.5, within(0.03));
        }
    }

    @Test
    void eachChangeHappensWithTheProbability() {
        int count = 2000;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            Chances chances = new Chances(0.3, count, random);
            double[] angles = chances.angles(0.3);
            long turned = Arrays.stream(angles).filter(angle -> angle != 0).count();
            assertThat(turned / (double) count).isCloseTo(0.3, within(0.04));
            long moved =
                    Arrays.stream(chances.normal(2, 0.3)).filter(x -> x != 0).count();
            assertThat(moved / (double) count).isCloseTo(0.3, within(0.04));
            Tensor image = random.normal(1, 1, 3, 3);
            Tensor seen = RandomMoves.apply(image.expand(count, 1, 3, 3), chances);
            int same = 0;
            for (int i = 0; i < count; i++) {
                same += kind(image, seen.narrow(0, i, 1)) == 0 ? 1 : 0;
            }
            // Not mirrored (0.85), not turned (0.7 + 0.3 / 4).
            assertThat(same / (double) count).isCloseTo(0.85 * 0.775, within(0.04));
        }
    }

    @Test
    void theProbabilityFollowsTheSignsOfRealLogits() {
        AdaptiveAugmentation view = new AdaptiveAugmentation(true, true, true, 0.02, 0.5, 2, 1000, 0.05);
        try (TensorScope scope = TensorScope.open();
                Memory memory = new Memory();
                RandomGenerator random = new RandomGenerator(1)) {
            // The mean sign of the real logits, two updates of 10 images each; p moves by 20 / 1000.
            double[] means = {1, 0.2, 0.4, 0.4, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1};
            double[] expected = {0.02, 0.04, 0.04, 0.02, 0.02, 0.04, 0.04, 0.05, 0.05, 0.03, 0.03, 0.01, 0.01, 0};
            for (int i = 0; i < means.length; i++) {
                double[] logits = new double[10];
                for (int j = 0; j < 10; j++) {
                    logits[j] = j < Math.round(5 + 5 * means[i]) ? 0.1 : -7;
                }
                view.observe(Tensors.of(logits, 10), sight(random, memory));
                assertThat(view.measures(memory).get("p")).as("update " + i).isCloseTo(expected[i], within(1e-12));
            }
            assertThat(view.measures(memory).get("r")).isEqualTo(-1);
            double fixed =
                    AdaptiveAugmentation.fixed(0.3).measures(new Memory()).get("p");
            assertThat(fixed).isEqualTo(0.3);
        }
    }

    @Test
    void thePaperSpeedIsThatOfItsCode() {
        AdaptiveAugmentation view = new AdaptiveAugmentation(true, true, true, 0, 0.6, 4, 500_000, 1);
        try (TensorScope scope = TensorScope.open();
                Memory memory = new Memory();
                RandomGenerator random = new RandomGenerator(1)) {
            for (int update = 0; update < 4; update++) {
                view.observe(Tensors.ones(64), sight(random, memory));
            }
            assertThat(view.measures(memory).get("p")).isCloseTo(0.000512, within(1e-12));
        }
    }

    @Test
    void whatCannotActIsSaidAndWhatCannotBeIsRefused() {
        AdaptiveAugmentation all = AdaptiveAugmentation.fixed(0.5);
        assertThat(all.idle(Shape.of(1, 8, 8))).containsExactly("grey images have no hue and no saturation to change");
        assertThat(all.idle(Shape.of(3, 8, 8))).isEmpty();
        assertThat(of(true, true, false, 0.5).idle(Shape.of(1, 8, 8))).isEmpty();
        assertThatThrownBy(() -> all.requireSample(Shape.of(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("turns square images [C, S, S] but the data is [2]");
        assertThatThrownBy(() -> all.requireSample(Shape.of(1, 8, 6))).hasMessageContaining("[1, 8, 6]");
        assertThatThrownBy(() -> of(false, false, false, 0)).hasMessageContaining("would change nothing");
        assertThatThrownBy(() -> new AdaptiveAugmentation(true, true, true, 0.5, 0.6, 4, 1, 0.4))
                .hasMessageContaining("start must be in [0, 0.4] but was 0.5");
        assertThatThrownBy(() -> new AdaptiveAugmentation(true, true, true, 0, 2, 4, 1, 1))
                .hasMessageContaining("target must be in [-1, 1] but was 2.0");
        assertThatThrownBy(() -> new AdaptiveAugmentation(true, true, true, 0, 0.6, 0, 1, 1))
                .hasMessage("every must be >= 1 but was 0");
        assertThatThrownBy(() -> new AdaptiveAugmentation(true, true, true, 0, 0.6, 4, -1, 1))
                .hasMessage("images must be >= 0 but was -1");
    }
}
