package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.SkippedSummary;
import org.saddlepoint.data.archives.PackedContent;
import org.saddlepoint.data.archives.RawZip;

/** What is a picture is told by its content, and all that is none is counted. */
class FoundPicturesTest {
    private static final byte[] HEIC = latin("\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic....");
    private static final byte[] AVIF = latin("\u0000\u0000\u0000\u001cftypavif\u0000\u0000\u0000\u0000avifmif1....");
    private static final byte[] JXL = latin("\u00ff\n\u00fa\u0080 a codestream of JPEG XL");

    @TempDir
    Path folder;

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] picture(String format) {
        return Images.encode(Images.filled(8, 8, Color.ORANGE), format);
    }

    @Test
    void picturesAreFoundWhateverTheyAreCalled() {
        for (String name : new String[] {"1.jfif", "2.jpe", "3.JPG", "4", "5.png", "6.txt", "7.Jpeg", "8.bak.2019"}) {
            Images.write(folder.resolve(name), picture(name.startsWith("6") ? "png" : "jpeg"));
        }
        try (ImageCollection images = ImageCollection.folder(folder, ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(8);
            assertThat(images.skipped()).isEmpty();
        }
    }

    @Test
    void allThatIsLeftOutIsGroupedByReason() {
        Images.write(folder.resolve("good.png"), picture("png"));
        Images.write(folder.resolve("IMG_1.HEIC"), HEIC);
        Images.write(folder.resolve("IMG_2.jpg"), HEIC); // phones do that
        Images.write(folder.resolve("b.avif"), AVIF);
        Images.write(folder.resolve("c.jxl"), JXL);
        Images.write(folder.resolve("cut.jpg"), Arrays.copyOf(picture("jpeg"), 100));
        Images.write(folder.resolve("empty.png"), new byte[0]);
        for (String other : new String[] {"a.json", "b.json", "notes.TXT", "README", "empty"}) {
            Images.write(folder.resolve(other), other.equals("empty") ? new byte[0] : latin("{}"));
        }
        for (String service : new String[] {"Thumbs.db", "desktop.ini", ".DS_Store", "dataset.json"}) {
            Images.write(folder.resolve(service), latin("{\"labels\": null}"));
        }
        try (ImageCollection images = ImageCollection.folder(folder, ImageFormat.AS_STORED)) {
            assertThat(images.size()).isEqualTo(1);
            assertThat(SkippedSummary.lines(images.skipped()))
                    .satisfiesExactlyInAnyOrder(
                            heic -> assertThat(heic)
                                    .startsWith("2 files (IMG_1.HEIC, IMG_2.jpg): HEIC is not read; convert"),
                            avif -> assertThat(avif).startsWith("1 file (b.avif): AVIF is not read"),
                            jxl -> assertThat(jxl).startsWith("1 file (c.jxl): JPEG XL is not read"),
                            damaged -> assertThat(damaged)
                                    .startsWith("2 damaged: cut.jpg (the file is cut off")
                                    .endsWith("empty.png (the file is empty)"),
                            others -> assertThat(others).isEqualTo("5 other files (.json, .txt, README and 1 more)"));
        }
    }

    @Test
    void aFolderOfPicturesThatAreNotReadSaysWhatTheyAre() {
        Images.write(folder.resolve("IMG_1.HEIC"), HEIC);
        Images.write(folder.resolve("IMG_2.HEIC"), HEIC);
        Images.write(folder.resolve("notes.txt"), latin("text"));
        assertThatThrownBy(() -> ImageCollection.folder(folder, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no picture that can be read, but 2 files (IMG_1.HEIC, IMG_2.HEIC): HEIC")
                .hasMessageContaining("1 other file (.txt)");
    }

    @Test
    void oneFileIsAPictureByItsContent() throws Exception {
        Path file = Images.write(folder.resolve("photo"), picture("jpeg"));
        try (PictureFiles pictures = PictureFiles.open(file, Links.INSIDE)) {
            assertThat(pictures.names()).containsExactly("photo");
            assertThat(pictures.location(0)).hasValue(file.toRealPath());
            assertThat(pictures.read(0, 3).width()).isEqualTo(8);
        }
        Path heic = Images.write(folder.resolve("photo.jpg"), HEIC);
        assertThatThrownBy(() -> PictureFiles.open(heic, Links.INSIDE)).hasMessageContaining("HEIC is not read");
        Path text = Images.write(folder.resolve("notes"), latin("some text"));
        assertThatThrownBy(() -> PictureFiles.open(text, Links.INSIDE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "notes (no PNG, JPEG, WEBP, GIF, BMP, TIFF or PNM image; it begins with \"some text\")");
        assertThatThrownBy(() -> PictureFiles.open(folder.resolve("absent.jfif"), Links.INSIDE))
                .hasMessageContaining("the picture " + folder.resolve("absent.jfif") + " does not exist");
    }

    @Test
    void aZipIsOneByItsContentAndOtherArchivesAreNamed() {
        byte[] zip = new RawZip().add("a.png", "UTF-8", picture("png")).bytes();
        Path comic = Images.write(folder.resolve("pictures.cbz"), zip);
        try (PictureFiles pictures = PictureFiles.open(comic, Links.INSIDE)) {
            assertThat(pictures.names()).containsExactly("a.png");
        }
        Path rar = Images.write(folder.resolve("pictures.zip"), latin("Rar!\u001a\u0007\u0000..."));
        assertThatThrownBy(() -> PictureFiles.open(rar, Links.INSIDE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it is a RAR archive and no zip; unpack it and give the folder");
        Path seven = Images.write(folder.resolve("pictures.7z"), latin("7z\u00bc\u00af'\u001c..."));
        assertThatThrownBy(() -> PictureFiles.open(seven, Links.INSIDE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a 7z archive, which is not read; unpack it");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 8, 9, 12, 14, 93, 95})
    void zippedPicturesAreReadHoweverTheyArePacked(int method) throws Exception {
        byte[] content = picture("png");
        byte[] zip = new RawZip()
                .with(0, method, 0, 0)
                .add(latin("a.png"), content, PackedContent.by(method, content))
                .bytes();
        Path file = Images.write(folder.resolve("a.zip"), zip);
        try (ImageCollection images = ImageCollection.zip(file, ImageFormat.AS_STORED)) {
            assertThat(Images.samples(images, 0)).hasSize(192).startsWith(255).endsWith(0);
        }
    }

    @Test
    void encryptedZipsAreNamedAsThat() {
        byte[] zip = new RawZip()
                .with(1, 8, 0, 0)
                .add(latin("a.png"), picture("png"), picture("png"))
                .add(latin("b.png"), picture("png"), picture("png"))
                .bytes();
        Path file = Images.write(folder.resolve("a.zip"), zip);
        assertThatThrownBy(() -> ImageCollection.zip(file, ImageFormat.AS_STORED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 files (a.png, b.png): encrypted with a password; unpack the zip");
    }
}
