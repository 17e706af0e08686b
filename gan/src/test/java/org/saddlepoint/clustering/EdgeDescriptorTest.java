package org.saddlepoint.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.ImageShape;

/** Descriptors against what their formula gives by hand. */
class EdgeDescriptorTest {
    private static final int SIDE = 16;
    private static final double SLOPE = 0.05;
    private static final int BLOCK = 4 * EdgeDescriptor.DIRECTIONS;

    private final EdgeDescriptor grey = new EdgeDescriptor(new ImageShape(1, SIDE, SIDE));

    /** A plane that rises by 0.05 a pixel in this direction. */
    private static float[] ramp(double degrees) {
        float[] picture = new float[SIDE * SIDE];
        double across = Math.cos(Math.toRadians(degrees));
        double along = Math.sin(Math.toRadians(degrees));
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                picture[y * SIDE + x] = (float) (SLOPE * ((x - 7.5) * across + (y - 7.5) * along));
            }
        }
        return picture;
    }

    /** The mean of each direction over the four cells of the block in the middle, which no border touches. */
    private static double[] middle(float[] descriptor) {
        double[] directions = new double[EdgeDescriptor.DIRECTIONS];
        for (int i = 0; i < BLOCK; i++) {
            directions[i % EdgeDescriptor.DIRECTIONS] += descriptor[4 * BLOCK + i] / 4;
        }
        return directions;
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "45, 1", "90, 2", "135, 3", "180, 4", "225, 5", "270, 6", "315, 7"})
    void aRampFillsTheDirectionThatItRisesIn(double degrees, int direction) {
        double[] directions = middle(grey.of(ramp(degrees)));
        double cell = 16 * 2 * SLOPE; // 16 pixels, of differences over two pixels
        double expected = Math.sqrt(cell / Math.sqrt(4 * cell * cell + 0.25));
        for (int o = 0; o < directions.length; o++) {
            // √ makes much of what rounding puts into the next direction
            assertThat(directions[o]).isCloseTo(o == direction ? expected : 0, within(o == direction ? 1e-4 : 2e-3));
        }
    }

    @Test
    void betweenTwoDirectionsBothHaveHalf() {
        double[] directions = middle(grey.of(ramp(22.5)));
        double half = 16 * SLOPE;
        double expected = Math.sqrt(half / Math.sqrt(8 * half * half + 0.25));
        assertThat(directions[0]).isCloseTo(expected, within(1e-4));
        assertThat(directions[1]).isCloseTo(expected, within(1e-4));
        assertThat(directions[2]).isZero();
    }

    @Test
    void anEdgeIsWhereItIsAndKnowsWhichSideIsLight() {
        float[] picture = new float[SIDE * SIDE];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = i % SIDE < 2 ? -1 : 1; // an edge between the columns 1 and 2, in the first cell
        }
        float[] descriptor = grey.of(picture);
        double cell = 4 * 2 * 2; // in four rows, columns 1 and 2, a difference of 2
        double expected = Math.sqrt(cell / Math.sqrt(2 * cell * cell + 0.25));
        assertThat(descriptor[0]).isCloseTo((float) expected, within(1e-5f)); // direction 0: brighter to the right
        for (int o = 1; o < EdgeDescriptor.DIRECTIONS; o++) {
            assertThat(descriptor[o]).isZero();
        }
        for (int i = BLOCK; i < 3 * BLOCK; i++) {
            assertThat(descriptor[i]).as("blocks beside it have no edge").isZero();
        }
        for (int i = 0; i < picture.length; i++) {
            picture[i] = -picture[i];
        }
        assertThat(grey.of(picture)[4]).isCloseTo((float) expected, within(1e-5f));
    }

    @Test
    void flatPicturesHaveNoEdgesAndBrightnessDoesNotCount() {
        float[] flat = new float[SIDE * SIDE];
        assertThat(grey.of(flat)).containsOnly(0);
        float[] brighter = ramp(45);
        for (int i = 0; i < brighter.length; i++) {
            brighter[i] += 0.3f;
        }
        assertThat(grey.of(brighter)).containsExactly(grey.of(ramp(45)), within(2e-3f));
    }

    @Test
    void largePicturesAreScaledToASquareAndSmallOnesAreEnlarged() {
        assertThat(new EdgeDescriptor(new ImageShape(1, 28, 28)).side()).isEqualTo(28);
        assertThat(new EdgeDescriptor(new ImageShape(1, 30, 17)).side()).isEqualTo(32);
        assertThat(new EdgeDescriptor(new ImageShape(3, 256, 256)).side()).isEqualTo(32);
        assertThat(new EdgeDescriptor(new ImageShape(1, 3, 5)).side()).isEqualTo(16);
        EdgeDescriptor large = new EdgeDescriptor(new ImageShape(1, 4 * SIDE, 2 * SIDE));
        float[] picture = new float[8 * SIDE * SIDE];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = i % (2 * SIDE) < SIDE ? -1 : 1;
        }
        float[] descriptor = large.of(picture);
        assertThat(descriptor).hasSize(large.size()).hasSize(7 * 7 * BLOCK);
        assertThat(descriptor[3 * BLOCK])
                .as("brighter to the right, in the middle")
                .isGreaterThan(0.5f);
        assertThat(descriptor[0]).isZero();
    }

    @Test
    void ofColoursTheChannelWithTheLargestGradientCountsAndMeansAreAdded() {
        EdgeDescriptor colour = new EdgeDescriptor(new ImageShape(3, SIDE, SIDE));
        float[] picture = new float[3 * SIDE * SIDE];
        System.arraycopy(ramp(90), 0, picture, SIDE * SIDE, SIDE * SIDE);
        for (int i = 2 * SIDE * SIDE; i < picture.length; i++) {
            picture[i] = 0.8f;
        }
        float[] descriptor = colour.of(picture);
        int edges = grey.size();
        assertThat(descriptor).hasSize(colour.size()).hasSize(edges + 3 * 16);
        float[] ofGreen = grey.of(ramp(90));
        for (int i = 0; i < edges; i++) {
            assertThat(descriptor[i]).isEqualTo(ofGreen[i]);
        }
        assertThat(descriptor[edges]).isZero();
        assertThat(descriptor[edges + 2 * 16]).isCloseTo(0.75f * 0.8f, within(1e-6f));
        assertThat(descriptor[edges + 16])
                .as("the mean of the green cell at the top")
                .isCloseTo((float) (0.75 * SLOPE * -6), within(1e-6f));
    }

    @Test
    void newPixelsAreMeansOfWhatTheyCover() {
        assertThat(new AreaScaling(4, 2).transposed(new float[] {1, 3, 5, 9}, 0, 1))
                .containsExactly(2, 7);
        assertThat(new AreaScaling(3, 2).transposed(new float[] {0, 3, 6}, 0, 1))
                .containsExactly(1, 5);
        assertThat(new AreaScaling(2, 4).transposed(new float[] {9, 1, 2, 3, 4}, 1, 2))
                .containsExactly(1, 3, 1, 3, 2, 4, 2, 4);
    }
}
