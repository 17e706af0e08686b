package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saddlepoint.data.Images;

/** Colour profiles of TIFF files. */
class TiffProfileTest {
    private static final int[] VALUES = {0, 3, 20, 55, 100, 128, 180, 220, 240, 250, 254, 255};

    @Test
    void samplesAreConvertedToSrgb() throws IOException {
        Map<Integer, long[]> entries = colours();
        byte[] data = new byte[12];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) VALUES[i];
        }
        byte[] plain = ImageDecoder.decode(TiffFiles.of(data, entries), 3, 2);
        entries.put(34675, linear());
        byte[] seen = ImageDecoder.decode(TiffFiles.of(data, entries), 3, 2);
        for (int i = 0; i < seen.length; i++) {
            assertThat(seen[i] & 0xff).isCloseTo(srgb(plain[i] & 0xff), within(1));
        }
    }

    @Test
    void partsOfJpegAreConvertedToSrgb() throws IOException {
        byte[] jpeg = Images.encode(Images.filled(2, 2, new Color(55, 100, 180)), "jpeg");
        Map<Integer, long[]> entries = colours();
        entries.put(259, new long[] {7});
        entries.put(262, new long[] {6});
        entries.put(279, new long[] {jpeg.length});
        byte[] plain = ImageDecoder.decode(TiffFiles.of(jpeg, entries), 3, 2);
        entries.put(34675, linear());
        byte[] seen = ImageDecoder.decode(TiffFiles.of(jpeg, entries), 3, 2);
        for (int i = 0; i < seen.length; i++) {
            assertThat(seen[i] & 0xff).isCloseTo(srgb(plain[i] & 0xff), within(2));
        }
    }

    /** A profile that is broken, or that of another kind of colour, is as good as none. */
    @Test
    void brokenProfilesAreIgnored() throws IOException {
        Map<Integer, long[]> entries = TiffFiles.grey();
        byte[] plain = ImageDecoder.decode(TiffFiles.of(entries), 1, 3);
        entries.put(34675, linear());
        assertThat(ImageDecoder.decode(TiffFiles.of(entries), 1, 3)).isEqualTo(plain);
        entries.put(34675, Arrays.copyOf(linear(), 50));
        assertThat(ImageDecoder.decode(TiffFiles.of(entries), 1, 3)).isEqualTo(plain);
    }

    /** Two by two pixels of red, green and blue. */
    private static Map<Integer, long[]> colours() {
        Map<Integer, long[]> entries = TiffFiles.grey();
        entries.put(256, new long[] {2});
        entries.put(257, new long[] {2});
        entries.put(258, new long[] {8, 8, 8});
        entries.put(262, new long[] {2});
        entries.put(277, new long[] {3});
        entries.put(278, new long[] {2});
        return entries;
    }

    /** Java's profile of linear light, four bytes to a number. */
    private static long[] linear() {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(profile, (profile.length + 3) / 4 * 4))
                .order(ByteOrder.LITTLE_ENDIAN);
        long[] numbers = new long[bytes.limit() / 4];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.toUnsignedLong(bytes.getInt());
        }
        return numbers;
    }

    /** IEC 61966-2-1. */
    private static int srgb(int linear) {
        double light = linear / 255.0;
        return (int) Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055));
    }
}
