package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.images.Picture;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Inference;

/** A trained translator is safe to share, with dropout of a seed for each call, and names what it cannot do. */
@ExtendWith({LeakCheck.class, OneThread.class})
class TrainedTranslatorTest {
    private static final TranslateOptions FORTH = TranslateOptions.DEFAULT;

    @TempDir
    private static Path shared;

    private static Path dropping;
    private static Path averaged;
    private static Path cycle;

    @BeforeAll
    static void train() {
        dropping =
                SmallRuns.pairs(shared.resolve("dropping"), "pix2pix", Map.of()).path();
        averaged = SmallRuns.pairs(shared.resolve("averaged"), "pix2pix", Map.of("average.decay", "0.5"))
                .path();
        cycle = SmallRuns.pairs(shared.resolve("cycle"), "cyclegan-small", Map.of())
                .path();
    }

    private static Picture noise(int seed, int height, int width) {
        Random random = new Random(seed);
        float[] values = new float[3 * height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return new Picture(3, height, width, values);
    }

    @Test
    void eightThreadsTranslateWhatEachSeedTranslatesAlone() throws Exception {
        for (Path run : List.of(dropping, cycle)) {
            try (TrainedTranslator translator = TrainedTranslator.open(run)) {
                List<float[]> alone = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    alone.add(translate(translator, i));
                }
                List<float[]> together = Threads.map(40, i -> translate(translator, i));
                for (int i = 0; i < 40; i++) {
                    assertThat(together.get(i)).as("image %d", i).isEqualTo(alone.get(i));
                }
            }
        }
    }

    private static float[] translate(TrainedTranslator translator, int which) {
        TranslateOptions options = FORTH.seed(which % 5).tile(64 + which % 2 * 64);
        return translator.translate(noise(which, 40 + which, 80), options).values();
    }

    /** The dropout of a seed is what it draws behind the initial weights, as in every release. */
    @Test
    void dropoutOfASeedGoesOnBehindTheWeightsThatItDraws() {
        for (Path run : List.of(dropping, averaged)) {
            try (TrainedTranslator translator = TrainedTranslator.open(run);
                    TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(4);
                    ImageTranslator first = translator.recipe().translator().create(3, 3, random);
                    ImageTranslator network = translator.isAverage()
                            ? translator.recipe().translator().create(3, 3, random)
                            : first) {
                assertThat(translator.recipe().inference()).isEqualTo(Inference.TRAINING);
                translator.checkpoint().load(translator.isAverage() ? "translator_a2b_ema" : "translator_a2b", network);
                network.train(true);
                TranslationSeries series = translator.series(FORTH.seed(4));
                for (int i = 0; i < 3; i++) {
                    Picture picture = noise(i, 64, 64);
                    float[] expected = network.translate(Tensors.of(picture.values(), 1, 3, 64, 64))
                            .toFloatArray();
                    assertThat(series.translate(picture).values()).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aSeriesBeginsAsOneImageDoesAndEachSeedDropsOtherNumbers() {
        try (TrainedTranslator translator = TrainedTranslator.open(dropping)) {
            Picture picture = noise(1, 64, 64);
            float[] alone = translator.translate(picture, FORTH.seed(1)).values();
            TranslationSeries series = translator.series(FORTH.seed(1));
            assertThat(series.translate(picture).values()).isEqualTo(alone);
            assertThat(series.translate(picture).values()).as("dropout goes on").isNotEqualTo(alone);
            assertThat(translator.translate(picture, FORTH.seed(2)).values()).isNotEqualTo(alone);
            assertThat(translator.translate(picture, FORTH.seed(1)).values()).isEqualTo(alone);
        }
    }

    @Test
    void imagesOfAnySizeStayAsLargeBothWays() {
        try (TrainedTranslator translator = TrainedTranslator.open(cycle)) {
            assertThat(translator.directions()).containsExactly(Direction.A2B, Direction.B2A);
            assertThat(translator.channels(Direction.B2A)).isEqualTo(3);
            BufferedImage image = new BufferedImage(70, 9, BufferedImage.TYPE_INT_ARGB);
            BufferedImage forth = translator.translate(image, Direction.A2B);
            assertThat(List.of(forth.getWidth(), forth.getHeight())).containsExactly(70, 9);
            float[] white = new float[3 * 70 * 9];
            java.util.Arrays.fill(white, 1);
            float[] numbers =
                    translator.translate(new Picture(3, 9, 70, white), FORTH).values();
            assertThat(forth.getRaster().getSample(4, 3, 2))
                    .as("what is transparent is white")
                    .isEqualTo((int) Math.round((numbers[(2 * 9 + 3) * 70 + 4] + 1) * 127.5));
            Picture picture = noise(1, 64, 64);
            assertThat(translator.translate(picture, FORTH).values())
                    .isNotEqualTo(translator
                            .translate(picture, TranslateOptions.of(Direction.B2A))
                            .values());
        }
    }

    @Test
    void whatItCannotDoIsNamed(@TempDir Path temp) {
        TrainedTranslator closed = TrainedTranslator.open(dropping);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.translate(noise(0, 64, 64), FORTH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the translator of " + dropping + " is closed; open it again");
        try (TrainedTranslator translator = TrainedTranslator.open(dropping)) {
            assertThat(translator.directions()).containsExactly(Direction.A2B);
            assertThatThrownBy(() -> translator.translate(noise(0, 64, 64), TranslateOptions.of(Direction.B2A)))
                    .isInstanceOf(RequestException.class)
                    .hasMessageContaining("direction b2a: " + dropping + " translates only from A to B");
            assertThatThrownBy(() -> translator.series(FORTH.tile(8)))
                    .isInstanceOf(RequestException.class)
                    .hasMessage("tile must be >= 64 for this run but was 8");
            assertThatThrownBy(() -> translator.translate(new Picture(1, 1, 1, new float[1]), FORTH))
                    .isInstanceOf(RequestException.class)
                    .hasMessage("this way images of 3 channels are translated but one had 1");
        }
        Path gan = SmallRuns.digits(temp.resolve("gan"), "lsgan", Map.of("steps", "1"))
                .path();
        assertThatThrownBy(() -> TrainedTranslator.open(gan))
                .isInstanceOf(RequestException.class)
                .hasMessageEndingWith("in a program: TrainedGenerator");
    }
}
