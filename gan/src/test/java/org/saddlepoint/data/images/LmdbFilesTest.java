package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.testing.Golden;

/** LMDBs that the authors' library wrote: {@code golden_lmdb.py}. */
class LmdbFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void unpack() throws IOException {
        try (InputStream in = Files.newInputStream(Golden.path("lmdb.zip"));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
        }
    }

    private ImageCollection open(String name) {
        return ImageCollection.lmdb(folder.resolve(name), ImageFormat.ofSize(8), 0);
    }

    private static List<Integer> colour(ImageCollection data, int index) throws DamagedExampleException {
        int[] samples = Images.samples(data, index);
        return List.of(samples[0], samples[samples.length / 3], samples[2 * samples.length / 3]);
    }

    private static List<Integer> pixel(int i) {
        return List.of(i * 37 % 256, i * 59 % 256, i * 83 % 256);
    }

    private static List<String> names(ImageCollection data) {
        return data.files().stream().map(file -> file.name()).toList();
    }

    @Test
    void valuesOfLsunAreWhatTheirFirstBytesSay() throws DamagedExampleException {
        try (ImageCollection data = open("lsun")) {
            assertThat(data.size()).isEqualTo(9);
            assertThat(data.classNames()).isEmpty();
            assertThat(data.skipped()).isEmpty();
            List<String> names = names(data);
            assertThat(names).isSorted().allMatch(name -> name.matches("[0-9a-f]{40}"));
            // SHA-1 of "0", "5" and, a JPEG, "6".
            assertThat(colour(data, names.indexOf("b6589fc6ab0dc82cf12099d1c2d40ab994e8410c")))
                    .isEqualTo(pixel(0));
            assertThat(colour(data, names.indexOf("ac3478d69a3c81fa62e60f5c3696165a4e5e6ac4")))
                    .isEqualTo(pixel(5));
            assertThat(colour(data, names.indexOf("c1dfd96eea8cc2b62785275bca38ac261256e278")))
                    .isEqualTo(List.of(128, 128, 128));
            assertThat(data.files().stream().filter(file -> file.bytes() > 4096))
                    .hasSize(2); // on pages of their own
        }
    }

    @Test
    void decimalKeysAreInTheOrderOfTheirNumbers() throws DamagedExampleException {
        try (ImageCollection data = open("numbered")) {
            assertThat(names(data)).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
            for (int i = 0; i < 12; i++) {
                assertThat(Images.samples(data, i)[0]).isEqualTo(20 * i);
            }
        }
        try (ImageCollection file =
                ImageCollection.lmdb(folder.resolve("numbered/data.mdb"), ImageFormat.ofSize(8), 0)) {
            assertThat(file.size()).isEqualTo(12);
        }
    }

    @Test
    void treesOfSeveralLevelsAreReadWhole() throws DamagedExampleException {
        try (ImageCollection data = open("many")) {
            assertThat(data.size()).isEqualTo(500);
            for (int i : new int[] {0, 1, 249, 499}) {
                assertThat(names(data).get(i)).isEqualTo(String.format("%05d", i + 50)); // the first 50 were deleted
                assertThat(colour(data, i)).isEqualTo(pixel(i + 50));
            }
        }
    }

    @Test
    void whatHoldsNoPicturesIsRefused() throws IOException {
        assertRefused("empty", "holds no pictures; it is empty");
        assertRefused("foreign", "holds no pictures");
        assertRefused("named", "cannot be read: it has named databases or several values for a key");
        assertThatThrownBy(() -> open("absent"))
                .isInstanceOf(NoSuchDataException.class)
                .hasMessageContaining("expected a folder with data.mdb");
        Files.createDirectory(folder.resolve("bare"));
        assertThatThrownBy(() -> open("bare")).isInstanceOf(NoSuchDataException.class);
        Files.write(folder.resolve("bare/data.mdb"), new byte[8192]);
        assertRefused("bare", "it is no LMDB of a 64-bit machine");
        Files.write(folder.resolve("bare/data.mdb"), new byte[10]);
        assertRefused("bare", "it ends at byte 10");
    }

    private void assertRefused(String name, String message) {
        assertThatThrownBy(() -> open(name))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(folder.resolve(name).toString())
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void cutOffFilesAreRefusedWithTheReason() throws IOException {
        Path file = folder.resolve("many/data.mdb");
        byte[] whole = Files.readAllBytes(file);
        for (int pages : new int[] {1, 2, 3, 10, whole.length / 4096 / 2}) {
            Files.write(file, Arrays.copyOf(whole, pages * 4096));
            assertRefused("many", "it is cut off or damaged: get it again");
        }
    }

    /** Any damage gives data or an exception of ours, never an endless search. */
    @Test
    void damageIsNeverWorseThanAnError() throws IOException {
        Path file = folder.resolve("many/data.mdb");
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 3; i++) {
                int page = random.nextInt(whole.length / 4096);
                damaged[page * 4096 + random.nextInt(round % 2 == 0 ? 64 : 4096)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try (ImageCollection data = open("many")) {
                assertThat(data.size()).isBetween(1, 500);
            } catch (DataException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(5, 59);
    }

    @Test
    void pagesThatLeadInACircleAreFound() throws IOException {
        Path file = folder.resolve("many/data.mdb");
        byte[] whole = Files.readAllBytes(file);
        ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        long first = bytes.getLong(144);
        long second = bytes.getLong(4096 + 144);
        int meta = second > first ? 4096 : 0;
        int root = (int) bytes.getLong(meta + 128) * 4096;
        assertThat(bytes.getShort(root + 10) & 1).as("a branch").isEqualTo(1);
        int node = bytes.getShort(root + 16) & 0xffff;
        bytes.putInt(root + node, root / 4096);
        Files.write(file, whole);
        assertRefused("many", "its pages lead in a circle");
    }
}
