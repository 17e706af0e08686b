package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.codecs.LosslessWebp;

/** Also tests {@link LosslessWebp}. */
class PictureSheetTest {
    /** Three pictures of 2×2 in a sheet of 4×4; each has one red level. */
    private static byte[] sheet() throws IOException {
        byte[] samples = new byte[3 * 16];
        for (int i = 0; i < 16; i++) {
            int picture = i / 4 / 2 * 2 + i % 4 / 2;
            samples[3 * i] = (byte) (50 * picture);
            samples[3 * i + 1] = (byte) (10 * i);
            samples[3 * i + 2] = (byte) 255;
        }
        return LosslessWebp.of(samples, 4, 4);
    }

    @Test
    void picturesComeOutAsTheyWentIn() throws IOException, DamagedExampleException {
        PictureSheet sheet = new PictureSheet("three", sheet(), 2, List.of("c.png", "a.png", "b.png"));
        try (Dataset data = ImageCollection.sheet(sheet, ImageFormat.AS_STORED.withChannels(3), 0)) {
            assertThat(data.name()).isEqualTo("three");
            assertThat(data.size()).isEqualTo(3);
            float[] values = new float[12];
            data.read(0, values, 0); // a.png, the second of the sheet
            assertThat(Math.round((values[0] + 1) * 127.5)).isEqualTo(50);
            assertThat(Math.round((values[4] + 1) * 127.5))
                    .as("green of pixel 2")
                    .isEqualTo(20);
            assertThat(values[8]).isEqualTo(1);
            data.read(2, values, 0);
            assertThat(Math.round((values[0] + 1) * 127.5)).isZero();
        }
    }

    @Test
    void webpIsLossless() throws IOException {
        byte[] samples = new byte[3 * 37 * 21];
        new SplittableRandom(1).nextBytes(samples);
        Picture picture = ImageDecoder.picture(LosslessWebp.of(samples, 37, 21), 3);
        for (int i = 0; i < samples.length; i++) {
            float value = picture.values()[i % 3 * 37 * 21 + i / 3];
            assertThat(Math.round((value + 1) * 127.5)).isEqualTo(samples[i] & 0xff);
        }
        assertThatThrownBy(() -> LosslessWebp.of(samples, 37, 22))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 for each of 37x22 pixels");
        assertThatThrownBy(() -> LosslessWebp.of(new byte[3 * 17_000], 17_000, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("17000x1");
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        byte[] file = sheet();
        PictureSheet five = new PictureSheet("five", file, 2, List.of("a", "b", "c", "d", "e"));
        assertThatThrownBy(() -> PictureSet.open(five))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("room for 4 pictures of 2x2 pixels but should hold 5");
        PictureSheet cut = new PictureSheet("cut", Arrays.copyOf(file, file.length / 2), 2, List.of("a"));
        assertThatThrownBy(() -> PictureSet.open(cut))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the sheet of cut cannot be read");
        assertThatThrownBy(() -> new PictureSheet("none", file, 2, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
