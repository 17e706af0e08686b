package org.saddlepoint.data.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SplitMix;
import org.saddlepoint.data.images.Links;

class UnpairedImagesTest {
    private static final PairFormat WHOLE = new PairFormat(8, 8, false, OptionalInt.empty(), OptionalInt.empty());
    private static final int B = 64; // where B's numbers begin

    @TempDir
    Path folder;

    private UnpairedImages open(int countA, int countB) {
        Images.greys(folder.resolve("a"), countA);
        Images.greys(folder.resolve("b"), countB);
        return UnpairedImages.open(
                folder.resolve("a"), folder.resolve("b"), WHOLE, PairPart.ALL, 1 << 20, Links.INSIDE);
    }

    private static int[] drawn(PairDataset data, int index, long draw) throws DamagedExampleException {
        float[] values = new float[data.shape().elements()];
        data.read(index, draw, values, 0);
        return new int[] {Math.round((values[0] + 1) * 127.5f), Math.round((values[B] + 1) * 127.5f)};
    }

    @Test
    void theLargerSideSaysHowManyAndThePlainViewTakesBothInTurn() throws DamagedExampleException {
        try (UnpairedImages data = open(3, 5)) {
            assertThat(data.size()).isEqualTo(5);
            for (int i = 0; i < 5; i++) {
                int[] values = Images.samples(data, i);
                assertThat(values[0]).isEqualTo(i % 3);
                assertThat(values[B]).isEqualTo(i);
            }
        }
    }

    @Test
    void bIsDrawnUniformlyAndAIsNot() throws DamagedExampleException {
        try (UnpairedImages data = open(6, 4)) {
            assertThat(data.size()).isEqualTo(6);
            int[] counts = new int[4];
            SplitMix random = new SplitMix(3);
            for (int n = 0; n < 4000; n++) {
                int[] values = drawn(data, n % 6, random.nextLong());
                assertThat(values[0]).isEqualTo(n % 6);
                counts[values[1]]++;
            }
            // a thousand each; five standard deviations are 137
            Arrays.stream(counts).forEach(count -> assertThat(count).isCloseTo(1000, within(137)));
        }
    }

    @Test
    void bothAreMirroredOnTheirOwn() throws DamagedExampleException {
        PairFormat flipping = new PairFormat(8, 8, true, OptionalInt.empty(), OptionalInt.empty());
        for (String side : new String[] {"a", "b"}) {
            var image = Images.filled(8, 8, java.awt.Color.BLACK);
            image.setRGB(0, 0, java.awt.Color.WHITE.getRGB());
            Images.write(folder.resolve(side).resolve("x.png"), Images.encode(image, "png"));
        }
        try (UnpairedImages data = UnpairedImages.open(
                folder.resolve("a"), folder.resolve("b"), flipping, PairPart.ALL, 1 << 20, Links.INSIDE)) {
            int[] ways = new int[4];
            SplitMix random = new SplitMix(9);
            for (int n = 0; n < 4000; n++) {
                int[] values = drawn(data, 0, random.nextLong());
                ways[(values[0] == 255 ? 1 : 0) + (values[1] == 255 ? 2 : 0)]++;
            }
            Arrays.stream(ways).forEach(count -> assertThat(count).isCloseTo(1000, within(137)));
        }
    }

    @Test
    void theNextStandsInForADamagedPictureOfBAndADamagedPictureOfAIsLeftOut() throws DamagedExampleException {
        Images.greys(folder.resolve("a"), 2);
        Images.greys(folder.resolve("b"), 3);
        for (String broken : new String[] {"a/001.png", "b/002.png"}) {
            byte[] whole = Images.encode(Images.filled(8, 8, java.awt.Color.RED), "png");
            Images.write(folder.resolve(broken), Arrays.copyOf(whole, whole.length - 15));
        }
        try (UnpairedImages data =
                UnpairedImages.open(folder.resolve("a"), folder.resolve("b"), WHOLE, PairPart.ALL, 0, Links.INSIDE)) {
            assertThat(Images.samples(data, 2)[B]).isZero();
            assertThatThrownBy(() -> Images.samples(data, 1)).isInstanceOf(DamagedExampleException.class);
            for (long draw = 0; draw < 20; draw++) {
                assertThat(drawn(data, 0, draw)[1]).isLessThan(2);
            }
            assertThat(data.skipped()).hasSize(2);
        }
    }

    @Test
    void aPictureThatIsNoneIsListedWithItsSide() {
        Images.greys(folder.resolve("a"), 2);
        Images.write(folder.resolve("a/no.png"), new byte[] {1, 2, 3});
        try (UnpairedImages data = open(2, 2)) {
            assertThat(data.skipped())
                    .extracting(Skipped::name)
                    .containsExactly("no.png in folder " + folder.resolve("a"));
        }
    }
}
