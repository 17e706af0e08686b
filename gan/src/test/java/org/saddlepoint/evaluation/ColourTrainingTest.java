package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.codecs.LosslessWebp;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.PictureSheet;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class ColourTrainingTest {
    private static final int COUNT = 20;

    /** Squares of one colour each, which the second house draws darker. */
    private static Dataset house(String house, int side) {
        byte[] samples = new byte[3 * 36 * 36 * COUNT];
        for (int i = 0; i < samples.length / 3; i++) {
            int motif = i / (36 * 36);
            for (int c = 0; c < 3; c++) {
                int level = (motif * (c + 3) * 37) % 256;
                samples[3 * i + c] = (byte) (house.equals("dark") ? level / 2 : level);
            }
        }
        try {
            List<String> names = IntStream.range(0, COUNT)
                    .mapToObj(i -> Integer.toHexString(0x1f600 + i) + ".png")
                    .toList();
            PictureSheet sheet = new PictureSheet(house, LosslessWebp.of(samples, 36, 36 * COUNT), 36, names);
            return ImageCollection.sheet(sheet, ImageFormat.ofSize(side).withChannels(3), 0);
        } catch (IOException e) {
            throw new DataException(e.getMessage(), e);
        }
    }

    @Test
    void trainingIsRepeatableAndGivesAnExtractorInHalfPrecision() throws IOException {
        ColourMotifs motifs = ColourMotifs.read(List.of("light", "dark"), ColourTrainingTest::house);
        assertThat(motifs.size()).isEqualTo(2 * COUNT);
        assertThat(motifs.names()).hasSize(COUNT);
        ColourTraining training = new ColourTraining(1, 8, 1e-3, 5);
        byte[] first = training.run(motifs, line -> {});
        assertThat(training.run(motifs, line -> {})).isEqualTo(first);
        try (EmbeddedClassifier extractor = EmbeddedClassifier.of("x", first, Resizing.CLEAN)) {
            assertThat(extractor.dimension()).isEqualTo(136);
            assertThat(extractor.classNames()).isEmpty();
            assertThat(extractor.heldOutAccuracy()).isBetween(0.0, 1.0);
        }
        assertThat(first).hasSizeLessThan(700_000);
    }

    @Test
    void namesOfOneMotifAreTheSame() {
        assertThat(ColourMotifs.canonical("a/0023-fe0f-20e3.png")).isEqualTo("23-20e3");
        assertThat(ColourMotifs.canonical("23-fe0f-20e3.png")).isEqualTo("23-20e3");
        assertThat(ColourMotifs.canonical("1f3f4-e0067_e0062_e0065_e006e_e0067.png"))
                .isEqualTo(ColourMotifs.canonical("1f3f4-e0067-e0062-e0065-e006e-e0067-e007f.png"));
    }

    @Test
    void fewerThanTwoHousesAreRefused() {
        assertThatThrownBy(() -> ColourMotifs.read(List.of("light"), ColourTrainingTest::house))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("at least two houses");
        assertThatThrownBy(() -> new ColourTraining(1, 1, 1e-3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pairs must be >= 2");
    }
}
