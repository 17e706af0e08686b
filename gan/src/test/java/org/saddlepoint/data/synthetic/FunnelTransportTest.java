package org.saddlepoint.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.data.PointDataset;

class FunnelTransportTest {
    private static final double H = FunnelTransport.HALF_WIDTH;

    @ParameterizedTest
    @CsvSource({"1,1", "1,7", "2,4", "2,256", "3,1", "4,16", "16,4", "16,64", "64,16", "128,4"})
    void primalEqualsDual(int dimensions, int funnels) {
        for (long seed = 1; seed <= 3; seed++) {
            FunnelTransport.Distance distance =
                    FunnelTransport.seeded(dimensions, funnels, seed).distance(2_000, seed);
            assertThat(distance.dual()).isCloseTo(distance.primal(), within(1e-9));
            assertThat(distance.primal()).isPositive();
        }
    }

    /** Published from 4096 points: 0.8174; computed independently of this code from the formula: 0.8207 ± 0.0007. */
    @Test
    void thePublishedFunnelsHaveTheirDistance() {
        FunnelTransport.Distance distance = FunnelTransport.PUBLISHED.distance(500_000, 1);
        assertThat(distance.standardError()).isBetween(5e-4, 1e-3);
        double error = Math.hypot(distance.standardError(), 0.0007);
        assertThat(distance.primal()).isCloseTo(0.8207, within(4 * error));
        assertThat(distance.dual()).isCloseTo(distance.primal(), within(1e-9));
    }

    /** Of one funnel in the middle of a line, ‖x‖ = 2.5 t with uniform t, so W₁ = 2.5 (1/2 - 1/9). */
    @Test
    void oneFunnelOnTheLineHasTheClosedForm() {
        FunnelTransport line = new FunnelTransport("line", new double[][] {{0}}, new double[] {3});
        FunnelTransport.Distance distance = line.distance(200_000, 5);
        assertThat(distance.primal()).isCloseTo(2.5 * 7 / 18, within(4 * distance.standardError()));
        assertThat(line.move(new double[] {1.25})).containsExactly(2.5 / 256);
        assertThat(line.move(new double[] {-2.5})).containsExactly(-2.5);
        assertThat(line.move(new double[] {0})).containsExactly(0);
        assertThat(line.potential(new double[] {-1})).isEqualTo(4);
    }

    /** Between 0 and 2 the tie is at 1 + (b₁ - b₀)/2 = 1.25, to which the ray of the funnel at 0 reaches. */
    @Test
    void aTieEndsTheRay() {
        FunnelTransport two = new FunnelTransport("two", new double[][] {{0}, {2}}, new double[] {0, 0.5});
        assertThat(two.move(new double[] {0.625})[0]).isCloseTo(1.25 / 256, within(1e-15));
        assertThat(two.move(new double[] {1.625})[0]).isCloseTo(2 - 0.75 / 256, within(1e-15));
        assertThat(two.move(new double[] {2.25})[0]).isCloseTo(2 + 0.5 / 256, within(1e-15));
    }

    /** The law of the Javadoc, which a wrong end of the ray breaks. */
    @ParameterizedTest
    @CsvSource({"2,4", "2,64", "5,16", "16,4", "64,16"})
    void distanceIsAFixedShareOfTheWayToTheCentres(int dimensions, int funnels) {
        FunnelTransport transport = FunnelTransport.standard(dimensions, funnels);
        SplittableRandom random = new SplittableRandom(3);
        int count = 40_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double[] x = point(dimensions, random);
            double difference =
                    distance(x, transport.move(x)) - 7.0 / (dimensions + 8) * distance(x, centre(transport, x));
            sum += difference;
            squares += difference * difference;
        }
        assertThat(sum / count).isCloseTo(0, within(4 * Math.sqrt(squares) / count));
    }

    /** The paper's funnels are one draw of their distribution, so theirs is a likely distance among those of ten seeds. */
    @ParameterizedTest
    @CsvSource({"16,4,1.9497", "2,64,0.2280", "8,16,1.5865", "16,64,1.5496", "128,4,1.130"})
    void ownFunnelsAreAsFarAsThePublishedOnes(int dimensions, int funnels, double published) {
        double[] distances = LongStream.range(0, 10)
                .mapToDouble(seed -> FunnelTransport.seeded(dimensions, funnels, seed)
                        .distance(4_000, seed)
                        .primal())
                .toArray();
        double deviation = Math.sqrt(variance(distances) * 10 / 9);
        assertThat(deviation).isBetween(0.001 * published, 0.06 * published);
        assertThat(published).isCloseTo(mean(distances, 1), within(3 * deviation));
    }

    @Test
    void ownFunnelsAreDistributedAsThePapers() {
        FunnelTransport many = FunnelTransport.seeded(8, 5_000, 1);
        double[] b = many.offsets();
        double[] a =
                Arrays.stream(many.centres()).flatMapToDouble(Arrays::stream).toArray();
        assertThat(Arrays.stream(a).map(Math::abs).max().orElseThrow()).isBetween(0.999 * H, H);
        assertThat(mean(a, 1)).isCloseTo(0, within(4 * 1.4434 / Math.sqrt(a.length)));
        assertThat(mean(a, 2)).isCloseTo(H * H / 3, within(4 * H * H * Math.sqrt(4 / 45.0 / a.length)));
        assertThat(mean(b, 1)).isCloseTo(0, within(4 * 0.1 / Math.sqrt(b.length)));
        assertThat(mean(b, 2)).isCloseTo(0.01, within(4 * 0.01 * Math.sqrt(2.0 / b.length)));
    }

    @ParameterizedTest
    @CsvSource({"1,3", "2,4", "2,64", "16,4", "64,16"})
    void potentialIs1Lipschitz(int dimensions, int funnels) {
        FunnelTransport transport = FunnelTransport.standard(dimensions, funnels);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5_000; i++) {
            double[] x = point(dimensions, random);
            double[] y = point(dimensions, random);
            assertThat(Math.abs(transport.potential(x) - transport.potential(y)))
                    .isLessThanOrEqualTo(distance(x, y) + 1e-12);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,3", "2,4", "2,64", "16,4", "64,16"})
    void gradientIsThatOfThePotential(int dimensions, int funnels) {
        FunnelTransport transport = FunnelTransport.standard(dimensions, funnels);
        SplittableRandom random = new SplittableRandom(2);
        double h = 1e-5;
        int checked = 0;
        for (int i = 0; i < 300; i++) {
            double[] x = point(dimensions, random);
            if (margin(transport, x) < 1e-3 || distance(x, centre(transport, x)) < 0.05) {
                continue; // u bends within the step of the differences
            }
            checked++;
            double[] gradient = transport.gradient(x);
            assertThat(distance(gradient, new double[dimensions])).isCloseTo(1, within(1e-12));
            for (int d = 0; d < dimensions; d++) {
                double[] up = x.clone();
                double[] down = x.clone();
                up[d] += h;
                down[d] -= h;
                assertThat((transport.potential(up) - transport.potential(down)) / (2 * h))
                        .isCloseTo(gradient[d], within(1e-6));
            }
        }
        assertThat(checked).isGreaterThan(200);
        assertThat(transport.gradient(
                        transport.centres()[transport.funnel(transport.centres()[0])]))
                .containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"1,3", "2,4", "2,64", "16,4", "64,16"})
    void movedPointsStayOnTheirRay(int dimensions, int funnels) {
        FunnelTransport transport = FunnelTransport.standard(dimensions, funnels);
        SplittableRandom random = new SplittableRandom(4);
        int farEnough = 0;
        for (int i = 0; i < 2_000; i++) {
            double[] x = point(dimensions, random);
            double[] moved = transport.move(x);
            double[] centre = centre(transport, x);
            double length = distance(x, centre);
            double shrink = distance(moved, centre) / length;
            assertThat(transport.funnel(moved)).isEqualTo(transport.funnel(x));
            assertThat(transport.potential(moved)).isLessThan(transport.potential(x));
            assertThat(distance(x, moved)).isCloseTo((1 - shrink) * length, within(1e-12));
            if (shrink > 1e-3) {
                farEnough++;
                double t = Math.pow(shrink, 1 / 7.0);
                double[] top = new double[dimensions];
                double wall = 0;
                for (int d = 0; d < dimensions; d++) {
                    top[d] = centre[d] + (x[d] - centre[d]) / t;
                    wall = Math.max(wall, Math.abs(top[d]));
                }
                assertThat(wall).isLessThanOrEqualTo(H + 1e-9);
                assertThat(Math.min(H - wall, margin(transport, top)))
                        .as("the ray ends at the wall or at a tie")
                        .isCloseTo(0, within(1e-9));
            }
        }
        assertThat(farEnough).isGreaterThan(200);
    }

    @Test
    void datasetsAreIndependentDrawsOfBothSides() {
        FunnelTransport transport = FunnelTransport.PUBLISHED;
        PointDataset p = transport.sampleP(20_000, 9);
        PointDataset q = transport.sampleQ(20_000, 9);
        FunnelTransport.Distance exact = transport.distance(200_000, 9);
        double[] xp = new double[p.size()];
        double[] xq = new double[q.size()];
        for (int i = 0; i < p.size(); i++) {
            xp[i] = transport.potential(read(p, i));
            xq[i] = transport.potential(read(q, i));
        }
        double error = Math.sqrt((variance(xp) + variance(xq)) / p.size());
        assertThat(mean(xq, 1) - mean(xp, 1)).isCloseTo(exact.dual(), within(4 * error));
        double meanP = mean(xp, 1);
        double meanQ = mean(xq, 1);
        double covariance = 0;
        for (int i = 0; i < xp.length; i++) {
            covariance += (xp[i] - meanP) * (xq[i] - meanQ) / xp.length;
        }
        assertThat(covariance / Math.sqrt(variance(xp) * variance(xq))).isCloseTo(0, within(4 / Math.sqrt(xp.length)));
        assertThat(transport.sampleP(50, 1).fingerprint())
                .isEqualTo(transport.sampleP(50, 1).fingerprint())
                .isNotEqualTo(transport.sampleP(50, 2).fingerprint());
    }

    @Test
    void refusesWhatItCannotUse() {
        assertRefused(() -> FunnelTransport.seeded(0, 4, 1), "dimensions", ">= 1", "0");
        assertRefused(() -> FunnelTransport.seeded(2, -1, 1), "funnels", ">= 1", "-1");
        assertRefused(() -> FunnelTransport.PUBLISHED.sampleP(0, 1), "count", ">= 1", "0");
        assertRefused(() -> FunnelTransport.PUBLISHED.distance(1, 1), "count", ">= 2", "1");
        assertRefused(() -> FunnelTransport.PUBLISHED.potential(new double[3]), "x must have 2 coordinates", "3");
        assertRefused(
                () -> FunnelTransport.PUBLISHED.gradient(new double[] {0, Double.NaN}), "finite coordinates", "NaN");
        assertRefused(() -> FunnelTransport.PUBLISHED.move(new double[] {0, 2.6}), "x", "[-2.5, 2.5]", "2.6");
        assertRefused(() -> new FunnelTransport("f", new double[0][], new double[0]), "centres", "at least one");
        assertRefused(() -> new FunnelTransport("f", new double[][] {{1, 2}, {1}}, new double[2]), "centre", "2", "1");
        assertRefused(() -> new FunnelTransport("f", new double[][] {{3}}, new double[1]), "[-2.5, 2.5]", "3.0");
        assertRefused(() -> new FunnelTransport("f", new double[][] {{1}}, new double[2]), "offsets must be 1");
    }

    private static void assertRefused(Runnable call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    private static double[] point(int dimensions, SplittableRandom random) {
        return random.doubles(dimensions, -H, H).toArray();
    }

    private static double[] centre(FunnelTransport transport, double[] x) {
        return transport.centres()[transport.funnel(x)];
    }

    /** How far the second lowest funnel is above the lowest, in float64 and from the definition. */
    private static double margin(FunnelTransport transport, double[] x) {
        double[][] centres = transport.centres();
        double[] offsets = transport.offsets();
        double[] heights = new double[offsets.length];
        for (int n = 0; n < heights.length; n++) {
            heights[n] = distance(x, centres[n]) + offsets[n];
        }
        Arrays.sort(heights);
        return heights[1] - heights[0];
    }

    private static double[] read(PointDataset points, int index) {
        float[] target = new float[points.shape().size()];
        points.read(index, target, 0);
        double[] point = new double[target.length];
        for (int d = 0; d < point.length; d++) {
            point[d] = target[d];
        }
        return point;
    }

    private static double mean(double[] values, int power) {
        double sum = 0;
        for (double value : values) {
            sum += Math.pow(value, power);
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        return mean(values, 2) - Math.pow(mean(values, 1), 2);
    }

    private static double distance(double[] x, double[] y) {
        double squares = 0;
        for (int d = 0; d < x.length; d++) {
            squares += (x[d] - y[d]) * (x[d] - y[d]);
        }
        return Math.sqrt(squares);
    }
}
