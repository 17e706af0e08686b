package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
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

/** Files of every kind: what is seen of them, as the rules of their formats, libjpeg-turbo, libwebp and Little CMS have it. */
class GoldenPicturesTest {
    /** Two versions of Little CMS differ by that much, and a picture of 16 bits from its rounded one. */
    private static final int PROFILE_TOLERANCE = 2;

    static Stream<Golden> all() {
        return Stream.concat(
                Stream.concat(photos(), files()), GoldenPictures.of("tiff-jpeg")); // as libtiff and libjpeg see it
    }

    static Stream<Golden> photos() {
        return Stream.of("png", "jpeg", "webp").flatMap(GoldenPictures::of);
    }

    static Stream<Golden> files() {
        return Stream.of("bmp", "gif", "tiff").flatMap(GoldenPictures::of);
    }

    private static boolean hasProfile(Golden golden) {
        return golden.name().startsWith("profile-");
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsSeenIsRead(Golden golden) throws IOException {
        byte[] read = seen(golden.file());
        byte[] rgb = golden.rgb();
        assertThat(read).hasSameSizeAs(rgb);
        int most = 0;
        for (int i = 0; i < rgb.length; i++) {
            most = Math.max(most, Math.abs((read[i] & 0xff) - (rgb[i] & 0xff)));
        }
        assertThat(most)
                .as("grey levels of the largest difference")
                .isLessThanOrEqualTo(hasProfile(golden) ? PROFILE_TOLERANCE : 0);
    }

    @ParameterizedTest
    @MethodSource("photos")
    void headersTellTheUprightSize(Golden golden) throws IOException {
        PictureHeader whole = PictureCodecs.header(golden.file());
        assertThat(whole.format()).isEqualTo(golden.zip().toUpperCase(Locale.ROOT));
        assertThat(new int[] {whole.uprightWidth(), whole.uprightHeight()}).isEqualTo(golden.size());
        PictureHeader streamed = PictureCodecs.header(new ByteArrayInputStream(golden.file()));
        if (golden.name().matches("turned/(behind|text)-.*")) { // only whole files are read to their end
            assertThat(streamed.orientation()).isEqualTo(1);
        } else {
            assertThat(streamed).isEqualTo(whole);
        }
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
    @MethodSource("all")
    void greyIsTheLumaOfWhatIsSeen(Golden golden) throws IOException {
        float[] values = ImageDecoder.picture(golden.file(), 1).values();
        byte[] rgb = golden.rgb();
        // colours of more than eight bits are rounded after, not before
        float tolerance = hasProfile(golden) ? PROFILE_TOLERANCE + 1 : 1.01f;
        for (int i = 0; i < values.length; i++) {
            float luma = SampleConversion.luma(rgb[3 * i] & 0xff, rgb[3 * i + 1] & 0xff, rgb[3 * i + 2] & 0xff);
            assertThat((values[i] + 1) * 127.5f).isBetween(luma - tolerance, luma + tolerance);
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
