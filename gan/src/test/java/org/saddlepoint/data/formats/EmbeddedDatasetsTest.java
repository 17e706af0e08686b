package org.saddlepoint.data.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.images.ImageFormat;

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
    void licencesAreNamed() throws Exception {
        try (InputStream in = Dataset.class.getResourceAsStream("LICENSES")) {
            assertThat(in).isNotNull();
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("CC BY-SA 3.0", "LeCun", "Cortes", "Burges", "MIT", "Zalando");
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
