package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.data.SampleConversion;
import org.saddlepoint.data.codecs.PictureCodecs;
import org.saddlepoint.data.codecs.PictureHeader;
import org.saddlepoint.data.images.GoldenPictures.Golden;

/** Every kind of the lossless formats, to the last bit. */
class GoldenPicturesTest {

    static Stream<Golden> files() {
        return Stream.of("bmp", "gif", "tiff").flatMap(GoldenPictures::of);
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsSeenIsRead(Golden golden) throws IOException {
        assertThat(seen(golden.file())).isEqualTo(golden.rgb());
    }

    static Stream<Golden> jpegs() {
        return GoldenPictures.of("tiff-jpeg");
    }

    /** JPEG within TIFF, as libtiff and libjpeg see it. */
    @ParameterizedTest
    @MethodSource("jpegs")
    void jpegPartsOfTiffAreRead(Golden golden) throws IOException {
        byte[] seen = seen(golden.file());
        byte[] expected = golden.rgb();
        assertThat(seen).hasSameSizeAs(expected);
        int most = 0;
        for (int i = 0; i < seen.length; i++) {
            most = Math.max(most, Math.abs((seen[i] & 0xff) - (expected[i] & 0xff)));
        }
        assertThat(most).isZero();
    }

    @ParameterizedTest
    @MethodSource("files")
    void headersTellTheSizeAndWhetherThereCanBeColour(Golden golden) throws IOException {
        PictureHeader header = PictureCodecs.header(golden.file());
        assertThat(header.format()).isEqualTo(golden.zip().toUpperCase(Locale.ROOT));
        assertThat(new int[] {header.uprightWidth(), header.uprightHeight()}).isEqualTo(golden.size());
        byte[] rgb = golden.rgb();
        boolean colour = false;
        for (int i = 0; i < rgb.length; i += 3) {
            colour |= rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2];
        }
        assertThat(header.grey()).isEqualTo(!colour);
    }

    @ParameterizedTest
    @MethodSource("files")
    void greyIsTheLumaOfWhatIsSeen(Golden golden) throws IOException {
        float[] values = ImageDecoder.picture(golden.file(), 1).values();
        byte[] rgb = golden.rgb();
        for (int i = 0; i < values.length; i++) {
            float luma = SampleConversion.luma(rgb[3 * i] & 0xff, rgb[3 * i + 1] & 0xff, rgb[3 * i + 2] & 0xff);
            // colours of more than eight bits are rounded after, not before
            assertThat((values[i] + 1) * 127.5f).isBetween(luma - 1.01f, luma + 1.01f);
        }
    }

    /** What is behind the last byte that matters may be missing; no other file that is cut off shows a picture. */
    @ParameterizedTest
    @MethodSource("files")
    void filesThatAreCutOffAreRefused(Golden golden) {
        byte[] whole = golden.file();
        int refused = 0;
        for (int twelfths = 1; twelfths < 12; twelfths++) {
            byte[] cut = Arrays.copyOf(whole, whole.length * twelfths / 12);
            try {
                assertThat(seen(cut))
                        .as("%d of %d bytes", cut.length, whole.length)
                        .isEqualTo(golden.rgb());
            } catch (IOException e) {
                refused++;
            }
        }
        boolean hasMore = golden.name().matches("(animated|.*pages).*"); // pictures behind the first one
        assertThat(refused).isGreaterThanOrEqualTo(hasMore ? 4 : 10);
    }

    private static byte[] seen(byte[] file) throws IOException {
        Picture picture = ImageDecoder.picture(file, 3);
        int plane = picture.width() * picture.height();
        byte[] rgb = new byte[3 * plane];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = SampleConversion.unsigned(picture.values()[i % 3 * plane + i / 3]);
        }
        return rgb;
    }
}
