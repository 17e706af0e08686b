package org.saddlepoint.data.inspection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lowest frequencies of a square picture, as in perceptual hashes (pHash), but not rounded to bits: the
 * {@value #COUNT} lowest coefficients of the cosine transform except the mean, divided by their norm. Contrast and
 * brightness leave them as they are, and compression, resizing and slight blur change them little.
 *
 * <pre>c(u, v) = Σ p(x, y) cos(π u (x + ½) / n) cos(π v (y + ½) / n)</pre>
 *
 * <p>Bits of a hash would be lost where coefficients are near 0, as half of them are in symmetric pictures.
 */
final class LowFrequencies {
    /** Numbers of a description. */
    static final int COUNT = 20;

    private static final int HIGHEST = 6;
    private static final List<int[]> ORDER = order();
    private static final double[][][] WAVES = IntStream.rangeClosed(0, Appearance.SIDE)
            .mapToObj(LowFrequencies::waves)
            .toArray(double[][][]::new);

    private LowFrequencies() {}

    private static List<int[]> order() {
        List<int[]> all = new ArrayList<>();
        for (int u = 0; u < HIGHEST; u++) {
            for (int v = 0; v < HIGHEST; v++) {
                all.add(new int[] {u, v});
            }
        }
        all.sort(Comparator.comparingInt(pair -> pair[0] * pair[0] + pair[1] * pair[1]));
        return List.copyOf(all.subList(1, COUNT + 1));
    }

    /**
     * A vector of length 1; of length 0 if the plane is of one value.
     *
     * @param plane a square of at most {@value Appearance#SIDE} pixels a side
     */
    static float[] of(Plane plane) {
        int side = plane.width();
        double[][] waves = WAVES[side];
        double[] across = new double[HIGHEST * side]; // row by row
        for (int y = 0; y < side; y++) {
            for (int u = 0; u < HIGHEST; u++) {
                double sum = 0;
                for (int x = 0; x < side; x++) {
                    sum += waves[u][x] * plane.values()[y * side + x];
                }
                across[y * HIGHEST + u] = sum;
            }
        }
        double[] found = new double[COUNT];
        double squares = 0;
        for (int k = 0; k < COUNT; k++) {
            int[] pair = ORDER.get(k);
            for (int y = 0; y < side; y++) {
                found[k] += waves[pair[1]][y] * across[y * HIGHEST + pair[0]];
            }
            squares += found[k] * found[k];
        }
        float[] unit = new float[COUNT];
        double norm = Math.sqrt(squares);
        for (int k = 0; k < COUNT; k++) {
            unit[k] = norm < 1e-6 ? 0 : (float) (found[k] / norm);
        }
        return unit;
    }

    /** Orthonormal cosines for planes of this side. */
    private static double[][] waves(int side) {
        double[][] waves = new double[HIGHEST][side];
        for (int u = 0; u < HIGHEST; u++) {
            double scale = Math.sqrt((u == 0 ? 1.0 : 2.0) / side);
            for (int x = 0; x < side; x++) {
                waves[u][x] = scale * Math.cos(Math.PI * u * (x + 0.5) / side);
            }
        }
        return waves;
    }
}
