package org.saddlepoint.data.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExifTest {
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ASCII = 2;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsBothOrdersAndBothTypes(int orientation) {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            for (int type : new int[] {SHORT, LONG}) {
                byte[] data = exif(order, type, orientation);
                assertThat(Exif.orientation(data)).hasValue(orientation);
                byte[] prefixed = new byte[6 + data.length];
                System.arraycopy(data, 0, prefixed, 6, data.length);
                System.arraycopy(new byte[] {'E', 'x', 'i', 'f'}, 0, prefixed, 0, 4);
                assertThat(Exif.orientation(prefixed)).hasValue(orientation);
            }
        }
    }

    @Test
    void nonsenseIsNoOrientation() {
        ByteOrder big = ByteOrder.BIG_ENDIAN;
        assertThat(Exif.orientation(exif(big, SHORT, 0))).isEmpty();
        assertThat(Exif.orientation(exif(big, SHORT, 9))).isEmpty();
        assertThat(Exif.orientation(exif(big, LONG, 3 + (1 << 16)))).isEmpty();
        assertThat(Exif.orientation(exif(big, ASCII, 3))).isEmpty();
        byte[] whole = exif(big, SHORT, 3);
        whole[0] = 'X';
        assertThat(Exif.orientation(whole)).isEmpty();
    }

    @Test
    void everyCutIsRead() {
        byte[] whole = exif(ByteOrder.LITTLE_ENDIAN, SHORT, 6);
        for (int length = 0; length < whole.length; length++) {
            OptionalInt orientation = Exif.orientation(Arrays.copyOf(whole, length));
            assertThat(orientation.isEmpty() || length >= 34)
                    .as("%d bytes", length)
                    .isTrue();
        }
    }

    /** A directory of two entries, of which the second is the orientation. */
    private static byte[] exif(ByteOrder order, int type, int value) {
        ByteBuffer tiff = ByteBuffer.allocate(38).order(order);
        tiff.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949));
        tiff.putShort((short) 42).putInt(8).putShort((short) 2);
        tiff.putShort((short) 0x0100).putShort((short) SHORT).putInt(1).putInt(0);
        tiff.putShort((short) 0x0112).putShort((short) type).putInt(1);
        if (type == SHORT) {
            tiff.putShort((short) value).putShort((short) 0);
        } else {
            tiff.putInt(value);
        }
        return tiff.array();
    }
}
