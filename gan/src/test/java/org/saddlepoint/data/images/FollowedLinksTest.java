package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.formats.CsvImages;
import org.saddlepoint.data.pairs.PairFormat;
import org.saddlepoint.data.pairs.PairPart;
import org.saddlepoint.data.pairs.PairedImages;

/** Folders whose classes are links to folders elsewhere. */
class FollowedLinksTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    @BeforeEach
    void link() throws IOException {
        Images.greys(elsewhere.resolve("many/cats"), 2);
        Images.greys(elsewhere.resolve("dogs"), 3);
        Files.createSymbolicLink(folder.resolve("cats"), elsewhere.resolve("many/cats"));
        Files.createSymbolicLink(folder.resolve("dogs"), elsewhere.resolve("dogs"));
    }

    private ImageCollection open(Links links) {
        return ImageCollection.folder(folder, ImageFormat.AS_STORED, 0, links);
    }

    @Test
    void theRefusalNamesTheOption() throws IOException {
        assertThatThrownBy(() -> open(Links.INSIDE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "2 files (cats, dogs): a link to a folder, which is followed with --follow-links");
        Images.greys(folder.resolve("own"), 1);
        Files.createSymbolicLink(folder.resolve("one.png"), elsewhere.resolve("dogs/000.png"));
        Files.createSymbolicLink(folder.resolve("two.png"), elsewhere.resolve("absent.png"));
        try (ImageCollection images = open(Links.INSIDE)) {
            assertThat(images.size()).isEqualTo(1);
            assertThat(images.skipped())
                    .extracting(Skipped::toString)
                    .containsExactly(
                            "cats: a link to a folder, which is followed with --follow-links",
                            "dogs: a link to a folder, which is followed with --follow-links",
                            "one.png: a link out of the folder, which is followed with --follow-links",
                            "two.png: a link to nowhere, or in a circle");
        }
    }

    @Test
    void followedTheyAreClassesAsTheFoldersThemselvesWouldBe(@TempDir Path copy) throws Exception {
        Images.greys(copy.resolve("cats"), 2);
        Images.greys(copy.resolve("dogs"), 3);
        try (ImageCollection images = open(Links.ALL);
                ImageCollection plain = ImageCollection.folder(copy, ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(5);
            assertThat(images.classNames()).containsExactly("cats", "dogs");
            assertThat(images.skipped()).isEmpty();
            assertThat(Images.samples(images, 4)).containsOnly(2);
            assertThat(images.fingerprint()).isEqualTo(plain.fingerprint());
        }
    }

    @Test
    void circlesAreLeftOutAndAFolderIsSeenOnceForEachPath() throws IOException {
        Files.createSymbolicLink(elsewhere.resolve("dogs/around"), folder);
        Files.createSymbolicLink(elsewhere.resolve("dogs/self"), elsewhere.resolve("dogs"));
        Files.createSymbolicLink(folder.resolve("wolves"), elsewhere.resolve("many/cats"));
        Files.createSymbolicLink(folder.resolve("broken"), elsewhere.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("single.png"), elsewhere.resolve("dogs/001.png"));
        try (ImageCollection images = open(Links.ALL)) {
            assertThat(images.files())
                    .extracting(file -> file.name())
                    .containsExactly(
                            "cats/000.png",
                            "cats/001.png",
                            "dogs/000.png",
                            "dogs/001.png",
                            "dogs/002.png",
                            "single.png",
                            "wolves/000.png",
                            "wolves/001.png");
            assertThat(images.skipped())
                    .extracting(Skipped::toString)
                    .containsExactly(
                            "broken: a link to nowhere, or in a circle",
                            "dogs/around: a link to a folder around it",
                            "dogs/self: a link to a folder around it");
        }
    }

    @Test
    void tablesAndPairsFollowThem() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "file,label\ncats/000.png,a\ndogs/001.png,b\n");
        assertThatThrownBy(() -> CsvImages.open(table, ImageFormat.AS_STORED, 0, Links.INSIDE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 2 names cats/000.png, which is a link out of ")
                .hasMessageContaining("follow links with --follow-links");
        try (ImageCollection images = CsvImages.open(table, ImageFormat.AS_STORED, 0, Links.ALL)) {
            assertThat(images.classNames()).containsExactly("a", "b");
        }
        for (String side : List.of("a", "b")) {
            Files.createDirectory(elsewhere.resolve(side));
            Files.createSymbolicLink(elsewhere.resolve(side).resolve("cats"), elsewhere.resolve("many/cats"));
        }
        assertThatThrownBy(() -> pairs(Links.INSIDE)).hasMessageContaining("--follow-links");
        try (PairedImages pairs = pairs(Links.ALL)) {
            assertThat(pairs.size()).isEqualTo(2);
        }
    }

    private PairedImages pairs(Links links) {
        return PairedImages.paired(
                elsewhere.resolve("a"), elsewhere.resolve("b"), PairFormat.PAPER, PairPart.ALL, 0, links);
    }
}
