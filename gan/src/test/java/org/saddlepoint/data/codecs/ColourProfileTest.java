package org.saddlepoint.data.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColourProfileTest {
    private static final byte[] LINEAR =
            ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    private static final byte[] SRGB =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    private static final byte[] GREY =
            ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData(); // linear, too

    /** IEC 61966-2-1. */
    private static double encoded(double light) {
        return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055);
    }

    @Test
    void linearColoursAreEncoded() {
        ColourProfile profile = ColourProfile.of(LINEAR, 3).orElseThrow();
        byte[] seen = new byte[3 * 256];
        profile.convert(greys(), seen);
        short[] fine = new short[3 * 256];
        short[] values = new short[fine.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) (i / 3 * 257);
        }
        profile.convert(values, fine);
        for (int i = 0; i < seen.length; i++) {
            assertThat((double) (seen[i] & 0xff)).isCloseTo(encoded(i / 3 / 255.0), within(1.1));
            assertThat((fine[i] & 0xffff) / 257.0).isCloseTo(encoded(i / 3 / 255.0), within(0.6));
        }
    }

    @Test
    void linearGreyIsEncoded() {
        ColourProfile profile = ColourProfile.of(GREY, 1).orElseThrow();
        float[] bytes = profile.byteCurve();
        float[] shorts = profile.shortCurve();
        for (int v = 0; v < 256; v++) {
            assertThat((double) bytes[v]).isCloseTo(encoded(v / 255.0), within(1.1));
            assertThat((double) shorts[257 * v]).isCloseTo(encoded(v / 255.0), within(0.6));
        }
        assertThat(shorts).hasSize(1 << 16);
    }

    @Test
    void whatIsOfNoUseLeavesThePictureAsItIs() {
        assertThat(ColourProfile.of(SRGB, 3)).isEmpty();
        assertThat(ColourProfile.of(LINEAR, 1)).isEmpty();
        assertThat(ColourProfile.of(LINEAR, 4)).isEmpty();
        assertThat(ColourProfile.of(GREY, 3)).isEmpty();
        assertThat(ColourProfile.of(new byte[0], 3)).isEmpty();
        assertThat(ColourProfile.of(new byte[ColourProfile.LONGEST + 1], 3)).isEmpty();
        byte[] damaged = LINEAR.clone();
        damaged[131] = 127; // number of tags
        assertThat(ColourProfile.of(damaged, 3)).isEmpty();
    }

    @Test
    void equalProfilesAreReadOnce() {
        ColourProfile profile = ColourProfile.of(LINEAR, 3).orElseThrow();
        assertThat(ColourProfile.of(LINEAR.clone(), 3)).containsSame(profile);
        for (int i = 0; i < 200; i++) { // others push it out
            byte[] other = SRGB.clone();
            other[100] = (byte) i;
            assertThat(ColourProfile.of(other, 3)).isEqualTo(Optional.empty());
        }
        assertThat(ColourProfile.of(LINEAR, 3)).isPresent().get().isNotSameAs(profile);
    }

    @Test
    void threadsShareAProfile() {
        ColourProfile profile = ColourProfile.of(LINEAR, 3).orElseThrow();
        byte[] expected = new byte[3 * 256];
        profile.convert(greys(), expected);
        List<byte[]> seen = IntStream.range(0, 2000)
                .parallel()
                .mapToObj(i -> {
                    if (i % 3 == 0) {
                        profile.convert(new short[300], new short[300]);
                    }
                    byte[] converted = new byte[expected.length];
                    profile.convert(greys(), converted);
                    return converted;
                })
                .toList();
        assertThat(seen).allSatisfy(converted -> assertThat(converted).isEqualTo(expected));
    }

    private static byte[] greys() {
        byte[] greys = new byte[3 * 256];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = (byte) (i / 3);
        }
        return greys;
    }
}
