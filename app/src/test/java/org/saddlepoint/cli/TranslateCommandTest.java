package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.LeakCheck;

/** Pictures of all sizes are translated under their names, and no source is lost. */
@ExtendWith(LeakCheck.class)
class TranslateCommandTest {
    @TempDir
    private static Path shared;

    private static Path run;

    @TempDir
    private Path temp;

    private Path in;
    private Path out;

    @BeforeAll
    static void importRun() {
        run = shared.resolve("run");
        Cli.Result result = Cli.run(
                "import",
                "official:pix2pix",
                Translations.official("unet").toString(),
                "--out",
                run.toString(),
                "--inference",
                "evaluation");
        assertThat(result.code()).as(result.err()).isZero();
    }

    @BeforeEach
    void folders() {
        in = temp.resolve("in");
        out = temp.resolve("out");
    }

    private Cli.Result translate(Path from, Path to, String... more) {
        List<String> words = List.of("translate", run.toString(), from.toString(), to.toString(), "--threads", "1");
        return Cli.run(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private void refused(Path from, Path to, String message, String... more) throws IOException {
        List<String> before = Cli.tree(temp);
        Cli.Result result = translate(from, to, more);
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(message).hasLineCount(1);
        assertThat(Cli.tree(temp)).isEqualTo(before);
    }

    private static Path picture(Path file, int width, int height, int type) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(width, height, type);
        for (int p = 0; p < width * height; p++) {
            int grey = (p * 37) & 0xff;
            image.setRGB(p % width, p / width, 0xff000000 | grey << 16 | grey << 8 | grey);
        }
        String name = file.getFileName().toString();
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    private static void assertSize(Path file, int width, int height) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(List.of(image.getWidth(), image.getHeight()))
                .as(file.toString())
                .isEqualTo(List.of(width, height));
    }

    @Test
    void everySizeStaysAndEveryNameToo() throws IOException {
        picture(in.resolve("one.png"), 1, 1, BufferedImage.TYPE_INT_RGB);
        picture(in.resolve("sub/deep/odd.png"), 33, 50, BufferedImage.TYPE_INT_ARGB);
        picture(in.resolve("sub/wide.png"), 150, 20, BufferedImage.TYPE_BYTE_GRAY);
        Cli.Result result = translate(in, out, "--tile", "64", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Cli.tree(out)).containsExactly("one.png", "sub/deep/odd.png", "sub/wide.png");
        assertSize(out.resolve("one.png"), 1, 1);
        assertSize(out.resolve("sub/deep/odd.png"), 33, 50);
        assertSize(out.resolve("sub/wide.png"), 150, 20);
        assertThat(result.json()).singleElement().satisfies(event -> {
            assertThat(event.path("event").asText()).isEqualTo("translated");
            assertThat(event.path("count").asInt()).isEqualTo(3);
            assertThat(event.path("leftOut")).isEmpty();
        });
    }

    @Test
    void aGreyPictureIsTranslatedAsTheSamePictureInColour() throws IOException {
        picture(in.resolve("grey.png"), 32, 32, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage grey = ImageIO.read(in.resolve("grey.png").toFile());
        BufferedImage colour = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 32 * 32; p++) {
            int level = grey.getRaster().getSample(p % 32, p / 32, 0);
            colour.setRGB(p % 32, p / 32, level << 16 | level << 8 | level);
        }
        ImageIO.write(colour, "png", in.resolve("colour.png").toFile());
        assertThat(translate(in, out).code()).isZero();
        assertThat(Files.readAllBytes(out.resolve("grey.png")))
                .isEqualTo(Files.readAllBytes(out.resolve("colour.png")));
    }

    @Test
    void equalStemsKeepTheirEndings() throws IOException {
        picture(in.resolve("a.png"), 8, 8, BufferedImage.TYPE_INT_RGB);
        picture(in.resolve("a.jpg"), 9, 9, BufferedImage.TYPE_INT_RGB);
        picture(in.resolve("b.png"), 7, 7, BufferedImage.TYPE_INT_RGB);
        assertThat(translate(in, out).code()).isZero();
        assertThat(Cli.tree(out)).containsExactly("a.jpg.png", "a.png.png", "b.png");
        assertSize(out.resolve("a.jpg.png"), 9, 9);
    }

    @Test
    void threeNamesThatWouldMeetAllKeepTheirEndings() throws IOException {
        picture(in.resolve("a.png"), 8, 8, BufferedImage.TYPE_INT_RGB);
        picture(in.resolve("a.jpg"), 9, 9, BufferedImage.TYPE_INT_RGB);
        picture(in.resolve("a.jpg.png"), 7, 7, BufferedImage.TYPE_INT_RGB);
        assertThat(translate(in, out).code()).isZero();
        assertThat(Cli.tree(out)).containsExactly("a.jpg.png", "a.jpg.png.png", "a.png.png");
        assertSize(out.resolve("a.jpg.png.png"), 7, 7);
    }

    @Test
    void damagedPicturesAreNamedAndTheOthersDone() throws IOException {
        Pictures.folder(in, 3, 16);
        Pictures.cutOff(Pictures.picture(in, 1));
        Files.writeString(in.resolve("text.png"), "no picture");
        Cli.Result result = translate(in, out, "--json");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("left out: 2 damaged: text.png (no PNG, JPEG", "01.png (", "2 of 4 pictures");
        assertThat(Cli.tree(out)).containsExactly("00.png", "02.png");
        assertThat(result.json().get(0).path("leftOut")).hasSize(2);
    }

    @Test
    void filesThatAreNoPicturesAreCountedAndNoFault() throws IOException {
        Pictures.folder(in, 2, 16);
        Files.writeString(in.resolve("notes.txt"), "text");
        Cli.Result result = translate(in, out);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("left out: 1 other file (.txt)", "2 of 2 pictures");
    }

    /** Names without endings, and two that differ in how an accent is written, which some disks take for one. */
    @Test
    void namesWithoutEndingsAndOfTwoFilesAreKept() throws IOException {
        Pictures.folder(in, 3, 16);
        Files.createDirectories(in.resolve("a.b"));
        Files.move(Pictures.picture(in, 0), in.resolve("a.b/photo"));
        Files.move(Pictures.picture(in, 1), in.resolve("\u00e9.png"));
        Files.move(Pictures.picture(in, 2), in.resolve("e\u0301.png"));
        assertThat(translate(in, out).code()).isZero();
        assertThat(Cli.tree(out)).containsExactly("a.b/photo.png", "\u00e9.png-2.png", "\u00e9.png.png");
    }

    @Test
    void aPictureOfAZipIsTranslatedAsTheFileItself() throws IOException {
        Path file = Pictures.picture(Pictures.folder(in, 1, 16), 0);
        Path zip = temp.resolve("in.zip");
        try (OutputStream stream = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(stream)) {
            entries.putNextEntry(new ZipEntry("sub/00.png"));
            entries.write(Files.readAllBytes(file));
        }
        assertThat(translate(zip, out).code()).isZero();
        Path single = temp.resolve("new/single.png");
        assertThat(translate(file, single).code()).isZero();
        assertThat(Files.readAllBytes(out.resolve("sub/00.png"))).isEqualTo(Files.readAllBytes(single));
    }

    @Test
    void resultsWithinTheFolderOfThePicturesAreNoSources() throws IOException {
        Pictures.folder(in, 2, 16);
        Path within = in.resolve("out");
        assertThat(translate(in, within).code()).isZero();
        assertThat(translate(in, within).code()).isZero();
        assertThat(Cli.tree(within)).containsExactly("00.png", "01.png");
    }

    @Test
    void noSourceIsOverwritten() throws IOException {
        Path file = Pictures.picture(Pictures.folder(in, 1, 16), 0);
        byte[] before = Files.readAllBytes(file);
        refused(in, in, "OUT is the folder of the pictures themselves");
        refused(file, file, "would be written over the picture it is made of");
        refused(file, in, "would be written over the picture it is made of");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void wrongWordsAreRefusedBeforeAnythingIsWritten() throws IOException {
        Path file = Pictures.picture(Pictures.folder(in, 2, 16), 0);
        Path text = Files.writeString(temp.resolve("text"), "text");
        refused(in, out.resolve("one.png"), "there are 2 pictures in");
        refused(in, text, "pictures are written as PNG but OUT is");
        refused(file, temp.resolve("a.jpg"), "pictures are written as PNG but OUT is");
        refused(in, out, "translates only from A to B", "--direction", "b2a");
        refused(in, out, "--tile must be >= 32", "--tile", "8");
        refused(in.resolve("nosuch.png"), out, "nosuch.png does not exist");
        refused(in.resolve("nosuch"), out, "nosuch does not exist");
    }

    @Test
    void aRunThatTranslatesNothingIsRefused() throws IOException {
        Pictures.folder(in, 1, 16);
        Path gan = shared.resolve("gan");
        assertThat(Cli.train(gan, "--steps", "1").code()).isZero();
        Cli.Result result = Cli.run("translate", gan.toString(), in.toString(), out.toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("translates none; use sample").hasLineCount(1);
        Cli.Result none = Cli.run("translate", in.toString(), in.toString(), out.toString());
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("is no run");
        assertThat(out).doesNotExist();
    }
}
