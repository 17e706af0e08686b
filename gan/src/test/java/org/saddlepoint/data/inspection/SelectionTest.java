package org.saddlepoint.data.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.data.inspection.Selection.Reason;

class SelectionTest {
    @TempDir
    private Path temp;

    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < 6; i++) {
            write(i, Images.encode(Motifs.motif(i, 40, 40), "png"));
        }
        byte[] cut = Images.encode(Motifs.motif(6, 40, 40), "png");
        write(6, Arrays.copyOf(cut, cut.length / 2));
        write(7, Images.encode(Motifs.motif(7, 20, 40), "png"));
        write(8, Files.readAllBytes(temp.resolve("2.png")));
        write(9, Motifs.jpegBytes(Motifs.motif(3, 40, 40), 0.8f));
    }

    private void write(int index, byte[] file) {
        Images.write(temp.resolve(index + ".png"), file);
    }

    private Selection selected(boolean small, boolean nearCopies) {
        ImageFormat format = ImageFormat.ofSize(32).withChannels(3).withUpscale(true);
        try (ImageCollection data = ImageCollection.folder(temp, format, 0, Links.INSIDE)) {
            return Selection.of(Survey.of(data, "S", data.pictures().get(0), SurveyProgress.NONE), small, nearCopies);
        }
    }

    @Test
    void eachIsDroppedForOneReason() {
        Selection selection = selected(false, false);
        assertThat(selection.kept()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(selection.dropped())
                .isEqualTo(Map.of(Reason.DAMAGED, 1, Reason.SMALL, 1, Reason.EXACT_COPY, 1, Reason.NEAR_COPY, 1));
        assertThat(selection.coloured()).isTrue();
    }

    @Test
    void smallPicturesAndNearCopiesCanBeKept() {
        Selection selection = selected(true, true);
        assertThat(selection.kept()).containsExactly(0, 1, 2, 3, 4, 5, 7, 9);
        assertThat(selection.dropped()).isEqualTo(Map.of(Reason.DAMAGED, 1, Reason.EXACT_COPY, 1));
    }

    @Test
    void greyPicturesAreNotColoured() {
        IntStream.range(0, 10).forEach(index -> {
            BufferedImage grey = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
            grey.createGraphics().drawImage(Motifs.motif(index, 40, 40), 0, 0, null);
            write(index, Images.encode(grey, "png"));
        });
        assertThat(selected(false, false).coloured()).isFalse();
    }
}
