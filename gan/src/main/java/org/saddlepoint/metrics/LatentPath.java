package org.saddlepoint.metrics;

import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** A path from one latent to another, row by row, computed in float64. */
public enum LatentPath {
    /** Straight: a + t (b − a). */
    LINEAR,
    /**
     * Along the great circle, for normal latents: (sin((1 − t)ω) a + sin(tω) b) / sin ω with ω the angle between a and b
     * (Shoemake 1985); straight where they are parallel or 0.
     */
    SPHERICAL,
    /** {@link #SPHERICAL}, scaled to norm 1: for latents on the unit sphere. */
    SPHERICAL_UNIT;

    /** Below this, norms and sines count as 0; torch-fidelity's value. */
    private static final double EPSILON = 1e-7;

    /**
     * The points at t on the paths from a to b.
     *
     * @param a [N, z], of a floating-point type
     * @param b [N, z]
     * @param t 0 at a, 1 at b
     * @return [N, z] of a's type, in the current scope
     * @throws IllegalArgumentException if the shapes differ
     */
    public Tensor at(Tensor a, Tensor b, double t) {
        Shapes.require(a, "latents", Shapes.ANY, Shapes.ANY);
        Shapes.require(b, "latents to go to", a.size(0), a.size(1));
        int size = Math.toIntExact(a.size(1));
        double[] from = a.toDoubleArray();
        double[] to = b.toDoubleArray();
        double[] points = new double[from.length];
        for (int start = 0; start < from.length; start += size) {
            double[] shares = shares(from, to, start, size, t);
            double squares = 0;
            for (int i = start; i < start + size; i++) {
                points[i] = shares[0] * from[i] + shares[1] * to[i];
                squares += points[i] * points[i];
            }
            if (this == SPHERICAL_UNIT) {
                double norm = Math.max(EPSILON, Math.sqrt(squares));
                for (int i = start; i < start + size; i++) {
                    points[i] /= norm;
                }
            }
        }
        return Tensors.of(points, a.size(0), size).to(a.dtype());
    }

    /** What a and b contribute to the point. */
    private double[] shares(double[] a, double[] b, int start, int size, double t) {
        double[] straight = {1 - t, t};
        if (this == LINEAR) {
            return straight;
        }
        double product = 0;
        double aSquares = 0;
        double bSquares = 0;
        for (int i = start; i < start + size; i++) {
            product += a[i] * b[i];
            aSquares += a[i] * a[i];
            bSquares += b[i] * b[i];
        }
        double norms = Math.sqrt(aSquares) * Math.sqrt(bSquares);
        double cosine = norms == 0 ? 1 : product / norms;
        if (Math.abs(cosine) > 1 - EPSILON) {
            return straight;
        }
        double angle = Math.acos(cosine);
        return new double[] {Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)};
    }
}
