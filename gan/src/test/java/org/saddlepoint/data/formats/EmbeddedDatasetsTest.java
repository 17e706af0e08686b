package org.saddlepoint.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.pairs.PairFormat;
import org.saddlepoint.data.pairs.PairPart;

class EmbeddedDatasetsTest {

    @Test
    void digitsAreTheTestImagesOfMnist() throws DamagedExampleException {
        IdxDataset digits = EmbeddedDatasets.digits(ImageFormat.AS_STORED);
        assertThat(digits.size()).isEqualTo(10_000);
        assertThat(digits.shape()).isEqualTo(new ImageShape(1, 28, 28));
        assertThat(digits.label(0)).hasValue(7); // the first one is the well-known seven
        int[] perClass = perClass(digits);
        assertThat(perClass).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        assertThat(Images.samples(digits, 0)).contains(0, 255 - 1);
    }

    @Test
    void fashionHasTenThousandGarments() {
        IdxDataset fashion = EmbeddedDatasets.fashion(ImageFormat.AS_STORED);
        assertThat(fashion.size()).isEqualTo(10_000);
        assertThat(fashion.classNames()).hasSize(10).startsWith("T-shirt/top").endsWith("Ankle boot");
        assertThat(perClass(fashion)).doesNotContain(0).hasSize(10);
        assertThat(fashion.fingerprint())
                .isNotEqualTo(EmbeddedDatasets.digits(ImageFormat.AS_STORED).fingerprint());
    }

    @Test
    void emojiAreColouredDrawingsOnWhite() throws DamagedExampleException {
        try (Dataset emoji = EmbeddedDatasets.emoji(ImageFormat.AS_STORED, 1 << 20)) {
            assertThat(emoji.name()).isEqualTo("emoji");
            assertThat(emoji.size()).isEqualTo(1890);
            assertThat(emoji.shape()).isEqualTo(new ImageShape(3, 32, 32));
            assertThat(emoji.classNames()).isEmpty();
            float[] face = new float[3 * 32 * 32];
            int smile = names(emoji).indexOf("1f600.png");
            emoji.read(smile, face, 0);
            assertThat(face[0]).as("corner").isEqualTo(1);
            int forehead = 8 * 32 + 16;
            assertThat(face[forehead]).as("red of yellow").isGreaterThan(0.7f);
            assertThat(face[2 * 1024 + forehead]).as("blue of yellow").isLessThan(0);
        }
        try (Dataset grey = EmbeddedDatasets.emoji(ImageFormat.ofSize(16).withChannels(1), 0)) {
            assertThat(grey.shape()).isEqualTo(new ImageShape(1, 16, 16));
        }
        assertThatThrownBy(() -> EmbeddedDatasets.emoji(ImageFormat.ofSize(64), 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("images in emoji are smaller than the 64x64 pixels wanted");
    }

    @Test
    void emojiPairsAreTheSameMotifsInTwoPartsWithoutACommonOne() throws DamagedExampleException {
        PairFormat format = new PairFormat(64, 64, false, OptionalInt.empty(), OptionalInt.empty());
        try (Dataset train = EmbeddedDatasets.emojiPairs(format, PairPart.TRAIN, 1 << 20);
                Dataset test = EmbeddedDatasets.emojiPairs(format, PairPart.TEST, 1 << 20);
                Dataset all = EmbeddedDatasets.emojiPairs(format, PairPart.ALL, 1 << 20)) {
            assertThat(all.size()).isEqualTo(910);
            assertThat(test.size()).isEqualTo(77);
            assertThat(train.size()).isEqualTo(833);
            assertThat(all.hasPairs()).isTrue();
            assertThat(names(train)).doesNotContainAnyElementsOf(names(test));
            assertThat(all.shape()).isEqualTo(new PairShape(new ImageShape(3, 64, 64), new ImageShape(3, 64, 64)));
            float[] pair = new float[2 * 3 * 64 * 64];
            double[] apart = new double[2];
            float[] first = new float[pair.length];
            all.read(0, first, 0);
            for (int i = 1; i < 100; i++) {
                all.read(i, pair, 0);
                for (int k = 0; k < pair.length / 2; k++) {
                    apart[0] += Math.abs(pair[k] - pair[pair.length / 2 + k]);
                    apart[1] += Math.abs(first[k] - pair[pair.length / 2 + k]);
                }
            }
            assertThat(apart[0])
                    .as("of halves, beside those of different motifs")
                    .isLessThan(0.6 * apart[1]);
        }
    }

    private static List<String> names(Dataset data) {
        return IntStream.range(0, data.size())
                .mapToObj(i -> data.pictures().get(0).name(i))
                .toList();
    }

    @Test
    void licencesAreNamed() throws Exception {
        try (InputStream in = Dataset.class.getResourceAsStream("LICENSES")) {
            assertThat(in).isNotNull();
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains(
                            "CC BY-SA 3.0",
                            "LeCun",
                            "Cortes",
                            "Burges",
                            "MIT",
                            "Zalando",
                            "Noto Emoji",
                            "Apache License",
                            "Twemoji",
                            "CC BY 4.0",
                            "Fluent");
        }
    }

    private static int[] perClass(Dataset data) {
        int[] counts = new int[data.classNames().size()];
        for (int i = 0; i < data.size(); i++) {
            counts[data.label(i).orElseThrow()]++;
        }
        return counts;
    }
}
