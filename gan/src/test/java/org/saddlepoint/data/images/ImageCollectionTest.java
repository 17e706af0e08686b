package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.Skipped;

class ImageCollectionTest {
    private static final Color ORANGE = new Color(255, 153, 0);

    @TempDir
    Path folder;

    @Test
    void readsEqualImagesAtTheirOwnSize() throws DamagedExampleException {
        Images.greys(folder, 3);
        try (ImageCollection images = open(ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(3);
            assertThat(images.shape()).isEqualTo(new ImageShape(1, 8, 8));
            assertThat(Images.samples(images, 2)).hasSize(64).containsOnly(2);
            assertThat(Images.samples(images, 2)).containsOnly(2); // now from the cache
            assertThat(images.classNames()).isEmpty();
            assertThat(images.label(0)).isEmpty();
        }
    }

    @Test
    void shrinksLargeImagesTo64UnlessToldOtherwise() throws DamagedExampleException {
        Images.png(folder.resolve("a.png"), 200, 100, ORANGE);
        Images.png(folder.resolve("b.png"), 80, 90, ORANGE);
        try (ImageCollection images = open(ImageFormat.AS_STORED);
                ImageCollection small = open(ImageFormat.ofSize(16).withChannels(1))) {
            assertThat(images.shape()).isEqualTo(new ImageShape(3, 64, 64));
            assertThat(small.shape()).isEqualTo(new ImageShape(1, 16, 16));
            assertThat(Images.samples(small, 0)).containsOnly(166); // 0.299 · 255 + 0.587 · 153
        }
    }

    @Test
    void greyImagesStoredInColourAreGrey() {
        Images.png(folder.resolve("a.png"), 70, 70, Color.GRAY);
        try (ImageCollection images = open(ImageFormat.AS_STORED)) {
            assertThat(images.shape()).isEqualTo(new ImageShape(1, 64, 64));
        }
    }

    @Test
    void refusesToEnlargeUnasked() {
        Images.png(folder.resolve("large.png"), 70, 70, ORANGE);
        Images.png(folder.resolve("tiny.png"), 20, 30, ORANGE);
        assertThatThrownBy(() -> open(ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 of 2 images")
                .hasMessageContaining("tiny.png with 20x30")
                .hasMessageContaining("upscaling");
        try (ImageCollection images = open(ImageFormat.AS_STORED.withUpscale(true))) {
            assertThat(images.shape()).isEqualTo(new ImageShape(3, 64, 64));
        }
    }

    @Test
    void foldersAreClassesBelowAFolderThatAllShare() {
        Images.png(folder.resolve("all/cats/a.png"), 8, 8, ORANGE);
        Images.png(folder.resolve("all/dogs/deep/b.png"), 8, 8, ORANGE);
        Images.png(folder.resolve("all/dogs/c.png"), 8, 8, ORANGE);
        try (ImageCollection images = open(ImageFormat.AS_STORED)) {
            assertThat(images.classNames()).containsExactly("cats", "dogs");
            assertThat(images.label(0)).hasValue(0);
            assertThat(images.label(1)).hasValue(1);
        }
        Images.png(folder.resolve("all/loose.png"), 8, 8, ORANGE);
        try (ImageCollection images = open(ImageFormat.AS_STORED)) {
            assertThat(images.classNames()).isEmpty();
        }
    }

    @Test
    void ignoresHiddenAndOtherFilesAndSkipsFalseImages() throws DamagedExampleException {
        Images.greys(folder, 2);
        Images.png(folder.resolve(".hidden.png"), 8, 8, ORANGE);
        Images.png(folder.resolve(".thumbs/x.png"), 8, 8, ORANGE);
        Images.write(folder.resolve("notes.txt"), "text".getBytes(StandardCharsets.UTF_8));
        Images.write(folder.resolve("bad.png"), "text called png".getBytes(StandardCharsets.UTF_8));
        Images.write(folder.resolve("empty.JPG"), new byte[0]);
        try (ImageCollection images = open(ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(2);
            assertThat(images.skipped())
                    .extracting(Skipped::toString)
                    .containsExactly(
                            "bad.png: no PNG, JPEG, WEBP, GIF, BMP, TIFF or PNM image; it begins with \"text called \"",
                            "empty.JPG: the file is empty",
                            "notes.txt: no picture");
            assertThat(images.skipped()).extracting(Skipped::isFault).containsExactly(true, true, false);
            assertThat(Images.samples(images, 1)).containsOnly(1);
        }
    }

    @Test
    void anImageDamagedBehindItsHeaderFailsEachTimeAndIsListedOnce() throws IOException {
        Images.greys(folder, 3);
        Path file = folder.resolve("001.png");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, 45));
        try (ImageCollection images = open(ImageFormat.AS_STORED)) {
            assertThat(images.skipped()).isEmpty();
            float[] target = new float[64];
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> images.read(1, target, 0))
                        .isInstanceOf(DamagedExampleException.class)
                        .hasMessageStartingWith("001.png: the PNG image");
            }
            assertThat(images.skipped()).hasSize(1);
            assertThat(images.size()).isEqualTo(3);
        }
    }

    @Test
    void linksThatLeaveTheFolderAreNotFollowed(@TempDir Path elsewhere) throws IOException {
        Images.greys(folder, 1);
        Path outside = Images.png(elsewhere.resolve("secret.png"), 8, 8, ORANGE);
        Files.createSymbolicLink(folder.resolve("out.png"), outside);
        Files.createSymbolicLink(folder.resolve("circle"), folder);
        Files.createSymbolicLink(folder.resolve("inside.png"), folder.resolve("000.png"));
        try (ImageCollection images = open(ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(2);
            assertThat(images.skipped()).extracting(Skipped::name).containsExactly("circle", "out.png");
        }
    }

    @Test
    void refusesWhatHoldsNoImages() {
        assertRefused(folder, "holds no pictures", "it is empty");
        Path text = Images.write(folder.resolve("notes.txt"), new byte[] {1});
        assertRefused(folder, "holds no pictures; it has 1 other file (.txt)", "give the folder or zip");
        assertRefused(text, "is a file", "expected a folder");
        assertRefused(folder.resolve("absent"), "absent does not exist", "check the path");
        Images.write(folder.resolve("a.png"), "no image at all".getBytes(StandardCharsets.UTF_8));
        assertRefused(
                folder, "no picture that can be read", "1 damaged: a.png (", "no image at", "1 other file (.txt)");
    }

    @Test
    void readsZipsLikeFolders(@TempDir Path elsewhere) throws Exception {
        Images.greys(folder, 3);
        Path zip = elsewhere.resolve("images.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String name : new String[] {"b/002.png", "a/000.png", "a/001.png", "__MACOSX/a/._000.png"}) {
                entries.putNextEntry(new ZipEntry(name));
                entries.write(Files.readAllBytes(folder.resolve("00" + name.charAt(name.length() - 5) + ".png")));
            }
            entries.putNextEntry(new ZipEntry("a/bad.png"));
            entries.write(1);
        }
        try (ImageCollection images = ImageCollection.zip(zip, ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(3);
            assertThat(images.shape()).isEqualTo(new ImageShape(1, 8, 8));
            assertThat(Images.samples(images, 2)).containsOnly(2);
            assertThat(images.classNames()).containsExactly("a", "b");
            assertThat(images.skipped()).extracting(Skipped::name).containsExactly("a/bad.png");
        }
    }

    @Test
    void refusesFilesThatAreNoZip() {
        Path file = Images.write(folder.resolve("x.zip"), "no zip".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ImageCollection.zip(file, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no zip file");
        assertThatThrownBy(() -> ImageCollection.zip(folder.resolve("absent.zip"), ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void fingerprintsFollowTheContentAndNotThePlace(@TempDir Path elsewhere) {
        Images.greys(folder, 2);
        Images.greys(elsewhere, 2);
        String first = fingerprint(folder);
        assertThat(fingerprint(elsewhere)).isEqualTo(first);
        Images.png(elsewhere.resolve("more.png"), 8, 8, ORANGE);
        assertThat(fingerprint(elsewhere)).isNotEqualTo(first);
    }

    @Test
    void theCacheKeepsToItsBudget() {
        ImageCache cache = new ImageCache(3, 250);
        for (int i = 0; i < 3; i++) {
            cache.offer(i, new byte[80]);
        }
        assertThat(cache.get(0)).hasSize(80);
        assertThat(cache.get(1)).hasSize(80);
        assertThat(cache.get(2)).isNull();
    }

    private static String fingerprint(Path folder) {
        try (ImageCollection images = ImageCollection.folder(folder, ImageFormat.AS_STORED)) {
            return images.fingerprint();
        }
    }

    private ImageCollection open(ImageFormat format) {
        return ImageCollection.folder(folder, format);
    }

    private static void assertRefused(Path path, String... parts) {
        assertThatThrownBy(() -> ImageCollection.folder(path, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }
}
