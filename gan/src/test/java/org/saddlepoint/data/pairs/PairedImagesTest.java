package org.saddlepoint.data.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.data.LoaderPosition;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SplitMix;
import org.saddlepoint.data.images.Links;

class PairedImagesTest {
    private static final OptionalInt FREE = OptionalInt.empty();
    private static final PairFormat SMALL = new PairFormat(6, 4, true, FREE, FREE);
    private static final PairFormat WHOLE = new PairFormat(6, 6, false, FREE, FREE);
    private static final long CACHE = 1 << 20;

    @TempDir
    Path folder;

    private Path a() {
        return folder.resolve("a");
    }

    private Path b() {
        return folder.resolve("b");
    }

    private static BufferedImage picture(int width, int height, IntBinaryOperator grey) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, grey.applyAsInt(x, y));
            }
        }
        return image;
    }

    /** Each pixel tells its column and row, as 16 x + y; in B 100 more. */
    private static void coordinates(Path file, int size, int base) {
        Images.write(file, Images.encode(picture(size, size, (x, y) -> base + 16 * x + y), "png"));
    }

    private static int[] drawn(PairDataset data, int index, long draw) throws DamagedExampleException {
        float[] values = new float[data.shape().elements()];
        data.read(index, draw, values, 0);
        int[] samples = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            samples[i] = Math.round((values[i] + 1) * 127.5f);
        }
        return samples;
    }

    @Test
    void bothHalvesAreCroppedAndMirroredAlikeAndEachWayIsAsLikely() throws DamagedExampleException {
        coordinates(a().resolve("x.png"), 6, 0);
        coordinates(b().resolve("x.png"), 6, 100);
        int[] ways = new int[18];
        try (PairedImages data = PairedImages.paired(a(), b(), SMALL, PairPart.ALL, CACHE, Links.INSIDE)) {
            assertThat(data.shape()).isEqualTo(new PairShape(new ImageShape(1, 4, 4), new ImageShape(1, 4, 4)));
            SplitMix random = new SplitMix(1);
            for (int n = 0; n < 18_000; n++) {
                int[] values = drawn(data, 0, random.nextLong());
                boolean flipped = values[0] > values[1];
                int left = Math.min(values[0], values[3]) / 16;
                int top = values[0] % 16;
                for (int i = 0; i < 16; i++) {
                    int column = left + (flipped ? 3 - i % 4 : i % 4);
                    int expected = 16 * column + top + i / 4;
                    assertThat(values[i]).isEqualTo(expected);
                    assertThat(values[16 + i]).isEqualTo(100 + expected);
                }
                ways[6 * left + 2 * top + (flipped ? 1 : 0)]++;
            }
        }
        // a thousand each; five standard deviations are 154
        Arrays.stream(ways).forEach(count -> assertThat(count).isCloseTo(1000, within(154)));
    }

    @Test
    void withoutFlipNothingIsMirroredAndThePlaceIsTheSame() throws DamagedExampleException {
        coordinates(a().resolve("x.png"), 6, 0);
        coordinates(b().resolve("x.png"), 6, 100);
        PairFormat unflipped = new PairFormat(6, 4, false, FREE, FREE);
        try (PairedImages flips = PairedImages.paired(a(), b(), SMALL, PairPart.ALL, CACHE, Links.INSIDE);
                PairedImages none = PairedImages.paired(a(), b(), unflipped, PairPart.ALL, CACHE, Links.INSIDE)) {
            Set<Boolean> flipped = new HashSet<>();
            for (long draw = 0; draw < 40; draw++) {
                int[] one = drawn(flips, 0, draw);
                int[] other = drawn(none, 0, draw);
                assertThat(other[1]).isGreaterThan(other[0]);
                boolean mirrored = one[0] > one[1];
                flipped.add(mirrored);
                assertThat(mirrored ? one[3] : one[0]).isEqualTo(other[0]);
            }
            assertThat(flipped).hasSize(2);
        }
    }

    @Test
    void thePlainViewIsTheWholePairInTheSizeOfACrop() throws DamagedExampleException {
        Images.png(a().resolve("x.png"), 9, 6, new Color(200, 100, 50));
        coordinates(b().resolve("x.webp.png"), 4, 100);
        Images.png(a().resolve("x.webp.png"), 9, 6, new Color(200, 100, 50));
        Images.png(b().resolve("x.png"), 3, 3, Color.BLACK);
        try (PairedImages data = PairedImages.paired(a(), b(), SMALL, PairPart.ALL, CACHE, Links.INSIDE)) {
            assertThat(data.shape()).isEqualTo(new PairShape(new ImageShape(3, 4, 4), new ImageShape(1, 4, 4)));
            int[] values = Images.samples(data, 1);
            assertThat(values).startsWith(200).hasSize(64);
            assertThat(Arrays.copyOfRange(values, 16, 48)).containsOnly(100, 50);
            assertThat(Arrays.copyOfRange(values, 48, 64))
                    .containsExactly(IntStream.range(0, 16)
                            .map(i -> 100 + 16 * (i % 4) + i / 4)
                            .toArray());
            assertThat(data.warnings()).hasSize(2);
            assertThat(data.warnings().get(0)).startsWith("2 of 2 pairs have halves of different sizes");
            assertThat(data.warnings().get(1)).startsWith("2 of 2 pairs have halves of different aspects");
            assertThat(data.notes().get(0)).isEqualTo("2 pictures of 9x6 in folder " + a());
            assertThat(data.notes().get(1)).isEqualTo("2 pictures of 3 to 4 columns and 3 to 4 rows in folder " + b());
        }
    }

    @Test
    void resizingIgnoresTheAspect() throws DamagedExampleException {
        // columns 0..11 of which the mean over pairs is linear in the column
        Images.write(a().resolve("x.png"), Images.encode(picture(12, 6, (x, y) -> 20 * x), "png"));
        Images.write(b().resolve("x.jpg"), Images.encode(picture(6, 12, (x, y) -> 77), "png"));
        try (PairedImages data = PairedImages.paired(a(), b(), WHOLE, PairPart.ALL, CACHE, Links.INSIDE)) {
            int[] values = Images.samples(data, 0);
            for (int i = 0; i < 36; i++) {
                // the centre of column c of six lies at 2 c + 0.5 of twelve; only at the rims the filter is cut off
                if (i % 6 > 1 && i % 6 < 4) {
                    assertThat(values[i]).isEqualTo(20 * (2 * (i % 6)) + 10);
                }
                assertThat(values[36 + i]).isEqualTo(77);
            }
        }
    }

    @Test
    void aZipWithAFolderAroundItMatchesAFolderAndExtensionsMayDiffer() throws IOException, DamagedExampleException {
        Path zip = folder.resolve("a.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (int i : new int[] {2, 1, 3}) {
                entries.putNextEntry(new ZipEntry("around/é" + i + ".png"));
                entries.write(Images.encode(picture(6, 6, (x, y) -> i), "png"));
            }
        }
        for (int i = 1; i <= 3; i++) {
            int value = 10 * i;
            // the accent apart from its letter, as some file systems have it
            Images.write(b().resolve("e\u0301" + i + ".jpeg"), Images.encode(picture(6, 6, (x, y) -> value), "png"));
        }
        try (PairedImages data = PairedImages.paired(zip, b(), WHOLE, PairPart.ALL, 0, Links.INSIDE)) {
            assertThat(data.size()).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                int[] values = Images.samples(data, i);
                assertThat(values[0]).isEqualTo(i + 1);
                assertThat(values[36]).isEqualTo(10 * (i + 1));
            }
        }
    }

    @Test
    void missingPartnersAreListedOnBothSides() {
        Images.greys(a(), 14);
        Images.greys(b(), 2);
        Images.png(b().resolve("extra.png"), 8, 8, Color.RED);
        assertThatThrownBy(() -> PairedImages.paired(a(), b(), WHOLE, PairPart.ALL, CACHE, Links.INSIDE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("12 of 14 pictures in folder " + a() + " have no partner in folder " + b()
                        + ": 002, 003, 004, 005, 006, 007, 008, 009, 010, 011 and 2 more")
                .hasMessageContaining(
                        "1 of 3 pictures in folder " + b() + " has no partner in folder " + a() + ": extra;");
    }

    @Test
    void twoFilesOfOneNameAreRefused() {
        Images.greys(a(), 1);
        Images.greys(b(), 1);
        Images.png(b().resolve("000.jpg"), 8, 8, Color.RED);
        assertThatThrownBy(() -> PairedImages.paired(a(), b(), WHOLE, PairPart.ALL, CACHE, Links.INSIDE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("two files called 000");
    }

    @Test
    void aDamagedHalfLeavesOutThePairAndIsNamed() throws DamagedExampleException {
        Images.greys(a(), 4);
        Images.greys(b(), 4);
        Images.write(a().resolve("001.png"), new byte[] {1, 2, 3});
        byte[] whole = Images.encode(picture(8, 8, (x, y) -> 9 * x + y), "png");
        Images.write(b().resolve("003.png"), Arrays.copyOf(whole, whole.length - 20));
        try (PairedImages data = PairedImages.paired(a(), b(), WHOLE, PairPart.ALL, CACHE, Links.INSIDE)) {
            assertThat(data.size()).isEqualTo(3);
            assertThat(Images.samples(data, 1)[0]).isEqualTo(2);
            assertThat(Images.samples(data, 1)[36]).isEqualTo(2);
            assertThatThrownBy(() -> Images.samples(data, 2)).isInstanceOf(DamagedExampleException.class);
            assertThatThrownBy(() -> drawn(data, 2, 5)).isInstanceOf(DamagedExampleException.class);
            assertThat(data.skipped())
                    .extracting(Skipped::name)
                    .containsExactly("001.png in folder " + a(), "003.png in folder " + b());
        }
    }

    @Test
    void halvesOfOnePictureAreItsLeftAndItsRight() throws DamagedExampleException {
        BufferedImage image = new BufferedImage(12, 6, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 72; i++) {
            int grey = 16 * (i % 12) + i / 12;
            image.setRGB(
                    i % 12, i / 12, i % 12 < 6 ? new Color(grey, grey, grey).getRGB() : new Color(200, 3, i).getRGB());
        }
        Images.write(a().resolve("x.png"), Images.encode(image, "png"));
        try (PairedImages data = PairedImages.sideBySide(a(), WHOLE, PairPart.ALL, CACHE, Links.INSIDE)) {
            assertThat(data.shape()).isEqualTo(new PairShape(new ImageShape(1, 6, 6), new ImageShape(3, 6, 6)));
            int[] values = Images.samples(data, 0);
            for (int i = 0; i < 36; i++) {
                assertThat(values[i]).isEqualTo(16 * (i % 6) + i / 6);
                assertThat(values[36 + i]).isEqualTo(200);
                assertThat(values[72 + i]).isEqualTo(3);
                assertThat(values[108 + i]).isEqualTo(12 * (i / 6) + 6 + i % 6);
            }
        }
    }

    @Test
    void aPictureThatCannotBeHalvedIsRefusedByName() {
        Images.png(a().resolve("even.png"), 8, 4, Color.RED);
        Images.png(a().resolve("odd.png"), 7, 4, Color.RED);
        assertThatThrownBy(() -> PairedImages.sideBySide(a(), WHOLE, PairPart.ALL, CACHE, Links.INSIDE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 of 2 pictures")
                .hasMessageContaining("odd.png (7x4)");
    }

    @Test
    void colorizingBeginsWithTheGreyCopy() throws DamagedExampleException {
        Images.png(a().resolve("x.png"), 6, 6, new Color(200, 100, 50));
        int luma = Math.round(0.299f * 200 + 0.587f * 100 + 0.114f * 50);
        PairFormat three = new PairFormat(6, 6, false, OptionalInt.of(3), FREE);
        try (PairedImages one = PairedImages.colorize(a(), WHOLE, PairPart.ALL, CACHE, Links.INSIDE);
                PairedImages equal = PairedImages.colorize(a(), three, PairPart.ALL, CACHE, Links.INSIDE)) {
            assertThat(one.shape()).isEqualTo(new PairShape(new ImageShape(1, 6, 6), new ImageShape(3, 6, 6)));
            int[] values = Images.samples(one, 0);
            assertThat(new int[] {values[0], values[36], values[72], values[108]})
                    .containsExactly(luma, 200, 100, 50);
            values = Images.samples(equal, 0);
            assertThat(Arrays.copyOf(values, 108)).containsOnly(luma);
            assertThat(new int[] {values[108], values[144], values[180]}).containsExactly(200, 100, 50);
        }
    }

    @Test
    void greyPicturesAmongColouredOnesGetThreeEqualChannelsAndTransparentOnesWhite() throws DamagedExampleException {
        Images.png(a().resolve("0.png"), 6, 6, Color.RED);
        Images.write(a().resolve("1.png"), Images.encode(picture(6, 6, (x, y) -> 42), "png"));
        Images.png(b().resolve("0.png"), 6, 6, new Color(255, 0, 0, 0));
        Images.png(b().resolve("1.png"), 6, 6, Color.BLACK);
        try (PairedImages data = PairedImages.paired(a(), b(), WHOLE, PairPart.ALL, CACHE, Links.INSIDE)) {
            assertThat(data.shape().a().channels()).isEqualTo(3);
            assertThat(Arrays.copyOf(Images.samples(data, 1), 108)).containsOnly(42);
            assertThat(Arrays.copyOfRange(Images.samples(data, 0), 108, 144)).containsOnly(255);
        }
    }

    @Test
    void theHeldOutTenthIsTheSameOnBothSidesAndTheRestIsTheRest() throws DamagedExampleException {
        Images.greys(a(), 100);
        Images.greys(b().resolve("deeper"), 100);
        List<Integer> values = new ArrayList<>();
        for (PairPart part : List.of(PairPart.TRAIN, PairPart.TEST)) {
            try (PairedImages data = PairedImages.paired(a(), b(), WHOLE, part, CACHE, Links.INSIDE)) {
                assertThat(data.size()).isEqualTo(part == PairPart.TEST ? 9 : 91);
                for (int i = 0; i < data.size(); i++) {
                    int[] samples = Images.samples(data, i);
                    assertThat(samples[36]).isEqualTo(samples[0]);
                    values.add(samples[0]);
                }
            }
        }
        assertThat(values)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).boxed().toList());
        // fixed for good: runs that are stored depend on it
        for (String name : List.of("%03d.png", "any/where/%03d.jpeg")) {
            int[] held = IntStream.range(0, 100)
                    .filter(i -> PairPart.TEST.holds(name.formatted(i)))
                    .toArray();
            assertThat(held).containsExactly(1, 6, 8, 17, 67, 71, 73, 83, 98);
        }
    }

    @Test
    void aPartWithoutPicturesIsRefused() {
        Images.greys(a(), 1);
        PairPart empty = PairPart.TEST.holds("000.png") ? PairPart.TRAIN : PairPart.TEST;
        assertThatThrownBy(() -> PairedImages.colorize(a(), WHOLE, empty, CACHE, Links.INSIDE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none of the 1 pictures");
    }

    @Test
    void batchesFollowFromSeedAndPositionWhateverTheWorkersAndTheCache() {
        for (int i = 0; i < 7; i++) {
            coordinates(a().resolve(i + ".png"), 6, i);
            coordinates(b().resolve(i + ".png"), 6, 100 + i);
        }
        try (PairedImages data = PairedImages.paired(a(), b(), SMALL, PairPart.ALL, CACHE, Links.INSIDE);
                PairedImages uncached = PairedImages.paired(a(), b(), SMALL, PairPart.ALL, 0, Links.INSIDE);
                BatchLoader one = new BatchLoader(data, new LoaderConfig(3, 5, 1, 1));
                BatchLoader many = new BatchLoader(uncached, new LoaderConfig(3, 5, 4, 8));
                BatchLoader other = new BatchLoader(data, new LoaderConfig(3, 6, 1, 1))) {
            List<float[]> batches = new ArrayList<>();
            List<LoaderPosition> positions = new ArrayList<>();
            Set<List<Float>> different = new HashSet<>();
            for (int n = 0; n < 20; n++) {
                positions.add(one.position());
                float[] values = one.next().values();
                batches.add(values);
                assertThat(many.next().values()).isEqualTo(values);
                assertThat(other.next().values()).isNotEqualTo(values);
                different.add(List.of(values[0], values[1], values[4]));
            }
            assertThat(different).hasSizeGreaterThan(10); // seven examples, and each cut out in many ways
            for (int n : new int[] {13, 4, 0}) {
                many.seek(positions.get(n));
                assertThat(many.next().values()).isEqualTo(batches.get(n));
            }
        }
    }

    @Test
    void fingerprintsTellKindAndPartAndFilesApart() {
        Images.greys(a(), 40);
        Images.greys(b(), 40);
        Set<String> fingerprints = new HashSet<>();
        for (PairPart part : PairPart.values()) {
            try (PairedImages data = PairedImages.paired(a(), b(), WHOLE, part, CACHE, Links.INSIDE);
                    PairedImages again = PairedImages.paired(a(), b(), SMALL, part, CACHE, Links.INSIDE);
                    UnpairedImages unpaired = UnpairedImages.open(a(), b(), WHOLE, part, CACHE, Links.INSIDE);
                    PairedImages colorize = PairedImages.colorize(a(), WHOLE, part, CACHE, Links.INSIDE);
                    PairedImages halves = PairedImages.sideBySide(a(), WHOLE, part, CACHE, Links.INSIDE)) {
                assertThat(again.fingerprint()).isEqualTo(data.fingerprint());
                fingerprints.addAll(List.of(
                        data.fingerprint(), unpaired.fingerprint(), colorize.fingerprint(), halves.fingerprint()));
            }
        }
        assertThat(fingerprints).hasSize(12);
    }

    @Test
    void formatsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new PairFormat(4, 6, true, FREE, FREE))
                .hasMessageContaining("load")
                .hasMessageContaining("4")
                .hasMessageContaining("crop 6");
        assertThatThrownBy(() -> new PairFormat(4, 0, true, FREE, FREE)).hasMessageContaining("crop");
        assertThatThrownBy(() -> new PairFormat(4, 4, true, OptionalInt.of(2), FREE))
                .hasMessageContaining("channelsA must be 1 (grey) or 3 (colour) but was 2");
        assertThatThrownBy(() -> new PairFormat(4, 4, true, FREE, OptionalInt.of(4)))
                .hasMessageContaining("channelsB must be 1 (grey) or 3 (colour) but was 4");
    }
}
