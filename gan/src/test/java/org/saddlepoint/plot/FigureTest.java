package org.saddlepoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.run.RunException;
import org.w3c.dom.Element;

class FigureTest {
    @TempDir
    private Path folder = Path.of("");

    private static ChartPanel lines() {
        double[] x = {1, 10, 100, 1000, 10_000};
        return ChartPanel.of("gradients", "updates", "norm")
                .logX()
                .logY()
                .line("minimax", x, new double[] {1, 1e-2, 1e-4, 0, 1e-9})
                .dashed("bound", x, new double[] {2, 2e-2, 2e-4, Double.POSITIVE_INFINITY, 2e-9})
                .points("a name that is so long that the legend needs a row of its own for it", x, x)
                .level("one", 1);
    }

    private static ChartPanel histogram() {
        Random random = new Random(3);
        double[] normal =
                random.doubles(4000).map(each -> random.nextGaussian()).toArray();
        return ChartPanel.of("weights", "weight", "share")
                .histogram("clipped", new double[] {-1, -1, -1, 1, 1, 0.2}, -1, 1, 20)
                .histogram("penalty", normal, -3, 3, 60);
    }

    private static ChartPanel contours() {
        double[][] field = new double[65][65];
        for (int i = 0; i < 65; i++) {
            for (int j = 0; j < 65; j++) {
                field[i][j] = Math.hypot((i - 32) / 32.0 * 2, (j - 32) / 32.0 * 2 - 0.5);
            }
        }
        return ChartPanel.of("a cone, its tip right of the middle", "x", "y")
                .plane(2)
                .contours("height", field, 2, 7)
                .points("tip", new double[] {0.5}, new double[] {0});
    }

    private static PicturePanel pictures() {
        float[] ramp = new float[3 * 4 * 4];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = -1 + 2f * i / ramp.length;
        }
        PicturePanel.Picture colour = new PicturePanel.Picture(ramp, 3, 4, 4);
        PicturePanel.Picture grey = new PicturePanel.Picture(new float[] {-1, 1, 1, -1}, 1, 2, 2);
        return new PicturePanel(
                "pictures",
                List.of(
                        new PicturePanel.Row("grey", List.of(grey, grey, grey)),
                        new PicturePanel.Row("colour", List.of(colour, colour))));
    }

    @Test
    void panelsStandSideBySideInBothFormats() throws Exception {
        Path png = folder.resolve("figure.png");
        Path svg = folder.resolve("figure.svg");
        new Figure("four kinds", 2, List.of(lines(), histogram(), contours(), pictures())).write(png, svg);

        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(2 * Panel.WIDTH);
        assertThat(image.getHeight()).isEqualTo(2 * Panel.HEIGHT + 80);
        for (int i = 0; i < 4; i++) {
            int x = i % 2 * Panel.WIDTH;
            int y = 80 + i / 2 * Panel.HEIGHT;
            assertThat(inked(image.getSubimage(x, y, Panel.WIDTH, Panel.HEIGHT)))
                    .as("share of panel " + i + " that is not white")
                    .isBetween(0.01, 0.6);
        }
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Element root = factory.newDocumentBuilder().parse(svg.toFile()).getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("svg");
        assertThat(root.getAttribute("width")).isEqualTo(image.getWidth() + "px");
    }

    @Test
    void contoursLieWhereTheFunctionHasThatHeight() throws Exception {
        Path png = folder.resolve("cone.png");
        double[][] plane = new double[33][33];
        for (double[] row : plane) {
            for (int j = 0; j < 33; j++) {
                row[j] = j - 16; // rises to the right: one level, the vertical line in the middle
            }
        }
        ChartPanel panel = ChartPanel.of("plane", "x", "y").plane(1).contours("height", plane, 1, 1);
        new Figure("one level", 1, List.of(panel)).write(png, folder.resolve("cone.svg"));
        BufferedImage image = ImageIO.read(png.toFile());
        int middle = 80 + Panel.HEIGHT / 2;
        int leftmost = Integer.MAX_VALUE;
        int rightmost = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            int rgb = image.getRGB(x, middle) & 0xFFFFFF;
            if (rgb == 0xA8A29E) {
                leftmost = Math.min(leftmost, x);
                rightmost = Math.max(rightmost, x);
            }
        }
        assertThat(rightmost - leftmost).as("width of the line").isBetween(0, 4);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        ChartPanel empty = ChartPanel.of("t", "x", "y");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.line("w", new double[2], new double[1]))
                .withMessage("w must have as many x as y, at least 1, but has 2 x and 1 y");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.level("a", 0).level("a", 1))
                .withMessageContaining("a name of its own but was \"a\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.yRange(1, 1))
                .withMessageContaining("from a lower to a higher finite number but was 1.0 to 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PicturePanel.Picture(new float[3], 1, 2, 2))
                .withMessage("values must be [1, 2, 2] but held 3");
        assertThatIllegalArgumentException().isThrownBy(() -> new Figure("t", 1, List.of()));
    }

    @Test
    void pictureRowsHaveAGreyGutter() throws Exception {
        float[] white = {1, 1, 1, 1};
        PicturePanel.Picture picture = new PicturePanel.Picture(white, 1, 2, 2);
        Path png = folder.resolve("white.png");
        PicturePanel panel =
                new PicturePanel("white", List.of(new PicturePanel.Row("row", List.of(picture, picture, picture))));
        new Figure("t", 1, List.of(panel)).write(png, folder.resolve("white.svg"));
        BufferedImage image = ImageIO.read(png.toFile());
        int bars = 0;
        boolean before = false;
        for (int x = 0; x < image.getWidth(); x++) {
            boolean grey = (image.getRGB(x, 80 + 70) & 0xFFFFFF) == 0x909090;
            bars += grey && !before ? 1 : 0;
            before = grey;
        }
        assertThat(bars).as("left of each picture, and right of the last").isEqualTo(4);
    }

    @Test
    void aMarkTakesTheColourThatItIsGiven() throws Exception {
        double[] x = {0, 1, 2};
        ChartPanel panel = ChartPanel.of("t", "x", "y")
                .line("WGAN-GP", x, new double[] {0, 0, 0})
                .in(MethodColours.of("wgan-gp"))
                .line("next", x, new double[] {1, 1, 1});
        Path png = folder.resolve("colours.png");
        new Figure("t", 1, List.of(panel)).write(png, folder.resolve("colours.svg"));
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(count(image, MethodColours.of("wgan-gp").getRGB())).isGreaterThan(1000);
        assertThat(count(image, MethodColours.of("gan").getRGB()))
                .as("the first colour of the palette is still free")
                .isGreaterThan(1000);
        assertThatThrownBy(() -> ChartPanel.of("t", "x", "y").level("a", 0).in(MethodColours.of("gan")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLongTitleIsMadeToFit() throws Exception {
        Path png = folder.resolve("long.png");
        String title = "a title that goes on and on, and that would have been cut at both ends before ".repeat(2);
        new Figure(title, 1, List.of(ChartPanel.of(title, "x", "y").line("a", new double[] {0, 1}, new double[] {0, 1
                })))
                .write(png, folder.resolve("long.svg"));
        BufferedImage image = ImageIO.read(png.toFile());
        for (int y = 0; y < 160; y++) { // the figure's title, then the panel's
            for (int x : new int[] {0, 5, image.getWidth() - 6, image.getWidth() - 1}) {
                assertThat(image.getRGB(x, y) & 0xFFFFFF).isEqualTo(0xFFFFFF);
            }
        }
        assertThat(inked(image.getSubimage(0, 0, image.getWidth(), 80))).isPositive();
    }

    @Test
    void logarithmicAxesLabelPowersOfTen() {
        assertThat(LogTicks.label(1e-5)).isEqualTo("10⁻⁵");
        assertThat(LogTicks.label(1)).isEqualTo("10⁰");
        assertThat(LogTicks.label(1e12)).isEqualTo("10¹²");
        assertThat(LogTicks.label(2e-5)).isEqualTo("2E-5");
        assertThat(LogTicks.apply(0.01, 900)).isFalse();
        assertThat(LogTicks.apply(1e-4, 1)).isTrue();
    }

    private static int count(BufferedImage image, int rgb) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Figure figure = new Figure("t", 1, List.of(histogram()));
        assertThatThrownBy(() -> figure.write(file.resolve("figure.png"), file.resolve("figure.svg")))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("figure.png");
    }

    private static double inked(BufferedImage image) {
        long inked = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                inked += (image.getRGB(x, y) & 0xFFFFFF) != 0xFFFFFF ? 1 : 0;
            }
        }
        return inked / (double) (image.getWidth() * image.getHeight());
    }
}
