package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.LeakCheck;

/** {@code styles} and {@code sample --truncation}. */
@ExtendWith(LeakCheck.class)
class StylesCommandTest {
    @TempDir
    private static Path shared;

    private static Path styled;

    @TempDir
    private Path temp;

    @BeforeAll
    static void train() {
        styled = shared.resolve("styled");
        Cli.Result result = Cli.run(
                "train",
                "stylegan2-small",
                "--data",
                "digits",
                "--out",
                styled.toString(),
                "--steps",
                "1",
                "--batch-size",
                "8",
                "--threads",
                "1",
                "--set",
                "generator.channelBase=56",
                "--set",
                "discriminator.channelBase=56",
                "--set",
                "generator.styleSize=4");
        assertThat(result.code()).as(result.err()).isZero();
    }

    private BufferedImage sheet(String... work) throws IOException {
        Path out = temp.resolve("sheet.png");
        String[] arguments = new String[work.length + 6];
        System.arraycopy(
                new String[] {"styles", styled.toString(), "--threads", "1", "--out", out.toString()},
                0,
                arguments,
                0,
                6);
        System.arraycopy(work, 0, arguments, 6, work.length);
        Cli.Result result = Cli.run(arguments);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains(out.toString());
        return ImageIO.read(out.toFile());
    }

    @Test
    void eachWorkMakesASheetOfItsShape() throws IOException {
        BufferedImage mix = sheet("--mix", "2", "--count", "3");
        assertThat(mix.getWidth()).isEqualTo(mix.getHeight()).isGreaterThan(3 * 28);
        BufferedImage walk = sheet("--walk", "6", "--count", "2", "--truncation", "0.7");
        assertThat(walk.getWidth()).isGreaterThan(2 * walk.getHeight());
        BufferedImage directions = sheet("--directions", "2");
        assertThat(directions.getWidth()).isGreaterThan(3 * directions.getHeight());
        BufferedImage found = sheet("--project", "digits", "--count", "2", "--steps", "2");
        assertThat(found.getWidth()).isEqualTo(found.getHeight());
    }

    @Test
    void samplesAreTruncated() {
        Path out = temp.resolve("samples.png");
        Cli.Result result =
                Cli.run("sample", styled.toString(), "--threads", "1", "--truncation", "0.5", "--out", out.toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(out).isNotEmptyFile();
    }

    private static void requireRefused(String message, String... arguments) {
        Cli.Result result = Cli.run(arguments);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(message);
    }

    @Test
    void wrongRequestsAreNamed() {
        String run = styled.toString();
        requireRefused("--mix must be in [1, 5], since this run has 6 styles, but was 6", "styles", run, "--mix", "6");
        requireRefused("--walk must be >= 2 but was 1", "styles", run, "--walk", "1");
        requireRefused("--count must be >= 1 but was 0", "styles", run, "--walk", "3", "--count", "0");
        requireRefused("give a .png", "styles", run, "--walk", "3", "--out", "x.gif");
        requireRefused("--truncation must be in [-1, 1] but was 3.0", "sample", run, "--truncation", "3");
        requireRefused("asks for no classes", "styles", run, "--walk", "3", "--label", "7");
        Path plain = shared.resolve("plain");
        assertThat(Cli.train(plain, "dcgan-quick", "--steps", "1").code()).isZero();
        Cli.Result refused = Cli.run("styles", plain.toString(), "--walk", "3");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("has no styles w");
    }
}
