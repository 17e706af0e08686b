package org.saddlepoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.run.RunException;

class PlotsTest {
    private static final int BLUE = 0x2563EB;
    private static final int ORANGE = 0xEA580C;

    @TempDir
    Path folder;

    @Test
    void lossesShowBothMediansOnWhite() throws Exception {
        BufferedImage image = losses(noisyRows(600, false));

        assertThat(image.getWidth()).isEqualTo(1400);
        assertThat(image.getRGB(2, 2) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(count(image, BLUE)).isGreaterThan(2000);
        assertThat(count(image, ORANGE)).isGreaterThan(2000);
    }

    @Test
    void aSpikeOrANanHidesNeitherCurve() throws Exception {
        BufferedImage image = losses(noisyRows(600, true));

        assertThat(heightOf(image, BLUE)).isGreaterThan(40);
        assertThat(count(image, ORANGE)).isGreaterThan(2000);
    }

    /** A hundred times as many rows are far from taking a hundred times as long, of the processor, whatever else it does. */
    @Test
    void aLongRunIsDrawnSoon() throws Exception {
        List<MetricsRow> few = noisyRows(2000, false);
        List<MetricsRow> many = noisyRows(200_000, false);
        long shortRun = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) { // the first loads classes
            shortRun = Math.min(shortRun, processorNanos(few));
        }
        assertThat(processorNanos(many)).isLessThan(30 * shortRun);
    }

    private long processorNanos(List<MetricsRow> rows) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        BufferedImage image = losses(rows);
        long taken = threads.getCurrentThreadCpuTime() - before;
        assertThat(count(image, BLUE)).isGreaterThan(2000);
        return taken;
    }

    @Test
    void nothingLoggedYetStillGivesAFigure() throws Exception {
        assertThat(losses(List.of()).getHeight()).isEqualTo(840);
        BufferedImage one = losses(noisyRows(1, false));
        assertThat(one.getHeight()).isEqualTo(840);
        assertThat(heightOf(one, BLUE)).as("a dot").isBetween(10, 25);
        assertThat(heightOf(one, ORANGE)).as("a dot").isBetween(10, 25);
        assertThat(losses(List.of(new MetricsRow(1, Map.of(MetricsRow.GENERATOR_LOSS, Double.NaN))))
                        .getHeight())
                .isEqualTo(840);
    }

    @Test
    void linesLeaveAGapWhereAValueIsNotFinite() throws Exception {
        double[] x = {0, 1, 2, 3, 4};
        Path file = folder.resolve("lines.png");
        Plots.lines(
                "Two parallel lines",
                "θ",
                "distance",
                List.of(
                        new Plots.Line("W", x, new double[] {2, 1, 0, 1, 2}),
                        new Plots.Line("KL", x, new double[] {1, 1, Double.POSITIVE_INFINITY, 1, 1})),
                file);
        BufferedImage image = ImageIO.read(file.toFile());

        assertThat(columnsWith(image, BLUE)).isGreaterThan((int) (1.5 * columnsWith(image, ORANGE)));
        assertThatThrownBy(() -> Plots.lines("t", "x", "y", List.of(), file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one curve");
    }

    @Test
    void scatterHasOneScaleOnBothAxes() throws Exception {
        float[] ring = new float[2 * 16 * 20];
        for (int i = 0; i < ring.length / 2; i++) { // 16 places, each drawn 20 times and so opaque
            ring[2 * i] = (float) (3 + 2 * Math.cos(i % 16 * Math.PI / 8));
            ring[2 * i + 1] = (float) (-70 + 2 * Math.sin(i % 16 * Math.PI / 8));
        }
        BufferedImage image = scatter(ring, new float[0]);

        // A ring is as wide as high, on the screen too.
        int[] box = greyBox(image);
        assertThat(box[1] - box[0])
                .isBetween(box[3] - box[2] - 3, box[3] - box[2] + 3)
                .isGreaterThan(500);
    }

    @Test
    void scatterDrawsGeneratedOverRealAndSurvivesOutliers() throws Exception {
        float[] generated = ring(8, 1.9f, 400, 6);
        generated[0] = 1e6f;
        BufferedImage image = scatter(ring(8, 2.0f, 400, 5), generated);
        BufferedImage without = scatter(ring(8, 2.0f, 400, 5), new float[0]);

        assertThat(bluish(image)).isGreaterThan(2000);
        assertThat(bluish(without)).isLessThan(bluish(image) / 10);
    }

    @Test
    void realPointsAreDisksAndGeneratedOnesCrosses() throws Exception {
        float[] real = {0, 0, 4, 4};
        BufferedImage image = scatter(real, new float[] {2, 2});
        int centre = 0;
        int beside = 0;
        int[] box = bluishBox(image);
        int x = (box[0] + box[1]) / 2;
        int y = (box[2] + box[3]) / 2;
        for (int d = -1; d <= 1; d++) {
            centre += isBluish(image.getRGB(x + d, y)) ? 1 : 0;
            beside += isBluish(image.getRGB(box[0] + 1 + d, y)) || isBluish(image.getRGB(x + d, box[2])) ? 1 : 0;
        }
        assertThat(box[1] - box[0]).isBetween(5, 12);
        assertThat(centre).as("its bars meet").isPositive();
        assertThat(beside).as("and are apart at the rim").isZero();
    }

    @Test
    void scatterRefusesWhatIsNoPlane() {
        Path file = folder.resolve("bad.png");

        assertThatThrownBy(() -> Plots.scatter(new float[3], new float[2], "t", file))
                .hasMessageContaining("real must be [points, 2]")
                .hasMessageContaining("held 3");
        assertThatThrownBy(() -> Plots.scatter(new float[2], new float[] {0, Float.NaN}, "t", file))
                .hasMessageContaining("generated[1] must be finite but was NaN");
        assertThatThrownBy(() -> Plots.scatter(new float[0], new float[2], "t", file))
                .hasMessageContaining("at least one point");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFigureThatCannotBeWrittenIsOneLine() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Plots.losses(List.of(), "t", inTheWay.resolve("losses.png")))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("losses.png")
                .hasMessageNotContaining("\n");
    }

    private BufferedImage losses(List<MetricsRow> rows) throws Exception {
        Path file = folder.resolve("losses-" + rows.size() + ".png");
        Plots.losses(rows, "dcgan on digits", file);
        return ImageIO.read(file.toFile());
    }

    private BufferedImage scatter(float[] real, float[] generated) throws Exception {
        Path file = folder.resolve("scatter-" + generated.length + ".png");
        Plots.scatter(real, generated, "wgan-gp on ring8, step 2000", file);
        return ImageIO.read(file.toFile());
    }

    private static List<MetricsRow> noisyRows(int count, boolean damaged) {
        Random random = new Random(3);
        List<MetricsRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double trend = Math.exp(-6.0 * i / count);
            double d = 0.5 + 0.9 * trend + 0.15 * random.nextGaussian();
            double g = 2.2 - 1.4 * trend + 0.3 * random.nextGaussian();
            if (damaged && i == count / 2) {
                d = 1e5;
                g = Double.NaN;
            }
            rows.add(new MetricsRow(10L * i, Map.of(MetricsRow.DISCRIMINATOR_LOSS, d, MetricsRow.GENERATOR_LOSS, g)));
        }
        return rows;
    }

    private static float[] ring(int modes, float radius, int points, long seed) {
        Random random = new Random(seed);
        float[] xy = new float[2 * points];
        for (int i = 0; i < points; i++) {
            double angle = 2 * Math.PI * (i % modes) / modes;
            xy[2 * i] = (float) (radius * Math.cos(angle) + 0.05 * random.nextGaussian());
            xy[2 * i + 1] = (float) (radius * Math.sin(angle) + 0.05 * random.nextGaussian());
        }
        return xy;
    }

    private static long count(BufferedImage image, int rgb) {
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    private static int columnsWith(BufferedImage image, int rgb) {
        int columns = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            boolean found = false;
            for (int y = 0; y < image.getHeight() - 120 && !found; y++) { // above the legend
                found = (image.getRGB(x, y) & 0xFFFFFF) == rgb;
            }
            columns += found ? 1 : 0;
        }
        return columns;
    }

    private static int heightOf(BufferedImage image, int rgb) {
        int top = Integer.MAX_VALUE;
        int bottom = -1;
        for (int y = 0; y < image.getHeight() - 120; y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xFFFFFF) == rgb) {
                    top = Math.min(top, y);
                    bottom = y;
                }
            }
        }
        return bottom - top;
    }

    private static long bluish(BufferedImage image) {
        long count = 0;
        for (int y = 0; y < image.getHeight() - 120; y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += isBluish(image.getRGB(x, y)) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isBluish(int rgb) {
        return (rgb & 0xFF) - (rgb >> 16 & 0xFF) > 60;
    }

    /** Left, right, top and bottom of what is blue, above the legend. */
    private static int[] bluishBox(BufferedImage image) {
        int[] box = {Integer.MAX_VALUE, -1, Integer.MAX_VALUE, -1};
        for (int y = 0; y < image.getHeight() - 120; y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (isBluish(image.getRGB(x, y))) {
                    box[0] = Math.min(box[0], x);
                    box[1] = Math.max(box[1], x);
                    box[2] = Math.min(box[2], y);
                    box[3] = Math.max(box[3], y);
                }
            }
        }
        return box;
    }

    /** Left, right, top and bottom of the densest grey, which only overlapping markers of the real points reach. */
    private static int[] greyBox(BufferedImage image) {
        int[] box = {Integer.MAX_VALUE, -1, Integer.MAX_VALUE, -1};
        for (int y = 100; y < image.getHeight() - 180; y++) {
            for (int x = 150; x < image.getWidth(); x++) {
                int red = image.getRGB(x, y) >> 16 & 0xFF;
                if (red > 150 && red < 175) {
                    box[0] = Math.min(box[0], x);
                    box[1] = Math.max(box[1], x);
                    box[2] = Math.min(box[2], y);
                    box[3] = Math.max(box[3], y);
                }
            }
        }
        return box;
    }
}
