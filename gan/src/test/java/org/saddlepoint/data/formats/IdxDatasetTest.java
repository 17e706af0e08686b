package org.saddlepoint.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.images.ImageFormat;

class IdxDatasetTest {
    private static final byte[] TWO_IMAGES =
            Images.idx(new int[] {2, 2, 3}, 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6);

    @TempDir
    Path folder;

    @Test
    void readsPlainAndGzippedFilesAlike() throws DamagedExampleException {
        IdxDataset plain = IdxDataset.open(file("a", TWO_IMAGES), ImageFormat.AS_STORED);
        IdxDataset gzipped = IdxDataset.open(file("b.gz", Images.gzip(TWO_IMAGES)), ImageFormat.AS_STORED);
        assertThat(plain.shape()).isEqualTo(new ImageShape(1, 2, 3));
        assertThat(plain.size()).isEqualTo(2);
        assertThat(Images.samples(plain, 0)).containsExactly(0, 51, 102, 153, 204, 255);
        assertThat(Images.samples(gzipped, 1)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(gzipped.fingerprint()).isEqualTo(plain.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(plain.label(0)).isEmpty();
    }

    @Test
    void mapsSamplesOntoMinusOneToOne() {
        IdxDataset data = IdxDataset.open(file("a", TWO_IMAGES), ImageFormat.AS_STORED);
        float[] target = {9, 9, 9, 9, 9, 9, 9, 9};
        data.read(0, target, 1);
        assertThat(target).startsWith(9, -1).endsWith(1, 9);
        assertThat(target[2]).isEqualTo((float) (51 / 127.5 - 1));
        assertThatThrownBy(() -> data.read(2, target, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void readsLabels() {
        Path labels = file("l", Images.idx(new int[] {2}, 3, 0));
        IdxDataset data = IdxDataset.open(file("a", TWO_IMAGES), labels, ImageFormat.AS_STORED);
        assertThat(data.label(0)).hasValue(3);
        assertThat(data.classNames()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void refusesLabelsOfAnotherSet() {
        Path labels = file("l", Images.idx(new int[] {3}, 3, 0, 1));
        Path images = file("a", TWO_IMAGES);
        assertThatThrownBy(() -> IdxDataset.open(images, labels, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 images")
                .hasMessageContaining("3 labels");
    }

    @Test
    void cropsAndRepeatsChannelsWhenAsked() throws DamagedExampleException {
        IdxDataset data =
                IdxDataset.open(file("a", TWO_IMAGES), ImageFormat.ofSize(2).withChannels(3));
        assertThat(data.shape()).isEqualTo(new ImageShape(3, 2, 2));
        assertThat(Images.samples(data, 0)).containsExactly(0, 51, 153, 204, 0, 51, 153, 204, 0, 51, 153, 204);
    }

    @Test
    void refusesToEnlargeUnasked() {
        Path images = file("a", TWO_IMAGES);
        assertThatThrownBy(() -> IdxDataset.open(images, ImageFormat.ofSize(4)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("3x2")
                .hasMessageContaining("4x4")
                .hasMessageContaining("upscaling");
        IdxDataset large = IdxDataset.open(images, ImageFormat.ofSize(4).withUpscale(true));
        assertThat(large.shape()).isEqualTo(new ImageShape(1, 4, 4));
    }

    @Test
    void refusesTruncatedFiles() {
        assertRefused(Arrays.copyOf(TWO_IMAGES, 20), "cut off", "2x2x3 = 12 bytes", "only 4");
        assertRefused(Arrays.copyOf(TWO_IMAGES, 10), "cut off within its header");
        byte[] gzip = Images.gzip(TWO_IMAGES);
        assertRefused(Arrays.copyOf(gzip, gzip.length - 12), "gzip file that is cut off");
    }

    @Test
    void refusesFilesOfOtherKinds() {
        assertRefused(
                "PK: a zip".getBytes(StandardCharsets.UTF_8), "no IDX file", "50 4b 3a 20", "expected 00 00 08 03");
        assertRefused(new byte[0], "begins with nothing");
        assertRefused(Images.idx(new int[] {1}, 7), "1 axes", "expected type 8");
        assertRefused(Images.idx(new int[] {0, 2, 2}), "announces 0x2x2");
        assertRefused(Images.idx(new int[] {1, -1, 2}), "announces 1x-1x2");
        assertRefused(Images.idx(new int[] {1, 1, 1}, 1, 2), "longer than");
        assertThatThrownBy(() -> IdxDataset.open(folder.resolve("absent"), ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("does not exist");
    }

    private void assertRefused(byte[] content, String... parts) {
        Path file = file("bad", content);
        assertThatThrownBy(() -> IdxDataset.open(file, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    private Path file(String name, byte[] content) {
        return Images.write(folder.resolve(name), content);
    }
}
