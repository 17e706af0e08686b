package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Images;

class ColourChoiceTest {
    @TempDir
    Path folder;

    /** Files of red, green and blue, of which these show colour. */
    private ImageCollection open(int count, Set<Integer> coloured) {
        for (int i = 0; i < count; i++) {
            Images.png(folder.resolve("%03d.png".formatted(i)), 8, 8, coloured.contains(i) ? Color.RED : Color.GRAY);
        }
        return ImageCollection.folder(folder, ImageFormat.AS_STORED);
    }

    private static Set<Integer> every(int step, int count) {
        return IntStream.range(0, count).filter(i -> i % step == 0).boxed().collect(Collectors.toSet());
    }

    /** The coloured ones of {@code shared/bugs}: none of sixteen that are spread evenly is among them. */
    @Test
    void aFewColouredAmongManyGreyAreFoundAndSaid() {
        Set<Integer> coloured =
                Set.of(7, 16, 24, 30, 34, 53, 65, 97, 99, 110, 115, 120, 124, 126, 145, 155, 166, 194, 195, 196);
        try (ImageCollection images = open(200, coloured)) {
            assertThat(images.shape().channels()).isEqualTo(3);
            assertThat(images.notes())
                    .singleElement()
                    .asString()
                    .startsWith("treated as colour, since ")
                    .contains(" of the 128 pictures that were looked at show it")
                    .endsWith("--set images.channels=1 for grey");
        }
    }

    @Test
    void greyIsSaidWhereNotAllWereLookedAt() {
        try (ImageCollection images = open(200, Set.of())) {
            assertThat(images.shape().channels()).isEqualTo(1);
            assertThat(images.notes())
                    .containsExactly(
                            "treated as grey, since none of the 128 pictures that were looked at, of 200, shows"
                                    + " colour; --set images.channels=3 for colour");
        }
    }

    @Test
    void nothingIsSaidOfWhatIsCertainOrWanted() {
        try (ImageCollection images = open(20, Set.of())) {
            assertThat(images.shape().channels()).isEqualTo(1);
            assertThat(images.notes()).isEmpty();
        }
        try (ImageCollection images = open(40, every(1, 40))) {
            assertThat(images.shape().channels()).isEqualTo(3);
            assertThat(images.notes()).isEmpty();
        }
        open(200, every(10, 200)).close();
        for (int channels : List.of(1, 3)) {
            try (ImageCollection images =
                    ImageCollection.folder(folder, ImageFormat.AS_STORED.withChannels(channels))) {
                assertThat(images.shape().channels()).isEqualTo(channels);
                assertThat(images.notes()).isEmpty();
            }
        }
    }
}
